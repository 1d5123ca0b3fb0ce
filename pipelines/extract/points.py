"""Numbered points of a statement: 一要…二要…, 一是…, 首先…其次…, 第一,…, (一)…"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.records import Point
from pipelines.extract.text import fold

_DIGITS = "一二三四五六七八九十"
_CLAUSE, _SENTENCE = frozenset("。;:,!?\n"), frozenset("。;:!?\n")
_FAMILIES: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = (
    (_CLAUSE, re.compile(rf"(?P<n>[{_DIGITS}][{_DIGITS}]?)(?:要|是|抓|个)")),
    (_CLAUSE, re.compile(rf"第(?P<n>[{_DIGITS}][{_DIGITS}]?)[,、是]")),
    (_CLAUSE, re.compile(rf"\((?P<n>[{_DIGITS}][{_DIGITS}]?)\)")),
    (_CLAUSE, re.compile(rf"(?P<n>[{_DIGITS}][{_DIGITS}]?)、")),
    (_SENTENCE, re.compile(r"(?P<n>\d\d?)[.、.](?!\d)")),
    (_CLAUSE, re.compile(r"(?P<w>首先|其次|再次|最后|第一|第二|第三)[,要是]")),
)
"""What a point begins with, and the marks of which one stands right before it (or nothing at all)."""
_FIRST = re.compile(rf"[{_DIGITS}\d第(首其再最]")
_BEGUN = re.compile(rf"[。;:,!?\n]{_FIRST.pattern}")
"""Where a point may begin: at the start of the text, behind a mark."""
_ORDER = {"首先": 1, "第一": 1, "其次": 2, "第二": 2, "再次": 3, "第三": 3}


def points_of(text: str, offset: int) -> tuple[Point, ...]:
    """The numbered points in ``text``; positions count from ``offset``. At least two make a list.

    >>> [(p.number, p.text) for p in points_of("要抓紧。一要排查;二要整改。", 0)]
    [(1, '一要排查'), (2, '二要整改')]
    """
    folded = fold(text)
    if len(_BEGUN.findall(folded)) + bool(_FIRST.match(folded)) < 2:
        return ()
    for marks, family in _FAMILIES:
        starts = _run([m for m in family.finditer(folded) if not m.start() or folded[m.start() - 1] in marks])
        if len(starts) >= 2:
            return _cut(text, starts, offset)
    return ()


def _run(matches: Sequence[re.Match[str]]) -> list[tuple[int, int]]:
    """The longest count from 1 upwards: (number, start); a repeated 一要 inside a point is passed over."""
    run: list[tuple[int, int]] = []
    for match in matches:
        if _number(match, len(run)) == len(run) + 1:
            run.append((len(run) + 1, match.start()))
    return run


def _number(match: re.Match[str], so_far: int) -> int:
    group = match.groupdict()
    if word := group.get("w"):
        return so_far + 1 if word == "最后" and so_far else _ORDER.get(word, 0)
    text = group["n"]
    if text.isascii():
        return int(text)
    if text == "十":
        return 10
    tens, _, ones = text.rpartition("十")
    ten = 10 * (_DIGITS.index(tens) + 1 if tens else 1) if "十" in text else 0
    return ten + (_DIGITS.index(ones) + 1 if ones in _DIGITS and ones else 0)


def _cut(text: str, starts: Sequence[tuple[int, int]], offset: int) -> tuple[Point, ...]:
    ends = [start for _, start in starts[1:]] + [len(text)]
    points = []
    for (number, start), end in zip(starts, ends, strict=True):
        piece = text[start:end].rstrip(" ,;，；。\n")
        points.append(Point(number, piece, offset + start, offset + start + len(piece)))
    return tuple(points)
