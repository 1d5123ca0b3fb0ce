"""The signs of shifted bytes on a page: patterns, and a quick look for any.

Three signs begin a stretch: a syllable in brackets that is no reading of the character before it, its opening
bracket often swallowed (``序?qū)``), a mark with a lost byte before it (``確?！``), and a full stop where a
paragraph begins, made of its indent and a full-width bracket or digit (``?。ㄒ唬`` for ``　（一）``).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from pipelines.restore.marks import EITHER
from pipelines.restore.readings import LETTER
from pipelines.restore.sense import AHEAD, is_senseless, junk, rare_class

_LETTER_BEFORE: Final = r"(?<=[^\x00-\x7f].)"
_ANY_BEFORE: Final = r"(?<=[^\x00-\x7f].|[:,;!()~].)"
_NOTE_BEFORE: Final = r"(?<=[\"),].)"
_LOST_BEFORE: Final = r"(?<=[^\x00-\x7f]\?\?)"
SYLLABLE: Final = rf"[{LETTER}]{{1,8}} ?[)）]"
_BEGUN: Final = r"(?:(?<=[\n>\u3000])|(?<=[\s>]\s)|(?<=\A\s)|(?<![\s\S]))"
_INDENT: Final = r"(?:(?<=[\n>\u3000].)|(?<=[\s>]\s.)|(?<=\A\s.)|(?<![\s\S]{2}))"
STRONG: Final = re.compile(
    rf"\?(?<!\?\?\?)(?!\?\?)(?:{_ANY_BEFORE}{SYLLABLE}|(?:{_LETTER_BEFORE}|{_NOTE_BEFORE})[{EITHER}])"
    rf"|\ufffd(?:[(（]{SYLLABLE}|,?[{EITHER}])|\?{_INDENT}[。、]"
)
"""A question mark or a U+FFFD that stands for lost bytes: ``?qū)`` or ``?！``."""

SIGN: Final = re.compile(
    rf"(?:\?{_ANY_BEFORE}|\ufffd[(（]|[(（]{_ANY_BEFORE})(?P<note>[{LETTER}]{{1,8}}) ?[)）]"
    rf"|(?:\ufffd{_INDENT},?|[?,]{_INDENT}|{_BEGUN})(?P<indent>[。、])(?=\S)"
    rf"|(?:\ufffd,?|(?P<lost>[?,])(?:{_LETTER_BEFORE}|{_NOTE_BEFORE}|{_LOST_BEFORE}))?(?P<mark>[{EITHER}])"
)
"""All that may begin a shifted stretch."""


def has_damage(page: str) -> bool:
    """Tell whether a page shows signs of shifted bytes; quick on a page that shows none.

    >>> has_damage("有序?qū)嵤┬滦"), has_damage("确保患者生命安全；要抓实")
    (True, False)
    """
    if STRONG.search(page):
        return True
    if any(is_senseless(page[hit.end() : hit.end() + AHEAD]) for hit in _stops_first().finditer(page)):
        return True
    ends = ((hit.end(), min(hit.end(1), hit.end() + AHEAD) + 1) for hit in junk().finditer(page))
    return any(is_senseless(page[start:end]) for start, end in ends)


@cache
def _stops_first() -> re.Pattern[str]:
    """Return the pattern of a full stop where a paragraph begins, before what is soon a strange character,
    or two."""
    rare = rare_class()
    begun = rf"(?:[。、]{_INDENT}|,{_INDENT}[。、])"
    return re.compile(rf"{begun}(?=[^\r\n]{{0,7}}{rare}|(?:[^\r\n]{{0,11}}{rare}){{2}})")


def is_strong(page: str, sign: re.Match[str]) -> bool:
    """Tell whether a sign is a question mark that stands for lost bytes."""
    return page[sign.start()] in "?\ufffd" and len(sign[0]) > 1
