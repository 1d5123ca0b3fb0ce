"""The open elements of a page: what a tag opens, closes, and closes by implication.

The rules are HTML's own (WHATWG 13.2.6), cut down to what matters for lines of text: a paragraph ends at the
next block, a list item at the next item, and an end tag never reaches out of its table cell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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


class Open:
    """An open element: its tag, and what it has from where it stands.

    ``hints`` are its class and id words and its ancestors', nearest first; ``path`` is its place as an XPath,
    in which html and body, of which there is one, go without a number.
    ``same`` is the element of the same name that was open before. Who wants to hear when it ends sets
    ``heard``; ``entry`` is its number in the list of elements, if it has one, ``start`` its first block.
    """

    heard = False
    entry, start = -1, 0
    _counts: dict[str, int] | None = None

    def __init__(self, said: Tag, parent: Open | None = None, same: Open | None = None) -> None:
        self.said, self.parent, self.same = said, parent, same
        self.tag = tag = said.name
        if parent is None:
            self.hidden = self.linked = False
            self.depth, self.nth, self.hints, self.path = 0, 0, said.hints, ""
            return
        self.hidden = said.hides or parent.hidden
        self.linked = said.links or parent.linked
        self.depth = parent.depth + 1
        counts = parent._counts
        if counts is None:
            self.nth = 1
            parent._counts = {tag: 1}
        else:
            self.nth = counts[tag] = counts.get(tag, 0) + 1
        own = said.hints
        self.hints = (*own, *parent.hints)[:_MOST_HINTS] if own else parent.hints
        is_one = said.kind == "page"
        self.path = f"{parent.path}/{tag}" if is_one else f"{parent.path}/{tag}[{self.nth}]"

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
    """The open elements; ``closed`` is called with each that ends and is ``heard``.

    ``top`` is the innermost, ``blocks`` are those that break lines, outermost first.
    """

    def __init__(self, closed: Callable[[Open], None]) -> None:
        self.top = Open(Tag("#document", "#document"))
        self.blocks = [self.top]
        self._closed = closed
        self._walls = [self.top]
        self._last: dict[str, Open | None] = {}
        self._too_deep = 0

    def is_open(self, tag: str) -> bool:
        """Whether an element of this name is open."""
        return self._last.get(tag) is not None

    def open(self, tag: Tag) -> Open | None:
        """Open an element after ending what its start ends; None when the page is nested too deeply."""
        name, last = tag.name, self._last
        ends = _CLOSED_BY.get(name)
        if ends:
            if self.top.tag not in ends[1]:
                self._cut_back(*ends)
        elif name == "a" and last.get("a"):
            self._cut_back(_LINK, BLOCK_TAGS)
        if tag.is_block and last.get("p"):
            self._cut_back(_PARAGRAPH, BLOCK_TAGS)
        top = self.top
        if top.depth >= _DEEPEST:
            self._too_deep += 1
            return None
        element = last[name] = self.top = Open(tag, top, last.get(name))
        if tag.is_block:
            self.blocks.append(element)
            if name in _WALLS:
                self._walls.append(element)
        return element

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
        if element.heard:
            self._closed(element)
        self._last[element.tag] = element.same
        if element.said.is_block:
            self.blocks.pop()
            if element.tag in _WALLS:
                self._walls.pop()
        if element.parent:
            self.top = element.parent

    def _wall(self, tag: str) -> int:
        """Depth of the element that the end of ``tag`` does not reach out of."""
        if tag not in BLOCK_TAGS:
            return self.blocks[-1].depth
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
