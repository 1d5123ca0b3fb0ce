"""From lines on pages to paragraphs: page numbers, running heads, contents out, broken lines joined.

A line of a printed page ends where the page does. What ends a paragraph is seen by the eye: a line that
stops short of the margin, an indented next one, another size of type, a gap.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from crawler.files.lines import CutLine, Line

_EDGE = 2  # lines at the top and at the foot of a page that may be a running head
_NEAR = 6.0  # points within which a running head keeps its height from page to page
_WIDE, _SMALL = 1.3, 0.95  # of the usual gap and type: what sets a head apart from the text
_DASH = r"[-—–―－─_~·•.．| ]{0,9}"
_FIGURE = r"[\d一二三四五六七八九十]{1,4}"
_PAGE_NUMBER = re.compile(
    rf"{_DASH}\d{{1,4}}{_DASH}|{_DASH}[ivxlcIVXLC]{{1,6}}{_DASH}|\d{{1,4}} ?/ ?\d{{1,4}}"
    rf"|{_DASH}第 ?{_FIGURE} ?页(?:[ ,，/]{{0,3}}共 ?{_FIGURE} ?页)?{_DASH}"
)
_CONTENTS = re.compile(r".{2,80}?[.．·…‥][.．·…‥ ]{2,200}\d{1,4}")
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|第.{1,3}[章节条]|\d{1,2}[、.．]"
)
_CLOSING = frozenset("，。、；：？！）》」』】”’…,;:?!)%")
_DIGITS = re.compile(r"\d+")
_SMALLEST_HEADING = 1.1  # of the body's type
_FINE = 0.8  # of the body's type
_SAYS_MORE = re.compile(r"[\d:：]")


def arrange(lines: Sequence[Line]) -> tuple[list[str], list[CutLine]]:
    """The paragraphs of a document and the lines that were taken out, in order of the pages.

    >>> page = [Line("县长柏远主持召开县政府", 1, 122, 298, 700, 16), Line("常务会议。", 1, 90, 170, 672, 16)]
    >>> arrange([*page, Line("— 1 —", 1, 280, 320, 40, 14)])
    (['县长柏远主持召开县政府常务会议。'], [CutLine(rule='page_number', text='— 1 —', place='page 1')])
    """
    dropped = _furniture(lines)
    kept = [line for at, line in enumerate(lines) if at not in dropped]
    cuts = [CutLine(dropped[at], lines[at].text, f"page {lines[at].page}") for at in sorted(dropped)]
    return _join(kept), cuts


def _furniture(lines: Sequence[Line]) -> dict[int, str]:
    """Indices of the lines that are no text, each with its rule."""
    pages: dict[int, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        pages[line.page].append(at)
    heads = {at for own in pages.values() for at in _heads(lines, own)}
    contents = {at: "contents_line" for at, line in enumerate(lines) if _CONTENTS.fullmatch(line.text[:300])}
    numbers = {at: "page_number" for at in heads if _PAGE_NUMBER.fullmatch(lines[at].text)}
    running = _repeated(lines, heads, len(pages)) if len(pages) > 1 else _fine_print(lines, heads)
    return contents | dict.fromkeys(running, "running_head") | numbers


def _heads(lines: Sequence[Line], own: Sequence[int]) -> Iterator[int]:
    """The lines of a page that are set apart from its text: above or below a gap, or in smaller type."""
    order = sorted(own, key=lambda at: lines[at].base)
    size = median(lines[at].size for at in order)
    gap = median(lines[b].base - lines[a].base for a, b in pairwise(order)) if len(order) > 2 else 0.0
    most = min(_EDGE, max(1, (len(order) - 1) // 2))
    for ends in (order, order[::-1]):
        apart = 0
        for number, (at, inner) in enumerate(pairwise(ends[: most + 1]), 1):
            line, wide = lines[at], abs(lines[at].base - lines[inner].base) > _WIDE * gap
            apart = number if wide or line.size < _SMALL * size else apart
        yield from ends[: apart or (len(order) == 1)]


def _repeated(lines: Sequence[Line], heads: Iterable[int], pages: int) -> list[int]:
    """The heads that say the same at the same height on most pages, or on every other one."""
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    for at in heads:
        words = _DIGITS.sub("0", "".join(lines[at].text.split()))
        groups[words, round(lines[at].base / _NEAR)].append(at)
    enough = max(2, pages * 0.4)
    return [at for group in groups.values() if len(group) >= enough for at in group]


def _fine_print(lines: Sequence[Line], heads: Iterable[int]) -> list[int]:
    """The heads of a single page, where nothing repeats: words in small type, no field and no date."""
    size = median(line.size for line in lines) if lines else 0.0
    return [at for at in heads if lines[at].size < _FINE * size and not _SAYS_MORE.search(lines[at].text)]


def _join(lines: Sequence[Line]) -> list[str]:
    """The paragraphs: each line goes on the one before it unless the page shows that it does not."""
    if not lines:
        return []
    body = _usual(line.size for line in lines)
    own = [line for line in lines if abs(line.size - body) < 1] or list(lines)
    left, right = _usual(line.left for line in own), _margin([line.right for line in own], body)
    gaps = [a.base - b.base for a, b in pairwise(own) if a.page == b.page and a.base > b.base]
    gap = median(gaps) if gaps else 2 * body
    paragraphs = [lines[0].text]
    for before, line in pairwise(lines):
        if line.text[0] in _CLOSING or _goes_on(before, line, left, right, body, gap):
            paragraphs[-1] = _glue(paragraphs[-1], line.text)
        else:
            paragraphs.append(line.text)
    return paragraphs


def _usual(values: Iterable[float]) -> float:
    """The value that most lines have."""
    return float(Counter(round(value) for value in values).most_common(1)[0][0])


def _margin(rights: Sequence[float], size: float) -> float:
    """The right edge of the text: the farthest that several lines come to, for a signature may stand out."""
    ordered = sorted(rights)
    enough = max(2, len(ordered) // 20)
    shared = (r for at, r in enumerate(ordered) if at + 1 - bisect_left(ordered, r - size) >= enough)
    return max(shared, default=ordered[-1])


def _goes_on(before: Line, line: Line, left: float, right: float, body: float, gap: float) -> bool:
    """Whether a line is the rest of a paragraph that the line before began."""
    apart = before.base - line.base if before.page == line.page else gap
    if abs(before.size - line.size) > 0.1 * max(before.size, line.size) or not -1 <= apart <= 1.7 * gap:
        return False
    if line.size > _SMALLEST_HEADING * body:
        return not _NUMBERED.match(line.text)
    full = before.right >= right - 1.6 * line.size
    return full and line.left < left + 0.8 * line.size


def _glue(start: str, rest: str) -> str:
    """Two pieces of a paragraph; words of Latin letters keep a blank between them."""
    latin = (start[-1] + rest[0]).isascii() and (start[-1] + rest[0]).isalnum()
    return f"{start} {rest}" if latin else start + rest
