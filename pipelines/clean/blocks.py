"""A page as blocks: one parse, then every later choice looks at this list only."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]+")
_WIDE = r"[⺀-鿿＀-￯　-〿“”‘’…—]"
_WRAP = re.compile(rf"(?<={_WIDE})[ \t]*[\r\n]\s*(?={_WIDE})")
_INDENT = re.compile(r"(?<=[。！？”：；…）])\s*(?:\u3000{2,}|(?:\xa0[ ]?){4,})\s*")

_PROPERTIES = re.compile(
    r"(?:--> ?)?(?P<day>\d{4}-\d{2}-\d{2})(?: .{1,60})? \d+ \d+ (?P<paper>\S{2,20}) content_\d+\.html?"
    r" .{1,120}/enpproperty-->"
)
"""What is left of the comment of a printed paper's page, where a program made text of it."""

MOST_TEXT = 200_000  # characters of a page that are read; the longest documents seen have about 100,000
MOST_BLOCKS = 10_000


@dataclass(slots=True)
class Block:  # not frozen: a page has hundreds, and making a frozen one takes thrice as long
    """One paragraph-like run of visible text (a line of a text file is a block).

    ``path`` is the place in the tree (``/html/body/div[2]/p[3]``) or ``line 12``; ``hints`` are the class and
    id words, in lower case, of the block and its ancestors, nearest first; ``link_chars`` counts what stands
    inside links. ``pieces`` are the text nodes of a short line, if it has several.
    """

    index: int
    text: str
    path: str
    tag: str
    hints: tuple[str, ...] = ()
    link_chars: int = 0
    pieces: tuple[str, ...] = ()

    @property
    def link_share(self) -> float:
        """Share of the characters that stand inside links (0–1)."""
        return self.link_chars / len(self.text) if self.text else 0.0

    @property
    def spaced(self) -> str:
        """The text of a short line with a blank between its nodes: 来源：青溪日报 纠错."""
        return squeeze(" ".join(self.pieces)) if self.pieces else self.text


class Element(NamedTuple):
    """An element that holds blocks ``start`` to ``stop`` - 1.

    ``id`` and ``classes`` are in lower case. ``tag`` is ``#comment`` for the stretch between a pair of marker
    comments (``<!--enpcontent-->``), whose ``id`` is then the marker.
    """

    tag: str
    id: str
    classes: tuple[str, ...]
    path: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """All that a parse yields: the blocks in reading order and what the head says.

    ``metas`` are (name in lower case, content) pairs of ``<meta>`` and ``<publishtime>``-like tags, in order;
    ``ld+json`` and ``enpproperty`` stand for the content of such scripts and comments.
    ``title_tag`` is the text of ``<title>``; ``headings`` are the indices of h1–h3 blocks. ``hidden`` are
    blocks that a reader does not see, ``index`` being that of the next visible one. ``matches`` are the
    indices of the elements that a selector asked for, in order. ``is_html`` is False when the page is lines
    of plain text, ``complete`` False when it was too large to be read to the end, ``unpacked`` True when
    its last blocks are an article that it carries for a script to show. ``scripts`` are the contents of
    those that are long enough to say something.
    """

    blocks: tuple[Block, ...]
    metas: tuple[tuple[str, str], ...] = ()
    title_tag: str | None = None
    headings: tuple[int, ...] = ()
    elements: tuple[Element, ...] = ()
    hidden: tuple[Block, ...] = ()
    matches: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    is_html: bool = False
    complete: bool = True
    unpacked: bool = False
    scripts: tuple[str, ...] = ()


def parse(text: str, is_html: bool, selectors: Sequence[str] = ()) -> PageBlocks:
    """Read a page once; ``selectors`` are the CSS selectors whose elements are wanted in ``matches``.

    >>> page = parse("<h1>县政府常务会议召开</h1><div class=txt>柏远主持会议。<br>会议强调……", is_html=True)
    >>> [(block.text, block.path) for block in page.blocks]
    [('县政府常务会议召开', '/h1[1]'), ('柏远主持会议。', '/div[1]'), ('会议强调……', '/div[1]')]
    >>> [block.path for block in parse("标题\\n\\n正文。", is_html=False).blocks]
    ['line 1', 'line 3']
    """
    if is_html:
        from pipelines.clean.tree import build

        return build(text, selectors)
    return _parse_lines(text)


def _parse_lines(text: str) -> PageBlocks:
    """A line of a text file is a block, empty lines are none; what lies beyond the bounds is not read."""
    blocks: list[Block] = []
    metas: list[tuple[str, str]] = []
    for number, line in enumerate(text[:MOST_TEXT].splitlines(), 1):
        squeezed = squeeze(line)
        if said := _PROPERTIES.fullmatch(squeezed):
            metas += [("pubdate", said["day"]), ("source", said["paper"])]
        elif squeezed:
            blocks.append(Block(len(blocks), squeezed, f"line {number}", "line"))
        if len(blocks) == MOST_BLOCKS:
            break
    whole = len(text) <= MOST_TEXT and len(blocks) < MOST_BLOCKS
    return PageBlocks(tuple(blocks), tuple(metas), complete=whole)


def lines_of(text: str, preformatted: bool = False) -> Sequence[str]:
    """The lines of a text node: as they are in ``<pre>``, else an indent behind a sentence begins one.

    >>> lines_of("会议\\n召开。　　会议强调"), lines_of("会议\\n召开。", preformatted=True)
    (['会议召开。', '会议强调'], ['会议', '召开。'])
    """
    if preformatted:
        return text.split("\n")[:MOST_BLOCKS]
    text = _WRAP.sub("", text) if "\n" in text else text
    return _INDENT.split(text)[:MOST_BLOCKS] if "\u3000\u3000" in text or "\xa0" in text else [text]


def squeeze(text: str) -> str:
    """Runs of blanks and invisible characters as one blank, none at the ends.

    >>> squeeze("　　县委\\u200b书记 　柏远 ")
    '县委书记 柏远'
    """
    if not text.isprintable() and _INVISIBLE.search(text):
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())
