"""Brackets and quotation marks come in pairs: which are open, and which mark is out of place."""

from __future__ import annotations

from typing import Final

_PAIRS: Final = ("“”", "‘’", "（）()", "《》", "【】", "〔〕")
UNKNOWN: Final = 1 << len(_PAIRS)
"""Too little is known of what came before to call any mark out of place."""

_KNOWN: Final = 20
MARKS: Final = {mark: (1 << i, n % 2 == 0) for i, pair in enumerate(_PAIRS) for n, mark in enumerate(pair)}
"""Each mark with the bit of its pair, and whether it is the opening one."""


def is_out_of_place(mark: str, opened: int) -> bool:
    """Tell whether an opening mark is open already, or a closing one is not.

    >>> is_out_of_place("”", open_after("县委书记在会议上强调：“全县各级各部门要压实责任，"))
    False
    """
    bit, opens = MARKS[mark]
    return not opened & UNKNOWN and opens == bool(opened & bit)


def is_left_open(opened: int) -> bool:
    """Tell whether a double quotation mark is open where a paragraph ends.

    >>> is_left_open(open_after("县委书记在会议上强调：“全县各级各部门要压实责任！"))
    True
    """
    return bool(opened & MARKS["“"][0]) and not opened & UNKNOWN


def after(mark: str, opened: int) -> int:
    """Return what is open behind ``mark``."""
    bit, opens = MARKS[mark]
    return opened | bit if opens else opened & ~bit


def open_after(paragraph: str) -> int:
    """Return which marks are open at the end of a paragraph's beginning, a bit for each pair.

    >>> open_after("县委书记"), open_after("县委书记在会议上强调：“全县各级各部门要压实责任，")
    (64, 1)
    """
    if len(paragraph) < _KNOWN:
        return UNKNOWN
    found = 0
    for char in paragraph:
        if char in MARKS:
            found = after(char, found)
    return found
