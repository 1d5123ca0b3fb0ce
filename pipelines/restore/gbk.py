"""GBK seen as bytes: which pairs are characters, which vanish, and which half-width text stands for a pair.

A mirror shifts the pairs of bytes; these tables lead from the characters of the shifted reading back to
bytes.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Final

from pipelines.restore.characters import to_simplified

_PRIVATE: Final = re.compile("[\ue000-\ue765]")
LEADS: Final = range(0x81, 0xFF)
TRAILS: Final = (*range(0x40, 0x7F), *range(0x80, 0xFF))


@cache
def code(char: str) -> tuple[int, int] | None:
    """Return the two bytes of a character, None when it has not two in GBK; some decoders give the pairs
    that make none a character of the private area.

    >>> code("會"), code("a"), code("\ue0cc")
    ((149, 254), None, (172, 177))
    """
    try:
        data = char.encode("gb18030" if _PRIVATE.fullmatch(char) else "gbk")
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
    """Return, for each first byte, the second bytes with which it makes no character: such a pair leaves
    nothing.

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


@cache
def strange() -> frozenset[str]:
    """Return the characters of GBK that are rare in reports: beyond the 3755 common ones, their old forms and
    marks."""
    every = characters()
    common = {char for (lead, trail), char in every.items() if 0xB0 <= lead <= 0xD7 and trail >= 0xA1}
    simple = to_simplified()
    rare = (char for char in every.values() if simple.get(char, char) not in common)
    return frozenset(char for char in rare if char not in _MARKS and not "！" <= char <= "～")


def is_strange(char: str) -> bool:
    """Tell whether a character of GBK is rare in reports.

    >>> is_strange("会"), is_strange("會"), is_strange("螅"), is_strange("┬"), is_strange("a")
    (False, False, True, True, False)
    """
    return char in strange()


_MARKS: Final = "\u3000、。·“”‘’…—《》〈〉【】〔〕「」『』〇×①②③④⑤⑥⑦⑧⑨⑩"
