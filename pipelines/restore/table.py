"""The table of letter sequences beside this file, as arrays: what follows what in simplified Chinese.

``make_language.py`` makes it, and names its sources and their licences. The pairs lie sorted by their
letters, the triples of a pair behind one another: a sequence is found by bisection, nothing is unpacked.
"""

from __future__ import annotations

import gzip
import io
import sys
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Final

STEP: Final = 0.1
TABLE: Final = Path(__file__).with_name("language.gz")
_UNSEEN: Final = -18.0
_MOST_KNOWN: Final = 50_000

List = tuple[int, int, int, int]
"""Level, begin and end of a list, and the cost of what is not in it."""


@dataclass(frozen=True, slots=True)
class Table:
    """``letters`` by number; for each letter, pair and triple its cost in steps, for letters and pairs also
    the cost of what is not listed behind them (``rests``) and where the list begins (``starts``)."""

    letters: str
    numbers: Mapping[str, int]
    costs: tuple[bytes, bytes, bytes]
    rests: tuple[bytes, bytes]
    starts: tuple[Sequence[int], Sequence[int]]
    ends: tuple[Sequence[int], Sequence[int]]
    known: dict[str, tuple[List, ...]] = field(default_factory=dict)

    def pair(self, first: str, second: str) -> int:
        """Return the place of a pair in the list, -1 when it is not there."""
        head, end = self.numbers.get(first, -1), self.numbers.get(second, -1)
        if head < 0 or end < 0:
            return -1
        ends, stop = self.ends[0], self.starts[0][head + 1]
        place = bisect_left(ends, end, self.starts[0][head], stop)
        return place if place < stop and ends[place] == end else -1

    def step(self, context: str, char: str) -> float:
        """Return the logarithm of the probability of ``char`` after ``context``, at most two letters."""
        end = self.numbers.get(char, -1)
        penalty = 0
        for level, start, stop, rest in self._lists(context):
            ends = self.ends[level]
            place = bisect_left(ends, end, start, stop)
            if place < stop and ends[place] == end:
                return -STEP * (self.costs[level + 1][place] + penalty)
            penalty += rest
        return (_UNSEEN if end < 0 else -STEP * self.costs[0][end]) - STEP * penalty

    def _lists(self, context: str) -> tuple[List, ...]:
        """Return where the lists of a context lie, the longest context first, and the cost of the rest."""
        known = self.known.get(context)
        if known is None:
            found: list[List] = []
            if len(context) == 2 and (pair := self.pair(*context)) >= 0:
                found.append((1, self.starts[1][pair], self.starts[1][pair + 1], self.rests[1][pair]))
            head = self.numbers.get(context[-1:], -1)
            if head >= 0:
                found.append((0, self.starts[0][head], self.starts[0][head + 1], self.rests[0][head]))
            if len(self.known) > _MOST_KNOWN:
                self.known.clear()
            known = self.known[context] = tuple(found)
        return known

    def followers(self, char: str) -> list[str]:
        """Return the letters listed behind ``char``, the likeliest first; all when it is unknown."""
        head = self.numbers.get(char, -1)
        if head < 0:
            return list(self.letters)
        places = range(self.starts[0][head], self.starts[0][head + 1])
        return [self.letters[self.ends[0][at]] for at in sorted(places, key=self.costs[1].__getitem__)]


@cache
def table() -> Table:
    """Return the table, read once.

    >>> table().step("会", "议") > table().step("会", "义")
    True
    """
    return unpack(gzip.decompress(TABLE.read_bytes()))


def pack(listed: Mapping[str, float], rests: Mapping[str, float]) -> bytes:
    """Return the logarithms of letters, pairs and triples, and of what is left to the unlisted, as bytes."""
    letters = sorted((gram for gram in listed if len(gram) == 1), key=lambda char: -listed[char])
    numbers = {char: number for number, char in enumerate(letters)}
    levels = [letters, *(_sorted(listed, size, numbers) for size in (2, 3))]
    parts = ["".join(letters).encode(), b"\n", b" ".join(b"%d" % len(level) for level in levels), b"\n"]
    for size, level in enumerate(levels, 1):
        if size > 1:
            parts.append(_words(numbers[gram[-1]] for gram in level))
        parts.append(bytes(_steps(listed[gram]) for gram in level))
        if size < 3:
            fans = Counter(gram[:-1] for gram in levels[size])
            parts.append(bytes(_steps(rests.get(gram, 0.0)) for gram in level))
            parts.append(_words(fans[gram] for gram in level))
    return b"".join(parts)


def _sorted(listed: Mapping[str, float], size: int, numbers: Mapping[str, int]) -> list[str]:
    grams = (gram for gram in listed if len(gram) == size)
    return sorted(grams, key=lambda gram: [numbers[char] for char in gram])


def _steps(logarithm: float) -> int:
    return min(255, round(-logarithm / STEP))


def _words(numbers: Iterable[int]) -> bytes:
    """Return numbers as two bytes each, all the low bytes first: so they pack well."""
    data = _native(array("H", numbers)).tobytes()
    return data[::2] + data[1::2]


def _numbers(data: bytes) -> array[int]:
    """Return the numbers that ``_words`` wrote."""
    mixed = bytearray(len(data))
    mixed[::2], mixed[1::2] = data[: len(data) // 2], data[len(data) // 2 :]
    return _native(array("H", bytes(mixed)))


def _native(numbers: array[int]) -> array[int]:
    """Return numbers from or in little-endian order."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def unpack(data: bytes) -> Table:
    """Return the table that ``pack`` wrote.

    >>> found = unpack(pack({"会": -3.0, "议": -4.0, "会议": -1.0}, {"会": -2.0}))
    >>> found.step("会", "议"), found.step("会", "会"), found.followers("会")
    (-1.0, -5.0, ['议'])
    """
    letters, sizes, body = data.split(b"\n", 2)
    singles, pairs, triples = map(int, sizes.split())
    stream = io.BytesIO(body)
    take = stream.read
    single = take(singles), take(singles), _begins(_numbers(take(2 * singles)))
    pair_ends = _numbers(take(2 * pairs))
    pair = take(pairs), take(pairs), _begins(_numbers(take(2 * pairs)))
    ends = pair_ends, _numbers(take(2 * triples))
    text = letters.decode()
    numbers = {char: number for number, char in enumerate(text)}
    costs = single[0], pair[0], take(triples)
    return Table(text, numbers, costs, (single[1], pair[1]), (single[2], pair[2]), ends)


def _begins(fans: Iterable[int]) -> array[int]:
    """Return where each list begins, from how long they are."""
    return array("I", accumulate(fans, initial=0))
