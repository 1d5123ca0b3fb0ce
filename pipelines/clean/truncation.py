"""Whether a text is visibly cut off."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.records import Cut
from pipelines.clean.weights import has_marks

_CUT_RULES = frozenset({"expander", "paywall", "omission", "reply_to_read"})
_ENDS = frozenset("。！？”’）)》】…!?.;；」』>〉")
_GOES_ON = frozenset("，、：,:；")
_DATE = re.compile(r"(?:\d|[〇一二三四五六七八九十])日$")  # a notice ends with its date
_SHORT = 24  # characters of a last line that may be a heading, a signature or a date


def is_truncated(paragraphs: Sequence[str], ended_by: str | None, cuts: Sequence[Cut]) -> bool:
    """Whether the last paragraph stops before its sentence does, or the page itself says that more follows.

    >>> is_truncated(["会议强调，要抓好落实"], None, ())
    False
    >>> is_truncated(["会议强调，" * 8 + "发挥好全县各行政村、社"], None, ())
    True
    """
    if not paragraphs:
        return False
    if ended_by in _CUT_RULES or any(cut.rule in _CUT_RULES for cut in cuts):
        return True
    last = paragraphs[-1]
    if last.endswith(("...", "……", "…")):
        return True
    if _DATE.search(last):
        return False
    if len(last) < _SHORT or not has_marks(last) or last[-1] in _ENDS:
        return last[-1] in _GOES_ON
    return "一" <= last[-1] <= "鿿" or last[-1] in _GOES_ON
