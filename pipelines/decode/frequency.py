"""How rare the characters of a text are: the measure by which a right reading of bytes beats a wrong one.

Chinese news read in the encoding it was written in costs about 9 bits a character; read in a wrong one, 14
and more, for the bytes then name rare characters or none.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FILES = ("frequency.tsv", "marks.tsv")  # the first is generated, the second written by hand
HOLE = 20  # bits of a byte that no character stands for, of U+FFFD and of private use
_RARE = 17  # bits of a hanzi that the table does not list
_SYMBOL = 14  # bits of any other character that it does not list
_HALF_WIDTH_KANA = 9


def bits(text: str) -> int:
    """Rarity of a text in bits: the sum over its characters, ASCII but NUL counting nothing.

    Lone surrogates U+DC80–U+DCFF stand for bytes that could not be read, and cost most.

    >>> bits("会议强调") < bits("颇祜痉鳍") < bits("\\udcbb\\udce1\\udcd2\\udce9")
    True
    """
    return sum(map(_table().__getitem__, text))


def _unlisted(char: str) -> int:
    if "\u3400" <= char <= "\u9fff":
        return _RARE
    if "\ud800" <= char <= "\uf8ff" or char < "\xa0" or char >= "\U00020000" or char == "\ufffd":
        return HOLE
    return _HALF_WIDTH_KANA if "\uff61" <= char <= "\uff9f" else _SYMBOL


class _Table(dict[str, int]):
    """Bits by character; those of a character that is not listed are worked out once."""

    def __missing__(self, char: str) -> int:
        found = _unlisted(char)
        if char <= "\uffff":
            self[char] = found
        return found


@cache
def _table() -> _Table:
    """Bits by character; where both files list one, the smaller figure counts."""
    table = _Table((chr(code), 0) for code in range(1, 0x80))
    for name in _FILES:
        for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                level, chars = line.split("\t")
                for char in chars:
                    table[char] = min(int(level), table.get(char, HOLE))
    return table
