"""From tokens to blocks: where a line ends, what is hidden, what the head says."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Final

from pipelines.clean.blocks import MOST_BLOCKS, MOST_TEXT, Block, Element, PageBlocks, squeeze
from pipelines.clean.containers import load_containers
from pipelines.clean.markup import tokenize
from pipelines.clean.selectors import compile_selector, matches
from pipelines.clean.stack import Open, Stack
from pipelines.clean.tags import Tag

_HEADINGS: Final = frozenset({"h1", "h2", "h3"})
_NO_LINE: Final = _HEADINGS | {"title"}  # a <br> inside is a blank
_META_TAGS: Final = frozenset({"publishtime", "pubdate"})
_DATED_TAGS: Final = frozenset({"time", "abbr"})
_MOST_TOKENS: Final = 50_000  # a blog page with 1,300 links has 18,000
_MOST_CELLS = 300  # elements of a row that is read as one line
_VARIABLE = re.compile(
    r"\bvar\s+(?:ct|(?:pub|publish|create)_?time)\s*=\s*[\"'](20[\d :/.T-]{8,22}|1\d{9})[\"']"
    r"|\bvar t=\"\d{10}\",n=\"(1\d{9})\",s=\"20",  # WeChat, as its own script writes it
    re.I,
)
_MOST_RAW = 20_000  # characters of a JSON-LD script or a property comment
_WIDE = r"[⺀-鿿＀-￯　-〿“”‘’…—]"
_WRAP = re.compile(rf"(?<={_WIDE})[ \t]*[\r\n]\s*(?={_WIDE})")
_INDENT = re.compile(r"(?<=[。！？”：；…）])\s*(?:\u3000{2,}|(?:\xa0[ ]?){4,})\s*")


def build(text: str, selectors: Sequence[str] = ()) -> PageBlocks:
    """Blocks of an HTML page; see ``blocks.parse``."""
    builder = _Builder(selectors)
    return builder.finish(complete=builder.take(text))


class _Builder:
    """Takes tokens, keeps the open elements, gives blocks."""

    def __init__(self, selectors: Sequence[str]) -> None:
        self.stack = Stack(self._closed)
        self.containers = load_containers()
        self.selectors = [(text, compile_selector(text)) for text in selectors]
        self.matches: dict[str, list[int]] = {text: [] for text in selectors}
        self.pieces: list[str] = []  # of the line that is being read
        self.links: list[str] = []  # those of them that stand inside links
        self.first: Open | None = None
        self.blocks: list[Block] = []
        self.hidden: list[Block] = []
        self.headings: list[int] = []
        self.metas: list[tuple[str, str]] = []
        self.title: str | None = None
        self.elements: list[Element | None] = []
        self.marks: dict[str, int] = {}
        self.dated: set[str] = set()

    def take(self, page: str) -> bool:
        """Take all tokens of a page; False when there are too many, and the rest is left."""
        stack, pieces, blocks = self.stack, self.pieces, self.blocks
        left, size = _MOST_TOKENS, 0
        for before, tag, content in tokenize(page):
            if before:
                left -= 1
                size += len(before)
                if not before.isspace():
                    over = size - MOST_TEXT - 1
                    self._text(before[:-over] if over > 0 else before)
                elif pieces:
                    pieces.append(" ")
            if tag is None:
                if content:
                    self._comment(content)
            elif tag.kind == "end":
                if pieces and tag.name == "p":
                    self._flush()
                stack.close(tag.name)
            elif tag.kind == "start":
                self._open(tag)
            elif tag.kind != "nothing":
                self._rare(tag, content)
            left -= 1
            if left < 0 or size > MOST_TEXT or len(blocks) > MOST_BLOCKS:
                return False
        return True

    def finish(self, complete: bool) -> PageBlocks:
        """End what is open and give the page."""
        self._flush()
        self.stack.cut(1)
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
        )

    def _text(self, text: str) -> None:
        """Take what stands between two tags, more than blanks."""
        if "&" in text:
            text = html.unescape(text.replace("&nbsp;", "\xa0"))
        top = self.stack.top
        if top.hidden:
            self._hide(text)
            return
        if self.first is None:
            self.first = top
        lines = self._lines(text) if not text.isprintable() else (text,)
        for number, line in enumerate(lines):
            if number:
                self._flush()
                self.first = top
            self.pieces.append(line)
            if top.linked:
                self.links.append(line)

    def _lines(self, text: str) -> Sequence[str]:
        """The lines of a text: in ``<pre>`` as they are, else an indent behind a sentence begins one."""
        if self.stack.is_open("pre"):
            return text.split("\n")[:MOST_BLOCKS]
        text = _WRAP.sub("", text) if "\n" in text else text
        return _INDENT.split(text)[:MOST_BLOCKS] if "\u3000\u3000" in text or "\xa0" in text else [text]

    def _hide(self, text: str) -> None:
        """Text that a reader does not see: kept apart, so that the line around it stays one."""
        if text := squeeze(text):
            holder = self.stack.blocks[-1]
            self.hidden.append(Block(len(self.blocks), text, holder.path, holder.tag, self.stack.top.hints))

    def _rare(self, tag: Tag, content: str) -> None:
        """A tag that is seldom: without content, with content that is not read as markup, of the page."""
        if tag.kind == "void":
            self._void(tag)
        elif tag.kind == "raw":
            self._raw(tag, content)
        elif not self.stack.is_open(tag.name):
            self._open(tag)

    def _void(self, tag: Tag) -> None:
        """A tag without content: a line's end, or a word of the head."""
        if tag.name == "br":
            self.pieces.append(" ") if self.stack.blocks[-1].tag in _NO_LINE else self._flush()
        elif tag.name == "hr":
            self._flush()
        elif tag.name == "meta":
            said = tag.attributes
            name = said.get("name") or said.get("property") or said.get("itemprop") or ""
            self.metas.append((name.lower(), squeeze(said.get("content", ""))))

    def _open(self, tag: Tag) -> None:
        if self.pieces and (tag.is_block or tag.name in _META_TAGS):
            self._flush()
        element = self.stack.open(tag)
        if element is None:
            return
        wanted = self._wanted(element) if self.selectors else ()
        if tag.is_block or tag.known or wanted:
            if self.pieces:
                self._flush()
            element.heard, element.entry, element.start = True, len(self.elements), len(self.blocks)
            self.elements.append(None)
            for selector in wanted:
                self.matches[selector].append(element.entry)
        elif tag.name in _META_TAGS:
            element.heard = True
        if tag.name in _DATED_TAGS:
            self._dated(tag)

    def _dated(self, tag: Tag) -> None:
        """A time in an attribute (``<time>``, ``<abbr class=published>``), the first of its kind."""
        attributes = tag.attributes
        kind = f"{attributes.get('itemprop', '')} {attributes.get('class', '')}".lower()
        sure = "published" in kind or "pubdate" in kind or "pubdate" in attributes
        value = attributes.get("datetime" if tag.name == "time" else "title", "")
        name = "datepublished" if sure else "time"
        if value and name not in self.dated and (sure or tag.name == "time"):
            self.dated.add(name)
            self.metas.append((name, squeeze(value[:60])))

    def _wanted(self, element: Open) -> list[str]:
        """The selectors that ask for the element just opened."""
        return [text for text, selector in self.selectors if matches(selector, element)]

    def _comment(self, content: str) -> None:
        """Take a comment: a property list, or one of a pair of markers."""
        text = content.strip()
        if text.startswith("enpproperty"):
            self.metas.append(("enpproperty", text[:_MOST_RAW]))
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
                self.elements.append(
                    Element("#comment", name.lstrip("/"), (), self.stack.top.path, start, stop)
                )

    def _raw(self, tag: Tag, content: str) -> None:
        if tag.name == "title" and self.title is None:
            self.title = squeeze(html.unescape(content)) or None
        elif tag.name == "script" and "ld+json" in tag.rest:
            self.metas.append(("ld+json", content[:_MOST_RAW]))
        elif tag.name == "script" and "var " in content:
            found = _VARIABLE.search(content, 0, _MOST_RAW)
            if found:
                self.metas.append(("script variable", found[1] or found[2]))

    def _flush(self) -> None:
        """The line ends here: what stands in it becomes a block."""
        pieces, links, first = self.pieces, self.links, self.first
        if not pieces:
            return
        text = squeeze("".join(pieces))
        if text and first:
            holder, index = self.stack.blocks[-1], len(self.blocks)
            linked = min(sum([len(squeeze(link)) for link in links]), len(text)) if links else 0
            self.blocks.append(Block(index, text, holder.path, holder.tag, first.hints, linked))
            if holder.tag in _HEADINGS:
                self.headings.append(index)
        pieces.clear()
        links.clear()
        self.first = None

    def _closed(self, element: Open) -> None:
        """An element ends: its last line, its entry in the list of elements."""
        if self.pieces:
            if element.tag in _META_TAGS:
                self.metas.append((element.tag, squeeze("".join(self.pieces))))
            self._flush()
        if element.entry < 0:
            return
        if element.tag == "tr" and len(self.blocks) - element.start > 1:
            self._join_row(element)
        if len(self.blocks) > element.start:
            self.elements[element.entry] = Element(
                element.tag,
                element.said.id,
                element.said.classes,
                element.path,
                element.start,
                len(self.blocks),
            )

    def _join_row(self, row: Open) -> None:
        """A row whose cells hold one line each is one line: a table of figures, not the page's layout."""
        inside = range(row.entry + 1, len(self.elements))
        if len(inside) > _MOST_CELLS:
            return
        cells = [e for n in inside if (e := self.elements[n]) and e.tag in ("td", "th")]
        taken = {n for found in self.matches.values() for n in found}
        if len(cells) != len(self.blocks) - row.start or not taken.isdisjoint(inside):
            return
        if any(cell.stop - cell.start != 1 for cell in cells):
            return
        blocks = self.blocks[row.start :]
        del self.blocks[row.start :]
        text = " ".join(block.text for block in blocks)
        linked = sum(block.link_chars for block in blocks)
        self.blocks.append(Block(row.start, text, row.path, "tr", row.hints, linked))
        self.elements[row.entry + 1 :] = [None] * len(inside)
        self.headings = [n for n in self.headings if n < row.start]
