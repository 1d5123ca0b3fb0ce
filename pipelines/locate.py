"""Repairs find their place in the body: restore counts in the page's text, a reader counts in the body.

The body is the page's text without tags, entities and blanks, in order but for what was cut. So both are
folded (blanks dropped, half-width marks read as full-width ones) and each paragraph is looked up in the
folded page. Only pages that were repaired pay for it.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crawler.records import Cleaned, Repair, Restored

_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?:script|style)\b.*?(?:</(?:script|style)\s*>|\Z)"
    r"|</?[a-z][^<>]*>|&#?\w{1,10};|\s+|[^<&\s]+|.",
    re.S | re.I,
)
_SHOWN = re.compile(r"[^\s\u200b]+")
_SENTENCE = re.compile(r"[^。！？；]*[。！？；]?")
_WIDE = str.maketrans(",;:!?()", "，；：！？（）")
_SHORTEST = 4  # characters of a sentence that may be looked up by itself


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without blanks and tags; ``places[i]`` is where character i stood."""

    text: str
    places: Sequence[int]


def undo(body: str, repairs: Sequence[Repair]) -> str:
    """The body as it was found: every located repair taken back.

    >>> undo("县委书记，", (Repair("punctuation", 4, ",", "，", located=True),))
    '县委书记,'
    """
    pieces, at = [], 0
    for repair in repairs:
        if repair.located:
            pieces += [body[at : repair.start], repair.before]
            at = repair.end
    return "".join([*pieces, body[at:]])


def locate_repairs(texts: Sequence[Restored], cleaned: Cleaned) -> tuple[Repair, ...]:
    """All repairs of a page: those of the body, located in it and in order, then those of the rest.

    ``texts`` are the restored texts of the page and its parts; ``cleaned.rewrites`` count in the body.
    """
    repairs = [repair for text in texts for repair in text.repairs]
    rewrites = [_placed(rewrite, rewrite.start) for rewrite in cleaned.rewrites]
    if not repairs:
        return tuple(rewrites)
    located: list[Repair] = []
    elsewhere: list[Repair] = []
    body = fold(cleaned.body, markup=False)
    for text in texts:
        found, lost = _locate(text, cleaned, body)
        located += found
        elsewhere += lost
    return (*_merge(located, rewrites), *elsewhere)


def fold(text: str, *, markup: bool) -> Folded:
    """Drop blanks (and, in a page's source, tags), read half-width marks as full-width ones; keep the places.

    >>> fold("<p>县 委,</p>", markup=True).text
    '县委，'
    """
    chars: list[str] = []
    places: list[int] = []
    for piece, start in _visible(text) if markup else ((text, 0),):
        for run in _SHOWN.finditer(piece):
            chars.append(run[0])
            places.extend(range(start + run.start(), start + run.end()))
    return Folded("".join(chars).translate(_WIDE), places)


def _visible(text: str) -> Iterator[tuple[str, int]]:
    for token in _TOKEN.finditer(text):
        piece = token.group()
        if piece[0] == "&" and len(piece) > 1:
            yield html.unescape(piece)[:1], token.start()
        elif not piece.isspace() and (piece[0] != "<" or len(piece) == 1):
            yield piece, token.start()


def _locate(text: Restored, cleaned: Cleaned, body: Folded) -> tuple[list[Repair], list[Repair]]:
    """Split the repairs of one text into those that stand in the body (now counting there) and the others."""
    page = fold(text.text, markup="<" in text.text)
    matches = list(_matches(page.text, cleaned, body))
    starts = [match[0] for match in matches]
    found, lost = [], []
    whole = cleaned.body
    for repair in text.repairs:
        index = bisect_left(page.places, repair.start)
        last = bisect_left(page.places, repair.end) if repair.after else index
        slot = bisect_left(starts, index + 1) - 1
        start = _in_body(matches[slot], index, last, body) if slot >= 0 else None
        end = start is not None and start + len(repair.after)
        if start is not None and whole[start:end] == repair.after:
            found.append(_placed(repair, start))
        else:
            lost.append(repair)
    return found, lost


def _placed(repair: Repair, start: int) -> Repair:
    return Repair(repair.rule, start, repair.before, repair.after, repair.certainty, located=True)


def _matches(page: str, cleaned: Cleaned, body: Folded) -> Iterator[tuple[int, int, int]]:
    """Stretches that page and body share: (start in page, start in body, length) in folded characters."""
    cursor = at = 0
    for paragraph in cleaned.paragraphs:
        folded = fold(paragraph, markup=False).text
        place = page.find(folded, cursor)
        if place >= 0:
            yield place, at, len(folded)
            cursor = place + len(folded)
        else:
            inner = at
            for sentence in _SENTENCE.findall(folded):
                place = page.find(sentence, cursor) if len(sentence) >= _SHORTEST else -1
                if place >= 0:
                    yield place, inner, len(sentence)
                    cursor = place + len(sentence)
                inner += len(sentence)
        at += len(folded)


def _in_body(match: tuple[int, int, int], index: int, last: int, body: Folded) -> int | None:
    """Where folded character ``index`` of the page stands in the body, if the match holds the repair."""
    start, at, length = match
    if index < start or last > start + length:
        return None
    place = at + index - start
    if place < len(body.places) and index < start + length:
        return body.places[place]
    return body.places[place - 1] + 1 if place else 0


def _merge(repairs: list[Repair], rewrites: list[Repair]) -> tuple[Repair, ...]:
    """Both kinds in order; where two touch the same characters, the repair (which came first) stays."""
    taken = {place for repair in repairs for place in range(repair.start, repair.end)}
    free = [r for r in rewrites if not any(place in taken for place in range(r.start, r.end))]
    ordered = sorted([*repairs, *free], key=lambda r: (r.start, r.end))
    kept = ordered[:1]
    for before, repair in pairwise(ordered):
        if repair.start >= before.end:
            kept.append(repair)
    return tuple(kept)
