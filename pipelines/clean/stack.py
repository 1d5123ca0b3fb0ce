"""The open elements of a page: what a tag opens, closes, and closes by implication.

The rules are HTML's own (WHATWG 13.2.6), cut down to what matters for lines of text: a paragraph ends at the
next block, a list item at the next item, and an end tag never reaches out of its table cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

BLOCK_TAGS = frozenset(
    """html body address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol option p pre search
    section summary table caption tbody thead tfoot tr td th ul ucapcontent founder-content""".split()  # noqa: SIM905 - a list of forty names reads worse
)
_FAR = 32  # open elements that an implied end looks back over
_DEEPEST = 400  # open elements; tags nested deeper open nothing
_MOST_HINTS = 40
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_CELL_PARTS = frozenset({"td", "th", "tr", "tbody", "thead", "tfoot", "caption"})
_WALLS = frozenset({"table", "td", "th", "caption"})
_LINK, _PARAGRAPH = frozenset({"a"}), frozenset({"p"})
_CLOSED_BY: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
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
    """An open element; ``hints`` are its class and id words and its ancestors', nearest first."""

    __slots__ = (
        "_path",
        "attributes",
        "classes",
        "counts",
        "entry",
        "hidden",
        "hints",
        "id",
        "is_block",
        "nth",
        "parent",
        "start",
        "tag",
    )

    def __init__(self, tag: str, attributes: Mapping[str, str], parent: Open | None) -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.is_block = tag in BLOCK_TAGS
        self.counts: dict[str, int] = {}
        self._path: str | None = None
        self.entry = -1
        self.nth = 0
        if parent:
            self.nth = parent.counts[tag] = parent.counts.get(tag, 0) + 1
        self.start = 0
        self.id = ""
        self.classes: tuple[str, ...] = ()
        self.hints: tuple[str, ...] = parent.hints if parent else ()
        self.hidden: bool = parent.hidden if parent else False
        if "class" in attributes or "id" in attributes:
            self.id = attributes.get("id", "").lower()
            self.classes = tuple(attributes.get("class", "").lower().split())
            own = (*self.classes, self.id) if self.id else self.classes
            self.hints = (*own, *self.hints)[:_MOST_HINTS]

    @property
    def hides(self) -> bool:
        """Whether the element's own attributes hide it."""
        style = self.attributes.get("style")
        return (style is not None and bool(_HIDDEN.search(style))) or "hidden" in self.attributes

    @property
    def path(self) -> str:
        """The place as an XPath; html and body, of which there is one, go without a number."""
        if self._path is None:
            self._path = self._find_path()
        return self._path

    def _find_path(self) -> str:
        if self.parent is None:
            return ""
        step = self.tag if self.tag in ("html", "body") else f"{self.tag}[{self.nth}]"
        return f"{self.parent.path}/{step}"


class Stack:
    """The open elements, outermost first; ``closed`` is called with each element that ends."""

    def __init__(self, closed: Callable[[Open], None]) -> None:
        self.elements = [Open("#document", {}, None)]
        self._closed = closed
        self._at: dict[str, list[int]] = {}
        self._blocks = [0]
        self._walls = [0]
        self._too_deep = 0

    @property
    def top(self) -> Open:
        """The innermost open element."""
        return self.elements[-1]

    @property
    def top_block(self) -> Open:
        """The innermost open element that breaks lines."""
        return self.elements[self._blocks[-1]]

    def is_open(self, tag: str) -> bool:
        """Whether an element of this name is open."""
        return bool(self._at.get(tag))

    def open(self, tag: str, attributes: Mapping[str, str]) -> Open | None:
        """Open an element after ending what its start ends; None when the page is nested too deeply."""
        self._imply(tag)
        if len(self.elements) >= _DEEPEST:
            self._too_deep += 1
            return None
        parent = self.top
        element = Open(tag, attributes, parent)
        at = len(self.elements)
        self.elements.append(element)
        self._at.setdefault(tag, []).append(at)
        if element.is_block:
            self._blocks.append(at)
            if tag in _WALLS:
                self._walls.append(at)
        return element

    def close(self, tag: str) -> None:
        """End the innermost element of this name, and all within it, unless a wall stands between."""
        if self._too_deep:
            self._too_deep -= 1
            return
        at = self._at.get(tag)
        if not at:
            return
        if tag not in BLOCK_TAGS:
            wall = self._blocks[-1]
        elif tag in _CELL_PARTS:
            wall = self._at["table"][-1] if self._at.get("table") else 0
        else:
            wall = self._walls[-1] if tag != "table" else 0
        if at[-1] >= wall:
            self.cut(at[-1])

    def cut(self, at: int) -> None:
        """End the elements from position ``at`` on, innermost first."""
        while len(self.elements) > at:
            element = self.elements[-1]
            self._closed(element)
            self.elements.pop()
            self._at[element.tag].pop()
            if element.is_block:
                self._blocks.pop()
                if element.tag in _WALLS:
                    self._walls.pop()

    def _imply(self, tag: str) -> None:
        if tag in _CLOSED_BY:
            self._cut_back(*_CLOSED_BY[tag])
        elif tag == "a" and self._at.get("a"):
            self._cut_back(_LINK, BLOCK_TAGS)
        if tag in BLOCK_TAGS and self._at.get("p"):
            self._cut_back(_PARAGRAPH, BLOCK_TAGS)

    def _cut_back(self, closed: frozenset[str], within: frozenset[str]) -> None:
        """End the outermost of the elements ``closed`` that are open inside the nearest of ``within``."""
        found = 0
        for at in range(len(self.elements) - 1, max(0, len(self.elements) - _FAR), -1):
            tag = self.elements[at].tag
            if tag in closed:
                found = at
            elif tag in within or (self.elements[at].entry >= 0 and not self.elements[at].is_block):
                break
        if found:
            self.cut(found)
