"""From tokens to blocks: where a line ends, what is hidden, what the head says."""

from __future__ import annotations

import html
from collections.abc import Sequence
from itertools import islice
from typing import Final

from pipelines.clean.blocks import MOST_BLOCKS, MOST_TEXT, Block, Element, PageBlocks, lines_of, squeeze
from pipelines.clean.containers import load_containers
from pipelines.clean.markup import tokenize
from pipelines.clean.noise import is_expander
from pipelines.clean.packed import Pack
from pipelines.clean.rows import join_row
from pipelines.clean.selectors import compile_selector, matches
from pipelines.clean.stack import UNHEARD, Open, Stack
from pipelines.clean.stated import MOST_RAW, time_in_script, time_in_tag
from pipelines.clean.styles import Styles
from pipelines.clean.tags import DATED_TAGS, META_TAGS, Tag

_HEADINGS: Final = frozenset({"h1", "h2", "h3"})
_NO_LINE: Final = _HEADINGS | {"title", "founder-title"}  # a <br> inside is a blank
_MOST_TOKENS: Final = 30_000  # a blog page with 1,300 links has 6,400
_FEW, _SHORT = 12, 120  # text nodes and characters of a line whose nodes are kept
_META: Final = UNHEARD - 1  # entry of an element whose text is a word of the head


def build(text: str, selectors: Sequence[str] = ()) -> PageBlocks:
    """Blocks of an HTML page; see ``blocks.parse``."""
    builder = _Builder(selectors)
    return builder.finish(complete=builder.take(text))


