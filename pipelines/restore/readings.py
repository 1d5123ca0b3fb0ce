"""How characters are read: pinyin with and without tone marks, and the characters that have a reading.

The readings are those of pypinyin's table of single characters (MIT), all of them: a mirror annotates a
character with one fixed reading of its table, not with the one that fits the word.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Final

LETTER: Final = "a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿêɑɡ"
"""The letters of a syllable, as the inside of a character class."""

_REMEMBERED: Final = 1 << 14
_TONES = str.maketrans("", "", "\u0300\u0301\u0304\u030c")


@lru_cache(_REMEMBERED)
def plain(syllable: str) -> str:
    """Return a syllable without its tone mark; the two dots of ü stay.

    >>> plain("lǜ"), plain("qū"), plain("ɡuǎn")
    ('lü', 'qu', 'guan')
    """
    letters = unicodedata.normalize("NFD", syllable.replace("ɡ", "g").replace("ɑ", "a")).translate(_TONES)
    return unicodedata.normalize("NFC", letters)


@cache
def readings(char: str) -> frozenset[str]:
    """Return every reading of a character with tone marks; none for what is no Chinese character.

    >>> sorted(readings("會"))[:2]
    ['huì', 'kuài']
    """
    return frozenset(_table().get(ord(char), "").split(",")) - {""}


@lru_cache(_REMEMBERED)
def is_reading(syllable: str, char: str) -> bool:
    """Tell whether ``syllable``, with or without its tone mark, is a reading of ``char``.

    >>> is_reading("qū", "區"), is_reading("qu", "區"), is_reading("qù", "區")
    (True, True, False)
    """
    wanted = unicodedata.normalize("NFC", syllable.replace("ɡ", "g").replace("ɑ", "a"))
    return wanted in readings(char) or wanted.replace("v", "ü") in _toneless(char)


@cache
def _toneless(char: str) -> frozenset[str]:
    """Return every reading of a character without tone marks."""
    return frozenset(map(plain, readings(char)))


@cache
def _table() -> dict[int, str]:
    """Return pypinyin's table: code point → readings, split by commas."""
    from pypinyin.constants import PINYIN_DICT

    return dict(PINYIN_DICT)
