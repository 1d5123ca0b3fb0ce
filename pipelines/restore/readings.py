"""How characters are read: pinyin with and without tone marks, and the characters that have a reading.

The readings are those of pypinyin's table of single characters (MIT), all of them: a mirror annotates a
character with one fixed reading of its table, not with the one that fits the word.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

LETTER: Final = "a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿêɑɡ"
"""The letters of a syllable, as the inside of a character class."""

_TONES = str.maketrans("", "", "\u0300\u0301\u0304\u030c")


@cache
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


@cache
def is_reading(syllable: str, char: str) -> bool:
    """Tell whether ``syllable``, with or without its tone mark, is a reading of ``char``.

    >>> is_reading("qū", "區"), is_reading("qu", "區"), is_reading("qù", "區")
    (True, True, False)
    """
    known = readings(char)
    wanted = unicodedata.normalize("NFC", syllable.replace("ɡ", "g").replace("ɑ", "a"))
    if wanted in known:
        return True
    return plain(wanted) == wanted and any(plain(each) == wanted.replace("v", "ü") for each in known)


@cache
def _table() -> dict[int, str]:
    """Return pypinyin's table: code point → readings, split by commas."""
    from pypinyin.constants import PINYIN_DICT

    return dict(PINYIN_DICT)
