"""What a question mark swallowed: lenient decoders take the ASCII letter behind a lone first byte with it."""

from __future__ import annotations

import re
from typing import Final

from pipelines.restore.marks import EITHER
from pipelines.restore.readings import LETTER

_SYLLABLE: Final = rf"([{LETTER}]{{1,8}}) ?[)）]"
SWALLOWED: Final = re.compile(rf"\?{_SYLLABLE}")
WHOLE: Final = re.compile(rf"[(（]{_SYLLABLE}(?:[(（]\1 ?[)）])*+")
_TAG_REST: Final = re.compile(r"/?[a-zA-Z][a-zA-Z0-9]{0,15}(?:[ /][^<>]{0,300})?>")
_ENTITY_REST: Final = re.compile(r"(?:[a-zA-Z]{2,8}|#\d{1,6});")
_UNIT: Final = re.compile("[0-9年月日号时点分人名个例万亿元%.]")
_YEAR: Final = re.compile(r"[09]\d\d年")
_TAG_LENGTH: Final = 400
_NEAR: Final = 40


def swallowed(page: str, at: int, end: int) -> tuple[str, float]:
    """Return the letter that stood before ``at``, and the logarithm of how sure that is.

    Nothing when a mark follows: what a mirror puts before marks is not part of the text. A digit is a guess,
    unless it begins a year.

    >>> swallowed("?/span>", 1, 1), swallowed("?nbsp;", 1, 6), swallowed("?，也", 1, 3)
    (('<', 0.0), ('&', 0.0), ('', 0.0))
    >>> swallowed("?025年", 1, 5), swallowed("?998年", 1, 5)
    (('2', -1.0), ('1', -1.0))
    """
    if _TAG_REST.match(page, at, min(len(page), at + _TAG_LENGTH)):
        return "<", 0.0
    if at >= end or page[at] in EITHER:
        return "", 0.0
    if _ENTITY_REST.match(page, at, end):
        return "&", 0.0
    if _YEAR.match(page, at, end):
        return "1" if page[at] == "9" else "2", -1.0
    if _UNIT.match(page, at, end):
        return "1", -3.0
    rest = page[at : min(end, at + _NEAR)]
    if 0 <= rest.find(")") < (rest.find("(") if "(" in rest else len(rest)):
        return "(", -1.0
    return ",", -1.0
