"""Repairs find their place in the body: restore counts in the page's text, a reader counts in the body.

The body is the page's text without tags, entities and blanks, in order but for what was cut. So both are
folded (blanks dropped, half-width marks read as full-width ones) and each paragraph is looked up in the
folded page. Only pages that were repaired pay for it.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from crawler.records import Cleaned, Repair, Restored
from pipelines.clean.blocks import MOST_TEXT
from pipelines.restore.markup import reach

_BLANK = re.compile(r"([\s\u200b]+)")
_HIDDEN = re.compile(
    r"([<&\s\u200b](?:(?<=<)(?:!--.*?(?:-->|\Z)|(?:script|style)\b.*?(?:</(?:script|style)\s*>|\Z)"
    r"|/?[a-z][^<>]*>)|(?<=&)#?\w{1,10};|(?<=[\s\u200b])[\s\u200b]*))",
    re.S | re.I,
)
_SENTENCE = re.compile(r"[^。！？；]*[。！？；]?")
_WIDE = tuple(zip(",;:!?()", "，；：！？（）", strict=True))
_SHORTEST = 4  # characters of a sentence that may be looked up by itself
_LONGEST = 3_000_000  # characters of a page, markup included, that are folded: restore repairs no further
_VAIN = 200_000_000  # characters looked through without a find, after which the other repairs stay unlocated


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without blanks and tags, in runs: run i begins at ``starts[i]`` and stood at ``places[i]``.

    Both lists end with the lengths of the folded text and of the text.
    """

    text: str
    starts: Sequence[int]
    places: Sequence[int]

    def index(self, place: int) -> int:
        """How many characters of the folded text stood before a place of the text."""
        run = bisect_right(self.places, place, 0, len(self.places) - 1) - 1
        return min(self.starts[run] + place - self.places[run], self.starts[run + 1])

    def place(self, index: int) -> int:
        """Where character ``index`` of the folded text stood."""
        run = bisect_right(self.starts, index) - 1
        return self.places[run] + index - self.starts[run]


def undo(body: str, repairs: Sequence[Repair]) -> str:
    """The body as it was found: every located repair taken back.

    >>> undo("县委书记，", (Repair("punctuation", 4, ",", "，", located=True),))
    '县委书记,'
    """
    pieces: list[str] = []
    at = 0
    for repair in repairs:
        if repair.located:
            pieces += (body[at : repair.start], repair.before)
            at = repair.end
    return "".join([*pieces, body[at:]])


def locate_repairs(texts: Sequence[Restored], cleaned: Cleaned) -> tuple[Repair, ...]:
    """All repairs of a page: those of the body, located in it and in order, then those of the rest.

    ``texts`` are the restored texts of the page and its parts; ``cleaned.rewrites`` count in the body.
    """
    repaired = [text for text in texts if text.repairs]
    if not repaired:
        return cleaned.rewrites
    located: list[Repair] = []
    elsewhere: list[Repair] = []
    body = fold(cleaned.body, markup=False)
    for text in repaired:
        found, lost = _locate(text, cleaned, body)
        located += found
        elsewhere += lost
    return (*_merge(located, cleaned.rewrites), *elsewhere)


def fold(text: str, *, markup: bool) -> Folded:
    """Drop blanks (and, in a page's source, tags), read half-width marks as full-width ones; keep the places.

    >>> fold("<p>县 委,</p>", markup=True).text
    '县委，'
    """
    runs = (_HIDDEN if markup else _BLANK).split(text)  # a shown run, a hidden one, a shown one, …
    places = [0, *accumulate(map(len, runs))]
    shown = {hidden: _shown(hidden) for hidden in set(runs[1::2])}
    runs[1::2] = map(shown.__getitem__, runs[1::2])
    folded = "".join(runs)
    for narrow, wide in _WIDE:
        folded = folded.replace(narrow, wide)
    return Folded(folded, [0, *accumulate(map(len, runs))], places)


def _shown(hidden: str) -> str:
    """The character that an entity stands for; nothing for a blank or a tag."""
    return html.unescape(hidden)[:1].strip().strip("\u200b") if hidden[0] == "&" else ""


def _locate(text: Restored, cleaned: Cleaned, body: Folded) -> tuple[list[Repair], list[Repair]]:
    """Split the repairs of one text into those that stand in the body (now counting there) and the others."""
    read = text.text[: reach(text.text, 2 * MOST_TEXT, _LONGEST)]  # no body holds more
    page = fold(read, markup="<" in text.text)
    matches = list(_matches(page.text, page.index(text.repairs[-1].end), cleaned, body))
    starts = [match[0] for match in matches]
    found, lost = [], []
    whole = cleaned.body
    for repair in text.repairs:
        index = page.index(repair.start)
        last = page.index(repair.end) if repair.after else index
        slot = bisect_right(starts, index) - 1
        start = _in_body(matches[slot], index, last, body) if slot >= 0 else None
        if start is not None and whole.startswith(repair.after, start):
            found.append(Repair(repair.rule, start, repair.before, repair.after, repair.certainty, True))
        else:
            lost.append(repair)
    return found, lost


def _matches(page: str, last: int, cleaned: Cleaned, body: Folded) -> Iterator[tuple[int, int, int]]:
    """Stretches that page and body share: (start in page, start in body, length) in folded characters.

    Those behind ``last`` are of no use.
    """
    at = end = cursor = vain = 0
    for paragraph in cleaned.paragraphs:
        end += len(paragraph) + 1
        folded = body.text[at : body.index(end)]
        place = page.find(folded, cursor)
        pieces = [folded]
        if place < 0:
            pieces = _SENTENCE.findall(folded)
            vain += len(page) - cursor
        for piece in pieces:
            if place < 0 and len(piece) >= _SHORTEST:
                place = page.find(piece, cursor)
                vain += 0 if place >= 0 else len(page) - cursor
            if place >= 0:
                yield place, at, len(piece)
                cursor = place + len(piece)
            if cursor > last or vain > _VAIN:
                return
            at += len(piece)
            place = -1


def _in_body(match: tuple[int, int, int], index: int, last: int, body: Folded) -> int | None:
    """Where folded character ``index`` of the page stands in the body, if the match holds the repair."""
    start, at, length = match
    if index < start or last > start + length:
        return None
    place = at + index - start
    if place < len(body.text) and index < start + length:
        return body.place(place)
    return body.place(place - 1) + 1 if place else 0


def _merge(repairs: list[Repair], rewrites: Sequence[Repair]) -> Iterator[Repair]:
    """Both kinds in order; where two touch the same characters, the repair (which came first) stays."""
    reached = 0
    queue = iter(rewrites)
    rewrite = next(queue, None)
    for repair in sorted(repairs, key=lambda repair: (repair.start, repair.end)):
        if repair.start < reached:
            continue
        while rewrite and rewrite.end <= repair.start and rewrite.start < repair.end:
            yield rewrite
            rewrite = next(queue, None)
        reached = repair.end
        while rewrite and rewrite.start < reached:
            rewrite = next(queue, None)
        yield repair
    if rewrite:
        yield rewrite
    yield from queue
