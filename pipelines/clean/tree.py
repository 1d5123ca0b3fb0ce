"""From tokens to blocks: where a line ends, what is hidden, what the head says."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence

from pipelines.clean.blocks import MOST_BLOCKS, MOST_TEXT, Block, Element, PageBlocks, squeeze
from pipelines.clean.containers import load_containers
from pipelines.clean.markup import Kind, Token, read_attributes, tokenize
from pipelines.clean.selectors import compile_selector, matches
from pipelines.clean.stack import BLOCK_TAGS, Open, Stack

_VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input link meta param source track wbr".split()  # noqa: SIM905
)
_NO_LINE = frozenset({"h1", "h2", "h3", "title"})  # a <br> inside is a blank
_META_TAGS = frozenset({"publishtime", "pubdate"})
_DATED_TAGS = frozenset({"time", "abbr"})
_MOST_TOKENS = 50_000  # a blog page with 1,300 links has 18,000
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
    handlers: Mapping[Kind, Callable[[Token], None]] = builder.handlers
    left = _MOST_TOKENS
    for token in tokenize(text):
        handlers[token.kind](token)
        left -= 1
        if left < 0 or builder.size > MOST_TEXT or len(builder.blocks) > MOST_BLOCKS:
            return builder.finish(complete=False)
    return builder.finish(complete=True)


class _Builder:
    """Takes tokens, keeps the open elements, gives blocks."""

    def __init__(self, selectors: Sequence[str]) -> None:
        self.stack = Stack(self._closed)
        self.containers = load_containers()
        self.selectors = [(text, compile_selector(text)) for text in selectors]
        self.matches: dict[str, list[int]] = {text: [] for text in selectors}
        self.pieces: list[tuple[str, bool]] = []
        self.first: Open | None = None
        self.links = 0
        self.size = 0
        self.blocks: list[Block] = []
        self.hidden: list[Block] = []
        self.headings: list[int] = []
        self.metas: list[tuple[str, str]] = []
        self.title: str | None = None
        self.elements: list[Element | None] = []
        self.marks: dict[str, int] = {}
        self.dated: set[str] = set()
        self.attributes: dict[str, Mapping[str, str]] = {"": {}, "/": {}}
        self.handlers: Mapping[Kind, Callable[[Token], None]] = {
            "text": self._text,
            "start": self._start,
            "end": self._end,
            "comment": self._comment,
            "raw": self._raw,
        }

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

    def _text(self, token: Token) -> None:
        text = token.value[: MOST_TEXT + 1 - self.size]
        self.size += len(token.value)
        if text.isspace():
            if self.pieces:
                self.pieces.append((" ", False))
            return
        if "&" in text:
            text = html.unescape(text)
        if self.stack.top.hidden:
            self._hide(text)
            return
        if self.first is None:
            self.first = self.stack.top
        if self.stack.is_open("pre"):
            lines = text.split("\n")
        else:
            text = _WRAP.sub("", text) if "\n" in text else text
            lines = _INDENT.split(text) if "\u3000\u3000" in text or "\xa0" in text else [text]
        for number, line in enumerate(lines[:MOST_BLOCKS]):
            if number:
                self._flush()
                self.first = self.stack.top
            self.pieces.append((line, self.links > 0))

    def _hide(self, text: str) -> None:
        """Text that a reader does not see: kept apart, so that the line around it stays one."""
        if text := squeeze(text):
            holder = self.stack.top_block
            self.hidden.append(Block(len(self.blocks), text, holder.path, holder.tag, self.stack.top.hints))

    def _start(self, token: Token) -> None:
        tag, attributes = token.value, self._read(token.rest)
        if (tag in ("html", "body") and self.stack.is_open(tag)) or tag == "head":
            return
        if tag == "br":
            self.pieces.append((" ", False)) if self.stack.top_block.tag in _NO_LINE else self._flush()
        elif tag == "meta":
            name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
            self.metas.append((name.lower(), squeeze(attributes.get("content", ""))))
        elif tag in _VOID:
            if tag == "hr":
                self._flush()
        else:
            self._open(tag, attributes)

    def _open(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in BLOCK_TAGS or tag in _META_TAGS:
            self._flush()
        element = self.stack.open(tag, attributes)
        if element is None:
            return
        known = self._find_container(element)
        wanted = self._wanted() if self.selectors else []
        if element.is_block or known or wanted:
            self._flush()
            element.entry, element.start = len(self.elements), len(self.blocks)
            self.elements.append(None)
        for selector in wanted:
            self.matches[selector].append(element.entry)
        if attributes and not known and element.hides:
            element.hidden = True
        if tag == "a" and "href" in attributes:
            self.links += 1
        elif tag in _DATED_TAGS:
            self._dated(tag, attributes)

    def _dated(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A time in an attribute (``<time>``, ``<abbr class=published>``), the first of its kind."""
        kind = f"{attributes.get('itemprop', '')} {attributes.get('class', '')}".lower()
        sure = "published" in kind or "pubdate" in kind or "pubdate" in attributes
        value = attributes.get("datetime" if tag == "time" else "title", "")
        name = "datepublished" if sure else "time"
        if value and name not in self.dated and (sure or tag == "time"):
            self.dated.add(name)
            self.metas.append((name, squeeze(value[:60])))

    def _wanted(self) -> list[str]:
        """The selectors that ask for the element just opened."""
        return [text for text, selector in self.selectors if matches(selector, self.stack.elements)]

    def _find_container(self, element: Open) -> bool:
        if not (element.id or element.classes or element.tag in self.containers.tags):
            return False
        return self.containers.find(element.tag, element.id, element.classes) is not None

    def _end(self, token: Token) -> None:
        tag = token.value
        if tag in ("html", "body", "head") or tag in _VOID:
            if tag == "br":
                self._flush()
            return
        if tag == "p":
            self._flush()
        self.stack.close(tag)

    def _comment(self, token: Token) -> None:
        text = token.value.strip()
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

    def _raw(self, token: Token) -> None:
        if token.value == "title" and self.title is None:
            self.title = squeeze(html.unescape(token.rest.partition(">")[2])) or None
        elif token.value == "script" and "ld+json" in token.rest[:200]:
            self.metas.append(("ld+json", token.rest.partition(">")[2][:_MOST_RAW]))
        elif token.value == "script" and "var " in token.rest:
            found = _VARIABLE.search(token.rest, 0, _MOST_RAW)
            if found:
                self.metas.append(("script variable", found[1] or found[2]))

    def _read(self, raw: str) -> Mapping[str, str]:
        """The attributes; tags with the same ones are common, so each spelling is read once."""
        found = self.attributes.get(raw)
        if found is None:
            found = self.attributes[raw] = read_attributes(raw)
        return found

    def _flush(self) -> None:
        """The line ends here: what stands in it becomes a block."""
        if not self.pieces:
            return
        pieces, self.pieces = self.pieces, []
        first, self.first = self.first, None
        text = squeeze("".join(piece for piece, _ in pieces))
        if not text or first is None:
            return
        holder = self.stack.top_block
        linked = sum([len(squeeze(piece)) for piece, is_link in pieces if is_link])
        block = Block(len(self.blocks), text, holder.path, holder.tag, first.hints, min(linked, len(text)))
        if holder.tag in ("h1", "h2", "h3"):
            self.headings.append(block.index)
        self.blocks.append(block)

    def _closed(self, element: Open) -> None:
        """An element ends: its last line, its entry in the list of elements."""
        if element.tag == "a" and "href" in element.attributes:
            self.links -= 1
        if element.tag in _META_TAGS and self.pieces:
            self.metas.append((element.tag, squeeze("".join(piece for piece, _ in self.pieces))))
            self._flush()
        if element.entry < 0:
            return
        self._flush()
        if element.tag == "tr" and len(self.blocks) - element.start > 1:
            self._join_row(element)
        if len(self.blocks) > element.start:
            self.elements[element.entry] = Element(
                element.tag, element.id, element.classes, element.path, element.start, len(self.blocks)
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
