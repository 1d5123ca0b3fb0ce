"""An article that its site splits over several pages: joined in order and once, without any other article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from crawler.records import Cleaned, Cut, Evidence, Part, Repair
from pipelines.clean.title_tag import fold
from pipelines.clean.truncation import is_truncated

_WEAK = frozenset({"first_line", "agreement"})  # a later page's first line is text, not its title
_ALIKE = 0.5  # share of the pairs of characters that two titles of one article have in common


def join_pages(first: Cleaned, parts: Sequence[tuple[Part, Cleaned | None]]) -> Cleaned:
    """One article from its pages in order: the first says what it is, the others add their paragraphs.

    Paragraphs at the head and the foot of a page that an earlier page has already are cut; a paragraph that
    the end of a page broke off is made whole. A page that is missing, holds no text or is of another article
    is told as evidence, and the article is truncated.
    """
    joined = _Joined(first)
    for part, page in parts:
        rule = part.rule if page is None else _refuse(first, page)
        if page is None or rule:
            joined.miss(part, rule)
        else:
            joined.add(part, page)
    return joined.result()


def same_article(title: str | None, page: Cleaned) -> bool:
    """Whether one of the titles that a later page shows is that of the article, or it shows none.

    >>> page = Cleaned(None, None, None, None, None, (), (), (), evidence=(
    ...     Evidence("clean", "title", "青溪县召开防汛会议（2）", "title_tag"),))
    >>> same_article("青溪县召开防汛会议", page), same_article("柏远调研春耕生产", page)
    (True, False)
    """
    shown = [e.value for e in page.evidence if e.subject == "title" and e.rule not in _WEAK]
    return not title or not shown or any(_alike(title, other) for other in shown)


def _alike(title: str, other: str) -> bool:
    pairs, others = ({a + b for a, b in pairwise(fold(text))} for text in (title, other))
    return len(pairs & others) >= _ALIKE * min(len(pairs), len(others))


def _refuse(first: Cleaned, page: Cleaned) -> str:
    """The rule by which a page cannot be joined, empty when it can."""
    if not page.paragraphs:
        return "part_without_text"
    return "" if same_article(first.title, page) else "part_of_another"


class _Joined:
    """The article as far as it has been joined."""

    def __init__(self, first: Cleaned) -> None:
        self._first = first
        self._editors = first.editors
        self._paragraphs = list(first.paragraphs)
        self._cuts, self._rewrites = list(first.cuts), list(first.rewrites)
        self._evidence = list(first.evidence)
        self._missing = False
        self._ends_early = first.truncated
        self._last = 1

    def miss(self, part: Part, rule: str) -> None:
        """Tell of a page that is not joined."""
        place = f"page {part.number}"
        self._evidence.append(Evidence("clean", "parts", part.url, rule, place, chosen=False))
        self._missing = True

    def add(self, part: Part, page: Cleaned) -> None:
        """Join one page."""
        place = f"page {part.number}"
        start, stop = self._own(page.paragraphs)
        own = page.paragraphs[start:stop]
        repeated = (*page.paragraphs[:start], *page.paragraphs[stop:])
        self._cuts += [Cut("page_repeats", text, place) for text in repeated]
        self._cuts += [replace(cut, place=f"{place} {cut.place}") for cut in page.cuts]
        self._evidence.append(
            Evidence("clean", "parts", part.url, "joined" if own else "page_repeats", place)
        )
        self._evidence += [replace(e, place=f"{place} {e.place}", chosen=False) for e in page.evidence]
        if not own:
            return
        broken = self._breaks_off(part.number)
        at = len("\n".join(self._paragraphs)) + bool(self._paragraphs and not broken)
        self._rewrites += _moved(page, start, stop, at)
        if broken:
            self._paragraphs[-1] += own[0]
            self._evidence.append(Evidence("clean", "parts", own[0][:40], "paragraph_goes_on", place))
        self._paragraphs += own[broken:]
        self._editors = self._editors or page.editors
        self._ends_early, self._last = page.truncated, part.number

    def result(self) -> Cleaned:
        """The whole article."""
        return replace(
            self._first,
            paragraphs=tuple(self._paragraphs),
            truncated=self._missing or self._ends_early,
            editors=self._editors,
            cuts=tuple(self._cuts),
            rewrites=tuple(self._rewrites),
            evidence=tuple(self._evidence),
        )

    def _own(self, paragraphs: Sequence[str]) -> tuple[int, int]:
        """From where to where a page says what no page before it said; a refrain in between stays."""
        known = set(self._paragraphs)
        start, stop = 0, len(paragraphs)
        while start < stop and paragraphs[start] in known:
            start += 1
        while stop > start and paragraphs[stop - 1] in known:
            stop -= 1
        return start, stop

    def _breaks_off(self, number: int) -> bool:
        """Whether the page before this one ends within a sentence."""
        return number == self._last + 1 and is_truncated(self._paragraphs[-1:], None, ())


def _moved(page: Cleaned, start: int, stop: int, at: int) -> list[Repair]:
    """The changes made in paragraphs ``start`` to ``stop`` - 1 of a page, which now begin at ``at``."""
    begin = sum(len(text) + 1 for text in page.paragraphs[:start])
    end = begin + len("\n".join(page.paragraphs[start:stop]))
    return [
        replace(r, start=r.start - begin + at) for r in page.rewrites if begin <= r.start and r.end <= end
    ]