class _Builder(Stack):
    """Takes tokens, keeps the open elements, gives blocks."""

    def __init__(self, selectors: Sequence[str]) -> None:
        super().__init__()
        self.containers = load_containers()
        self.selectors = [(text, compile_selector(text)) for text in selectors]
        self.matches: dict[str, list[int]] = {text: [] for text in selectors}
        self.pieces: list[str] = []  # of the line that is being read
        self.links: list[str] = []  # those of them that stand inside links
        self.hints: tuple[str, ...] | None = None  # of what stands first in it
        self.blocks: list[Block] = []
        self.hidden: list[Block] = []
        self.headings: list[int] = []
        self.metas: list[tuple[str, str]] = []
        self.title: str | None = None
        self.elements: list[Element | None] = []
        self.marks: dict[str, int] = {}
        self.dated: set[str] = set()
        self.pack = Pack()
        self.styles = Styles()
        self.unpacked = False
        self.left = MOST_TEXT

    def take(self, page: str) -> bool:
        """Take all tokens of a page; False when there are too many, and the rest is left."""
        pieces = self.pieces
        tokens = tokenize(page)
        for tag, content, behind in islice(tokens, _MOST_TOKENS):
            if tag is None:
                if content:
                    self._comment(content)
            elif tag.kind == "end":
                if pieces and tag.name == "p":
                    self._flush()
                top = self.top
                if top.tag == tag.name and not self._too_deep:
                    self._end(top)
                else:
                    self.close(tag.name)
            elif content is not None and tag.kind == "start":
                self._leaf(tag, content)
                if self._is_full():
                    return False
            elif tag.kind == "start":
                self._open(tag)
            elif tag.kind != "nothing":
                self._rare(tag, content)
            if behind:
                if not behind.isspace():
                    self._text(behind)
                    if self._is_full():
                        return False
                elif pieces:
                    pieces.append(" ")
        return next(tokens, None) is None

    def _is_full(self) -> bool:
        return self.left < 0 or len(self.blocks) >= MOST_BLOCKS

    def finish(self, complete: bool) -> PageBlocks:
        """End what is open and give the page."""
        self._flush()
        self.cut(1)
        complete = self._unpack() and complete
        kept = [Element("#document", "", (), "/", 0, len(self.blocks))]
        numbers: dict[int, int] = {}
        for number, element in enumerate(self.elements):
            if element is not None:
                numbers[number] = len(kept)
                kept.append(element)
        return PageBlocks(
            blocks=tuple(self.blocks),
            metas=tuple(self.metas),
            title_tag=self.title,
            headings=tuple(self.headings),
            elements=tuple(kept),
            hidden=tuple(self.hidden),
            matches={
                s: tuple(numbers[n] for n in found if n in numbers) for s, found in self.matches.items()
            },
            is_html=True,
            complete=complete,
            unpacked=self.unpacked,
            scripts=tuple(self.pack.scripts),
        )

    def _unpack(self) -> bool:
        """Take the article that the page carries and does not show."""
        packed = self.pack.open(self.blocks, self.title or "")
        if packed is None:
            return True
        self.metas += packed.metas
        self.unpacked = True
        self._open(Tag("article"))
        complete = self.take(packed.markup)
        self._flush()
        self.cut(1)
        return complete

    def _leaf(self, tag: Tag, text: str) -> None:
        """Take an element that holds text only; ``<small>`` in a heading is a line of its own."""
        plain = tag.plain and not self.selectors
        apart = tag.name == "small" and self.holders[-1].tag in _HEADINGS
        if apart:
            self._flush()
        if plain:
            held = self.pass_by(tag)
        else:
            self._open(tag)
        if text and not text.isspace():
            self._text(text, tag if plain and held else None)
        elif text and self.pieces:
            self.pieces.append(" ")
        if apart or tag.name == "p":
            self._flush()
        if not plain:
            self.close(tag.name)

    def _text(self, text: str, leaf: Tag | None = None) -> None:
        """Take what stands between two tags or alone in ``leaf``, more than blanks; beyond the bound none."""
        self.left -= len(text)
        if self.left < -1:
            text = text[: self.left + 1]
        if "&" in text:
            text = html.unescape(text.replace("&nbsp;", "\xa0"))
        top = self.top
        hidden, linked, hints = top.hidden, top.linked, top.hints
        if leaf is not None:
            hidden, linked = hidden or leaf.hides or self.styles.hides(leaf, text), linked or leaf.links
            hints = top.within(leaf.hints)
        if hidden:
            self._hide(text, hints)
            return
        if self.hints is None:
            self.hints = hints
        if text.isprintable():
            self.pieces.append(text)
            if linked:
                self.links.append(text)
            return
        for number, line in enumerate(lines_of(text, preformatted=self.is_open("pre"))):
            if number:
                self._flush()
                self.hints = hints
            self.pieces.append(line)
            if linked:
                self.links.append(line)

    def _hide(self, text: str, hints: tuple[str, ...]) -> None:
        """Text that a reader does not see: kept apart, so that the line around it stays one."""
        if text := squeeze(text):
            holder = self.holders[-1]
            self.hidden.append(Block(len(self.blocks), text, holder.path, holder.tag, hints))

    def _rare(self, tag: Tag, content: str | None) -> None:
        """A tag that is seldom: without content, with content that is not read as markup, of the page."""
        if tag.kind == "void":
            self._void(tag)
        elif tag.kind == "raw":
            self._raw(tag, content or "")
        elif not self.is_open(tag.name):
            self._open(tag)

    def _void(self, tag: Tag) -> None:
        """A tag without content: a line's end, or a word of the head."""
        if tag.name == "br":
            self.pieces.append(" ") if self.holders[-1].tag in _NO_LINE else self._flush()
        elif tag.name == "hr":
            self._flush()
        elif tag.name == "meta":
            said = tag.attributes
            name = said.get("name") or said.get("property") or said.get("itemprop") or ""
            self.metas.append((name.lower(), squeeze(said.get("content", ""))))

    def _open(self, tag: Tag) -> None:
        if self.pieces and (tag.is_block or tag.name in META_TAGS):
            self._flush()
        element = self.open(tag)
        if tag.hides and element and self.blocks and is_expander(self.blocks[-1].text):
            element.hidden = bool(element.parent and element.parent.hidden)  # a click shows it
        if element is None or (tag.plain and not self.selectors):
            return
        wanted = [text for text, selector in self.selectors if matches(selector, element)]
        if tag.is_block or tag.known or wanted:
            self._flush()
            element.entry, element.start = len(self.elements), len(self.blocks)
            self.elements.append(None)
            for selector in wanted:
                self.matches[selector].append(element.entry)
        elif tag.name in META_TAGS:
            element.entry = _META
        if tag.name in DATED_TAGS and (time := time_in_tag(tag)) and time[0] not in self.dated:
            self.dated.add(time[0])
            self.metas.append(time)

    def _comment(self, content: str) -> None:
        """Take a comment: a property list, or one of a pair of markers."""
        text = content.strip()
        if text.startswith("enpproperty"):
            self.metas.append(("enpproperty", text[:MOST_RAW]))
        if len(text) > 40:
            return
        name = text.lower()
        if name in self.containers.markers:
            self._flush()
            self.marks.setdefault(self.containers.markers[name], len(self.blocks))
        elif name in self.marks:
            self._flush()
            start, stop = self.marks.pop(name), len(self.blocks)
            if stop > start:
                self.elements.append(Element("#comment", name.lstrip("/"), (), self.top.path, start, stop))

    def _raw(self, tag: Tag, content: str) -> None:
        if tag.name == "title" and self.title is None:
            self.title = squeeze(html.unescape(content)) or None
        elif tag.name == "script" and "ld+json" in tag.rest:
            self.metas.append(("ld+json", content[:MOST_RAW]))
        elif tag.name == "style":
            self.styles.take(content)
        else:
            self.pack.take(tag, content)
            if tag.name == "script" and (time := time_in_script(content)):
                self.metas.append(("script variable", time))

    def _flush(self) -> None:
        """The line ends here: what stands in it becomes a block."""
        pieces, links, hints = self.pieces, self.links, self.hints
        if not pieces:
            return
        text = squeeze(pieces[0] if len(pieces) == 1 else "".join(pieces))
        if text and hints is not None:
            holder, index = self.holders[-1], len(self.blocks)
            linked = 0
            if links:
                one = len(pieces) == 1
                linked = len(text) if one else min(sum([len(squeeze(link)) for link in links]), len(text))
            several = tuple(pieces) if 1 < len(pieces) <= _FEW and len(text) <= _SHORT else ()
            self.blocks.append(Block(index, text, holder.path, holder.tag, hints, linked, several))
            if holder.tag in _HEADINGS:
                self.headings.append(index)
        pieces.clear()
        links.clear()
        self.hints = None

    def ended(self, element: Open) -> None:
        """An element ends: its last line, its entry in the list of elements."""
        if self.pieces:
            if element.tag in META_TAGS:
                self.metas.append((element.tag, squeeze("".join(self.pieces))))
            self._flush()
        if element.entry < 0:
            return
        if element.tag == "tr" and len(self.blocks) - element.start > 1:
            taken = {number for found in self.matches.values() for number in found}
            if join_row(element, self.blocks, self.elements, taken):
                self.headings = [n for n in self.headings if n < element.start]
        if len(self.blocks) > element.start:
            self.elements[element.entry] = Element(
                element.tag,
                element.said.id,
                element.said.classes,
                element.path,
                element.start,
                len(self.blocks),
            )
