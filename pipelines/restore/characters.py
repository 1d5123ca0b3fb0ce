"""Simplified and traditional characters, letter by letter: which mirrors change, and into what.

The tables are OpenCC's (Apache-2.0), asked once for every Chinese character and kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from opencc import OpenCC

HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff"
"""Chinese characters, as the inside of a character class."""

_BLOCK: Final = "".join(map(chr, range(0x3400, 0xA000)))

VARIANTS: Final = (
    "衞粧砲効敍衹痲痺鑛靭燄姪煖牠臙蔴覩覇銲鏁隄韮窰耡羢罸繙髥鬦鵞黒",
    "卫妆炮效叙只麻痹矿韧焰侄暖它胭麻睹霸焊锁堤韭窑锄绒罚翻髯斗鹅黑",
)
"""Variants that OpenCC leaves as they are, and what they are in simplified Chinese."""


@cache
def converter(name: str) -> OpenCC:
    """Return OpenCC's converter ``t2s`` or ``s2t``, made once."""
    return OpenCC(name)


@cache
def to_simplified() -> Mapping[str, str]:
    """Return every traditional character with its simplified form, as OpenCC gives it when alone, and the
    variants that it leaves as they are.

    >>> to_simplified()["會"], "会" in to_simplified()
    ('会', False)
    """
    pairs = zip(_BLOCK, converter("t2s").convert("\n".join(_BLOCK)).split("\n"), strict=True)
    return {char: simple for char, simple in pairs if char != simple} | dict(zip(*VARIANTS, strict=True))


@cache
def to_traditional() -> Mapping[str, str]:
    """Return every simplified character that has a traditional form, with it.

    >>> to_traditional()["会"], "后" in to_traditional()
    ('會', True)
    """
    pairs = zip(_BLOCK, converter("s2t").convert("\n".join(_BLOCK)).split("\n"), strict=True)
    return {char: old for char, old in pairs if char != old}


@cache
def only_traditional() -> frozenset[str]:
    """Return the characters that sound simplified text does not hold: GB 2312 lacks them.

    >>> "會" in only_traditional(), "著" in only_traditional()
    (True, False)
    """
    return frozenset(char for char in to_simplified() if not _holds("gb2312", char))


@cache
def only_simplified() -> frozenset[str]:
    """Return the characters that traditional text does not hold: Big5 lacks them.

    >>> "会" in only_simplified(), "后" in only_simplified()
    (True, False)
    """
    return frozenset(char for char in to_traditional() if not _holds("big5", char))


def _holds(encoding: str, char: str) -> bool:
    """Tell whether an encoding holds a character."""
    try:
        return bool(char.encode(encoding))
    except UnicodeEncodeError:
        return False


@cache
def traditional_letter() -> re.Pattern[str]:
    """Return the pattern of one character that sound simplified text does not hold."""
    return re.compile(f"[{''.join(sorted(only_traditional()))}]")


@cache
def simplified_letter() -> re.Pattern[str]:
    """Return the pattern of one character that traditional text does not hold."""
    return re.compile(f"[{''.join(sorted(only_simplified()))}]")
