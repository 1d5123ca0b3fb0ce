"""Build ``frequency.tsv``: how rare each character is, in bits, for telling encodings apart.

Usage: ``python -m pipelines.decode.build_frequency DICT_TXT > pipelines/decode/frequency.tsv``

``DICT_TXT`` is the word list of the jieba package (MIT licence): a word, its count and its class a line.
The counts of characters follow from it; opencc (Apache-2.0) gives the same words in traditional and
Japanese characters. A character's rarity is -log2 of its share in the script where it is commonest.
"""

from __future__ import annotations

import math
import sys
from collections import Counter, defaultdict
from pathlib import Path

import opencc

RAREST = 16  # bits; a rarer character is not listed
HEADER = (
    "# Rarity of characters in bits (-log2 of their share), then the characters.",
    "# Made by build_frequency.py from the word counts of jieba 0.42.1 (MIT licence, Sun Junyi),",
    "# with opencc (Apache-2.0) for traditional and Japanese characters. Do not edit.",
)


def count_characters(path: Path) -> tuple[Counter[str], ...]:
    """Counts of hanzi in a word list, as simplified, traditional and Japanese characters."""
    simplified, traditional, japanese = Counter[str](), Counter[str](), Counter[str]()
    to_traditional, to_japanese = opencc.OpenCC("s2t"), opencc.OpenCC("t2jp")
    for line in path.read_text(encoding="utf-8").splitlines():
        word, count, *_ = line.split(" ")
        hant = to_traditional.convert(word)
        for counter, form in (
            (simplified, word),
            (traditional, hant),
            (japanese, to_japanese.convert(hant)),
        ):
            for char in form:
                if "\u3400" <= char <= "\u9fff":
                    counter[char] += int(count)
    return simplified, traditional, japanese


def rarities(counters: tuple[Counter[str], ...]) -> dict[int, str]:
    """Characters by rarity in whole bits, each string in code point order."""
    best: dict[str, int] = {}
    for counter in counters:
        total = counter.total()
        for char, count in counter.items():
            if count:
                bits = max(1, round(-math.log2(count / total)))
                best[char] = min(bits, best.get(char, bits))
    levels: defaultdict[int, list[str]] = defaultdict(list)
    for char, bits in best.items():
        if bits <= RAREST:
            levels[bits].append(char)
    return {bits: "".join(sorted(chars)) for bits, chars in sorted(levels.items())}


def main(path: Path) -> None:
    """Write the table to standard output."""
    lines = [f"{bits}\t{chars}" for bits, chars in rarities(count_characters(path)).items()]
    sys.stdout.write("\n".join((*HEADER, *lines)) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
