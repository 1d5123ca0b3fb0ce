"""The table of letter sequences beside this file, as arrays: what follows what in simplified Chinese.

``make_language.py`` makes it, and names its sources and their licences. The pairs lie sorted by their
letters, the triples of a pair behind one another: a pair is found by bisection, and what stands behind a
context is unpacked when it is first asked for.
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
_UNSEEN: Final = 180
_MOST_KNOWN: Final = 20_000

Costs = Mapping[str, int]
"""What each letter costs, in steps."""

Behind = tuple[Costs, int, Costs, int]
"""What stands behind a context: the letters listed behind both its letters, the cost of all others, the
letters listed behind the last one, and the cost of all that are in neither list."""


@dataclass(frozen=True, slots=True)
class Table:
    """``letters`` with their costs; for each letter and pair what is listed behind it begins at ``starts``:
    the letters (``ends``) and what they cost (``costs``); ``rests`` is the cost of all others."""

    letters: Costs
    names: str
    costs: tuple[bytes, bytes]
    rests: tuple[bytes, bytes]
    starts: tuple[Sequence[int], Sequence[int]]
    ends: tuple[Sequence[int], Sequence[int]]
    numbers: Mapping[str, int]
    known: dict[str, Behind] = field(default_factory=dict)

    def step(self, context: str, char: str) -> float:
        """Return the logarithm of the probability of ``char`` after ``context``, at most two letters."""
        pair_behind, rest, behind, rests = self.known.get(context) or self._behind(context)
        cost = pair_behind.get(char)
        if cost is None:
            cost = behind.get(char)
            cost = self.letters.get(char, _UNSEEN) + rests if cost is None else cost + rest
        return -STEP * cost

    def _behind(self, context: str) -> Behind:
        """Return what stands behind a context, and remember it."""
        if len(self.known) > _MOST_KNOWN:
            self.known.clear()
        found: Behind = {}, 0, {}, 0
        if len(context) == 2:
            _, _, behind, rests = self.known.get(context[1]) or self._behind(context[1])
            pair = self._pair(*context)
            rest = self.rests[1][pair] if pair >= 0 else 0
            found = self._listed(1, pair), rest, behind, rests + rest
        elif (head := self.numbers.get(context, -1)) >= 0:
            found = {}, 0, self._listed(0, head), self.rests[0][head]
        self.known[context] = found
        return found

    def _pair(self, first: str, second: str) -> int:
        """Return the place of a pair in the list, -1 when it is not there."""
        head, end = self.numbers.get(first, -1), self.numbers.get(second, -1)
        if head < 0 or end < 0:
            return -1
        ends, stop = self.ends[0], self.starts[0][head + 1]
        place = bisect_left(ends, end, self.starts[0][head], stop)
        return place if place < stop and ends[place] == end else -1

    def _listed(self, level: int, head: int) -> Costs:
        """Return the letters listed behind a letter (level 0) or a pair (1)."""
        if head < 0:
            return {}
        part = slice(self.starts[level][head], self.starts[level][head + 1])
        names = map(self.names.__getitem__, self.ends[level][part])
        return dict(zip(names, self.costs[level][part], strict=True))

    def followers(self, char: str) -> list[str]:
        """Return the letters listed behind ``char``, the likeliest first; all when it is unknown."""
        if char not in self.numbers:
            return list(self.names)
        _, _, behind, _ = self.known.get(char) or self._behind(char)
        return sorted(behind, key=behind.__getitem__)


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
    costs = pair[0], take(triples)
    own = dict(zip(text, single[0], strict=True))
    return Table(own, text, costs, (single[1], pair[1]), (single[2], pair[2]), ends, numbers)


def _begins(fans: Iterable[int]) -> array[int]:
    """Return where each list begins, from how long they are."""
    return array("I", accumulate(fans, initial=0))
