"""GBK seen as bytes: which pairs are characters, which vanish, and which half-width text stands for a pair.

A mirror shifts the pairs of bytes; these tables lead from the characters of the shifted reading back to bytes, and
from bytes to the characters that a text may really hold.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, TypeVar

from pipelines.restore.characters import only_simplified, only_traditional, to_simplified

LEADS: Final = range(0x81, 0xFF)
TRAILS: Final = (*range(0x40, 0x7F), *range(0x80, 0xFF))
Writing = Literal["simplified", "traditional", "either"]
_PUNCTUATION: Final = "、。·“”‘’…—《》〈〉【】〔〕「」『』〇％～×　①②③④⑤⑥⑦⑧⑨⑩"
_Key = TypeVar("_Key", int, str)


@dataclass(frozen=True, slots=True)
class Letter:
    """A character a text may hold: ``char`` as the page's script writes it, ``plain`` as the language table does."""

    char: str
    plain: str
    lead: int
    trail: int


@cache
def code(char: str) -> tuple[int, int] | None:
    """Return the two bytes of a character, None when it has not two in GBK.

    >>> code("會"), code("a")
    ((149, 254), None)
    """
    try:
        data = char.encode("gbk")
    except UnicodeEncodeError:
        return None
    return (data[0], data[1]) if len(data) == 2 else None


@cache
def characters() -> Mapping[tuple[int, int], str]:
    """Return the character of each pair of bytes that has one."""
    table: dict[tuple[int, int], str] = {}
    for lead in LEADS:
        for trail in TRAILS:
            char = bytes((lead, trail)).decode("gbk", "ignore")
            if len(char) == 1 and ord(char) > 0x7F:
                table[lead, trail] = char
    return table


@cache
def vanishing() -> Mapping[int, tuple[int, ...]]:
    """Return, for each first byte, the second bytes with which it makes no character: such a pair leaves nothing.

    >>> 0xA1 in vanishing()[0xAA], 0xA1 in vanishing().get(0xB0, ())
    (True, False)
    """
    table = {lead: tuple(t for t in TRAILS if t >= 0x81 and (lead, t) not in characters()) for lead in LEADS}
    return {lead: trails for lead, trails in table.items() if trails}


@cache
def folded() -> Mapping[str, tuple[tuple[int, int], ...]]:
    """Return the pairs of bytes that a half-width text may stand for after compatibility folding.

    >>> (0xA3, 0xCB) in folded()["K"], (0xA3, 0xA1) in folded()["!"]
    (True, True)
    """
    table: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for pair, char in characters().items():
        narrow = unicodedata.normalize("NFKC", char)
        if narrow != char:
            table[narrow].append(pair)
    return {narrow: tuple(pairs) for narrow, pairs in table.items()}


@dataclass(frozen=True, slots=True)
class Letters:
    """The characters of one script, by pair, by first byte, by second byte and by simplified form."""

    pairs: Mapping[tuple[int, int], Letter]
    by_lead: Mapping[int, tuple[Letter, ...]]
    by_trail: Mapping[int, tuple[Letter, ...]]
    by_plain: Mapping[str, tuple[Letter, ...]]


@cache
def letters(writing: Writing) -> Letters:
    """Return the characters that a text of this script may hold.

    >>> "会" in {letter.char for letter in letters("traditional").by_lead[0xBB]}
    False
    """
    barred = {"traditional": only_simplified(), "simplified": only_traditional()}.get(writing, frozenset())
    pairs: dict[tuple[int, int], Letter] = {}
    leads: defaultdict[int, list[Letter]] = defaultdict(list)
    trails: defaultdict[int, list[Letter]] = defaultdict(list)
    plains: defaultdict[str, list[Letter]] = defaultdict(list)
    for (lead, trail), char in characters().items():
        if char in barred or not _is_writing(char):
            continue
        plain = unicodedata.normalize("NFKC", to_simplified().get(char, char))
        letter = Letter(char, _narrow(plain), lead, trail)
        pairs[lead, trail] = letter
        leads[lead].append(letter)
        trails[trail].append(letter)
        plains[letter.plain].append(letter)
    return Letters(pairs, _frozen(leads), _frozen(trails), _frozen(plains))


def _is_writing(char: str) -> bool:
    """Tell whether a report may hold the character: no kana, no box drawing, no ligature."""
    return "\u4e00" <= char <= "\u9fff" or "！" <= char <= "～" or char in _PUNCTUATION


def _narrow(plain: str) -> str:
    """Return the one letter that stands for ``plain`` in the language table."""
    if plain.isdecimal():
        return "0"
    return "A" if plain.isascii() and plain.isalpha() else plain[0]


def _frozen(groups: Mapping[_Key, list[Letter]]) -> Mapping[_Key, tuple[Letter, ...]]:
    return {key: tuple(group) for key, group in groups.items()}
