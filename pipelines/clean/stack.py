"""The open elements of a page: what a tag opens, closes, and closes by implication.

The rules are HTML's own (WHATWG 13.2.6), cut down to what matters for lines of text: a paragraph ends at the
next block, a list item at the next item, and an end tag never reaches out of its table cell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from pipelines.clean.tags import BLOCK_TAGS, Tag

_FAR: Final = 32  # open elements that an implied end looks back over
_DEEPEST: Final = 400  # open elements; tags nested deeper open nothing
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

    ``block`` is the nearest element that breaks lines, itself included; ``wall`` the nearest that end tags
    do not reach out of; ``same`` the one of the same name that was open before.
    """

    __slots__ = (
        "_counts",
        "_hints",
        "_path",
        "block",
        "depth",
        "entry",
        "hidden",
        "linked",
        "nth",
        "parent",
        "said",
        "same",
        "start",
        "tag",
        "wall",
    )

    def __init__(self, said: Tag, parent: Open | None, same: Open | None) -> None:
        self.said, self.tag = said, said.name
        self.parent, self.same = parent, same
        self.entry, self.start = -1, 0
        self._counts: dict[str, int] | None = None
        self._hints: tuple[str, ...] | None = None
        self._path: str | None = None
        if parent is None:
            self.depth, self.nth = 0, 0
            self.hidden = self.linked = False
            self.block: Open = self
            self.wall: Open = self
            return
        self.depth = parent.depth + 1
        self.nth = parent.count(said.name)
        self.hidden: bool = said.hides or parent.hidden
        self.linked: bool = said.links or parent.linked
        self.block = self if said.is_block else parent.block
        self.wall = self if said.name in _WALLS else parent.wall

    def count(self, tag: str) -> int:
        """Number a new child among those of its name, from 1."""
        counts = self._counts
        if counts is None:
            counts = self._counts = {}
        number = counts[tag] = counts.get(tag, 0) + 1
        return number

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

    @property
    def hints(self) -> tuple[str, ...]:
        """Its class and id words and its ancestors', nearest first."""
        if self._hints is None:
            above = self.parent.hints if self.parent else ()
            own = self.said.hints
            self._hints = (*own, *above)[:_MOST_HINTS] if own else above
        return self._hints

    @property
    def path(self) -> str:
        """The place as an XPath; html and body, of which there is one, go without a number."""
        if self._path is None:
            step = self.tag if self.tag in ("html", "body") else f"{self.tag}[{self.nth}]"
            self._path = f"{self.parent.path}/{step}" if self.parent else ""
        return self._path


class Stack:
    """The open elements, outermost first; ``closed`` is called with each element that ends."""

    def __init__(self, closed: Callable[[Open], None]) -> None:
        self.top = Open(Tag("#document"), None, None)
        self.elements = [self.top]
        self._closed = closed
        self._last: dict[str, Open | None] = {}
        self._too_deep = 0

    def is_open(self, tag: str) -> bool:
        """Whether an element of this name is open."""
        return self._last.get(tag) is not None

    def open(self, tag: Tag) -> Open | None:
        """Open an element after ending what its start ends; None when the page is nested too deeply."""
        name = tag.name
        last = self._last
        if name in _CLOSED_BY:
            self._cut_back(*_CLOSED_BY[name])
        elif name == "a" and last.get("a"):
            self._cut_back(_LINK, BLOCK_TAGS)
        if tag.is_block and last.get("p"):
            self._cut_back(_PARAGRAPH, BLOCK_TAGS)
        if len(self.elements) >= _DEEPEST:
            self._too_deep += 1
            return None
        element = last[name] = self.top = Open(tag, self.top, last.get(name))
        self.elements.append(element)
        return element

    def close(self, tag: str) -> None:
        """End the innermost element of this name, and all within it, unless a wall stands between."""
        if self._too_deep:
            self._too_deep -= 1
            return
        element = self.top
        if element.tag != tag:
            found = self._last.get(tag)
            if found is None or found.depth < self._wall(tag):
                return
            element = found
        self.cut(element.depth)

    def _wall(self, tag: str) -> int:
        """Depth of the element that the end of ``tag`` does not reach out of."""
        if tag not in BLOCK_TAGS:
            return self.top.block.depth
        if tag in _CELL_PARTS:
            table = self._last.get("table")
            return table.depth if table else 0
        return self.top.wall.depth if tag != "table" else 0

    def cut(self, depth: int) -> None:
        """End the elements from ``depth`` on, innermost first."""
        elements = self.elements
        while len(elements) > depth:
            element = elements[-1]
            self._closed(element)
            elements.pop()
            self.top = elements[-1]
            self._last[element.tag] = element.same

    def _cut_back(self, closed: frozenset[str], within: frozenset[str]) -> None:
        """End the outermost of the elements ``closed`` that are open inside the nearest of ``within``."""
        found = 0
        for at in range(len(self.elements) - 1, max(0, len(self.elements) - _FAR), -1):
            element = self.elements[at]
            if element.tag in closed:
                found = at
            elif element.tag in within or (element.entry >= 0 and not element.said.is_block):
                break
        if found:
            self.cut(found)
