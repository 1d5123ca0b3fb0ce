"""The open elements of a page: what a tag opens, closes, and closes by implication.

The rules are HTML's own (WHATWG 13.2.6), cut down to what matters for lines of text: a paragraph ends at the
next block, a list item at the next item, and an end tag never reaches out of its table cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pipelines.clean.tags import BLOCK_TAGS, Tag

_FAR: Final = 31  # open elements that an implied end looks back over
_DEEPEST: Final = 399  # open elements; tags nested deeper open nothing
_MOST_HINTS: Final = 40
_CELL_PARTS: Final = frozenset({"td", "th", "tr", "tbody", "thead", "tfoot", "caption"})
_WALLS: Final = frozenset({"table", "td", "th", "caption"})
_LINK, _PARAGRAPH = frozenset({"a"}), frozenset({"p"})
_CLOSED_BY: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = {
    tag: (frozenset(closed.split()), frozenset(within.split()))
    for tag, closed, within in (
        ("li", "li", "ul ol menu dir"),
        ("dd", "dd dt", "dl"),
        ("dt", "dd dt", "dl"),
        ("td", "td th", "tr table"),
        ("th", "td th", "tr table"),
        ("tr", "tr td th", "table"),
        ("tbody", "tbody thead tfoot tr td th", "table"),
        ("option", "option", "select"),
    )
}


UNHEARD: Final = -1


class Open:
    """An open element: its tag, and what it has from where it stands.

    ``hints`` are its class and id words and its ancestors', nearest first; ``counts`` are the numbers of its
    children by name, ``nth`` is its own. ``same`` is the element of the same name that was open before.
    ``entry`` is its number in the list of elements, ``UNHEARD`` when nobody wants to hear when it ends;
    ``start`` is its first block.
    """

    entry, start = UNHEARD, 0
    depth, nth, hidden, linked = 0, 0, False, False
    hints: tuple[str, ...] = ()
    parent: Open | None = None
    same: Open | None = None
    _path: str | None = ""

    def __init__(self, said: Tag) -> None:
        self.said, self.tag = said, said.name
        self.counts: dict[str, int] = {}

    def within(self, hints: tuple[str, ...]) -> tuple[str, ...]:
        """The hints of what stands in the element and has ``hints`` of its own."""
        return (*hints, *self.hints)[:_MOST_HINTS] if hints else self.hints

    @property
    def path(self) -> str:
        """Its place as an XPath, in which html and body, of which there is one, go without a number."""
        if self._path is None:
            above = self.parent.path if self.parent else ""
            step = self.tag if self.said.kind == "page" else f"{self.tag}[{self.nth}]"
            self._path = f"{above}/{step}"
        return self._path

    @property
    def id(self) -> str:
        """Its id in lower case."""
        return self.said.id

    @property
    def classes(self) -> tuple[str, ...]:
        """Its classes in lower case."""
        return self.said.classes

    @property
    def attributes(self) -> Mapping[str, str]:
        """Its attributes."""
        return self.said.attributes


class Stack:
    """The open elements: ``top`` is the innermost, ``holders`` are those that break lines, outermost first.

    What is built from them is built by a subclass, which hears of each element with an ``entry`` that ends.
    """

    def __init__(self) -> None:
        self.top = Open(Tag("#document"))
        self.holders = [self.top]
        self._walls = [self.top]
        self._last: dict[str, Open | None] = {}
        self._too_deep = 0

    def ended(self, element: Open) -> None:
        """An element with an ``entry`` ends."""

    def is_open(self, tag: str) -> bool:
        """Whether an element of this name is open."""
        return self._last.get(tag) is not None

    def open(self, tag: Tag) -> Open | None:
        """Open an element after ending what its start ends; None when the page is nested too deeply."""
        name, last = tag.name, self._last
        if tag.is_block:
            ends = _CLOSED_BY.get(name)
            if ends and self.top.tag not in ends[1]:
                self._cut_back(*ends)
            if last.get("p"):
                self._cut_back(_PARAGRAPH, BLOCK_TAGS)
        elif name == "a" and last.get("a"):
            self._cut_back(_LINK, BLOCK_TAGS)
        top = self.top
        if top.depth >= _DEEPEST:
            self._too_deep += 1
            return None
        element = Open(tag)
        element.parent, element.same, element.depth = top, last.get(name), top.depth + 1
        element.nth = top.counts[name] = top.counts.get(name, 0) + 1
        element.hidden, element.linked = top.hidden or tag.hides, top.linked or tag.links
        element.hints = top.within(tag.hints) if tag.hints else top.hints
        element._path = None
        last[name] = self.top = element
        if tag.is_block:
            self.holders.append(element)
            if name in _WALLS:
                self._walls.append(element)
        return element

    def pass_by(self, tag: Tag) -> bool:
        """Open a ``plain`` element and end it at once; whether the page is not nested too deeply for it."""
        if tag.name == "a" and self._last.get("a"):
            self._cut_back(_LINK, BLOCK_TAGS)
        if self.top.depth >= _DEEPEST:
            return False
        counts = self.top.counts
        counts[tag.name] = counts.get(tag.name, 0) + 1
        return True

    def close(self, tag: str) -> None:
        """End the innermost element of this name, and all within it, unless a wall stands between."""
        if self._too_deep:
            self._too_deep -= 1
        elif self.top.tag == tag:
            self._end(self.top)
        else:
            found = self._last.get(tag)
            if found and found.depth >= self._wall(tag):
                self.cut(found.depth)

    def cut(self, depth: int) -> None:
        """End the elements from ``depth`` (at least 1) on, innermost first."""
        while self.top.depth >= depth:
            self._end(self.top)

    def _end(self, element: Open) -> None:
        """End the innermost element."""
        if element.entry != UNHEARD:
            self.ended(element)
        self._last[element.tag] = element.same
        if element.said.is_block:
            self.holders.pop()
            if element.tag in _WALLS:
                self._walls.pop()
        self.top = element.parent or element

    def _wall(self, tag: str) -> int:
        """Depth of the element that the end of ``tag`` does not reach out of."""
        if tag not in BLOCK_TAGS:
            return self.holders[-1].depth
        if tag in _CELL_PARTS:
            table = self._last.get("table")
            return table.depth if table else 0
        return self._walls[-1].depth if tag != "table" else 0

    def _cut_back(self, closed: frozenset[str], within: frozenset[str]) -> None:
        """End the outermost of the elements ``closed`` that are open inside the nearest of ``within``."""
        found = 0
        element = self.top
        for _ in range(_FAR):
            if element.parent is None:
                break
            if element.tag in closed:
                found = element.depth
            elif element.tag in within or (element.entry >= 0 and not element.said.is_block):
                break
            element = element.parent
        if found:
            self.cut(found)
