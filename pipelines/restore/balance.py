"""Brackets and quotation marks come in pairs: what a lone one costs a hypothesis."""

from __future__ import annotations

from typing import Final

_UNBALANCED: Final = -3.0
_BALANCED: Final = 1.0
_KNOWN: Final = 20
_PAIRS: Final = ("“”", "‘’", "（）", "《》", "【】", "〔〕")
PARTNER: Final = {mark: (pair[0], pair[1]) for pair in _PAIRS for mark in pair}
"""Each mark with the opening and the closing one of its pair."""

_NARROW: Final = {"（": "(", "）": ")"}


def balance(mark: str, before: str, out: str) -> float:
    """Return the logarithm of how much likelier ``mark`` is for what is open in the paragraph.

    ``before`` is the paragraph so far, ``out`` what the hypothesis adds; too short a paragraph tells nothing.

    >>> balance("”", "县委书记在会议上强调：“全县各级各部门要压实责任，", "确保落实") > 0
    True
    """
    if len(before) < _KNOWN:
        return 0.0
    opening, closing = PARTNER[mark]
    is_open = _count(before + out, opening) > _count(before + out, closing)
    return _BALANCED if is_open == (mark == closing) else _UNBALANCED


def _count(text: str, mark: str) -> int:
    """Return how often a mark stands in ``text``, full-width or half-width."""
    return text.count(mark) + text.count(_NARROW.get(mark, "\0"))
