"""Where a byline can stand: between title and text, in the first and last lines of the text, after it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from typing import NamedTuple

from pipelines.clean.blocks import Block, PageBlocks
from pipelines.clean.fields import is_byline

_BEFORE = 12  # blocks before the text when the title is not among them
_ABOVE = 8  # blocks above the title
_OVER = 2  # blocks above the title in the element that holds both
_FAR = 40  # blocks between title and text, at most
_FIRST, _LAST = 6, 48  # blocks at the start and the end of the text
_LINE = 60  # characters of a line above the first paragraph
_BENEATH = 2  # blocks beneath such a title
_DASHES = "-=_*—–~·. "  # what a line that parts others consists of
_AFTER = 24  # blocks after the text
CRUMB = re.compile(r"\s*(?:[>›»＞]+|>>)\s*")
_LONGEST_CRUMB = 120
_ACCOUNTS = ("融媒", "日报", "晚报", "发布", "电视台")  # have pages of their own in bread crumbs


class Zones(NamedTuple):
    """Blocks by their place; ``opening`` and ``closing`` belong to the text as it was chosen.

    ``header`` reaches to the first paragraph, over short lines of the chosen text.

    ``above`` are the few blocks above the title, where some sites set date and source.
    """

    above: tuple[Block, ...]
    header: tuple[Block, ...]
    opening: tuple[Block, ...]
    closing: tuple[Block, ...]
    footer: tuple[Block, ...]


def columns_of(blocks: Iterable[Block]) -> frozenset[str]:
    """The columns that a bread crumb among these lines names; its first part is the site.

    >>> sorted(columns_of([Block(0, "青溪新闻网 > 要闻 > 本地资讯", "line 1", "line")]))
    ['本地资讯', '要闻']
    """
    crumbs = (CRUMB.split(block.text) for block in blocks if len(block.text) <= _LONGEST_CRUMB)
    names = frozenset(part.strip() for parts in crumbs for part in parts[1:])
    return frozenset(name for name in names if not name.endswith(_ACCOUNTS))


def is_paragraph(block: Block) -> bool:
    """Whether a block is text by its look: long and no byline, no line of dashes, or with a full stop."""
    if "。" in block.text or len(block.text) <= _LINE:
        return "。" in block.text
    return block.text.strip(_DASHES) != "" and not is_byline(block.text)


def _top(blocks: Sequence[Block], title_block: int) -> int:
    """The first block of the element that holds the title, if no more than a line or two stand above it
    there: some templates set date and source over the title, in the head of the article."""
    holder = blocks[title_block].path.rpartition("/")[0] + "/"
    top = title_block
    while top and blocks[top - 1].path.startswith(holder) and title_block - top <= _OVER:
        top -= 1
    return top if title_block - top <= _OVER else title_block


def find_zones(page: PageBlocks, body: Set[int], title_block: int | None) -> Zones:
    """The five zones of ``page`` whose text stands in the blocks ``body``.

    >>> page = PageBlocks(tuple(Block(i, text, "", "p") for i, text in enumerate("日题源文尾")))
    >>> [[block.text for block in zone] for zone in find_zones(page, {3}, 1)]
    [['日'], ['题', '源'], ['文'], ['文'], ['尾']]
    """
    blocks = page.blocks
    inside = sorted(index for index in body if 0 <= index < len(blocks))
    if title_block is not None and title_block in body:
        inside = [index for index in inside if index > title_block] or inside
    first = inside[0] if inside else min(len(blocks), (title_block or 0) + _BEFORE)
    last = inside[-1] if inside else first - 1
    start = max(0, first - _BEFORE)
    if title_block is not None and first - _FAR <= title_block < first:
        start = _top(blocks, title_block)
    below: tuple[Block, ...] = ()
    if title_block is not None and last < title_block <= last + _AFTER:  # shown below its text
        below = tuple(blocks[title_block : title_block + 1 + _BENEATH])
    opening = [blocks[index] for index in inside[:_FIRST]]
    lines = next((n for n, block in enumerate(opening) if is_paragraph(block)), None)
    if lines is None:  # a text of short lines: its head ends with the last byline
        lines = max((n for n, block in enumerate(opening, 1) if is_byline(block.text)), default=0)
    return Zones(
        blocks[max(0, start - _ABOVE) : start] if title_block in range(start, start + _OVER + 1) else (),
        (*below, *blocks[start : first + lines]),
        tuple(opening),
        tuple(blocks[index] for index in inside[-_LAST:]),
        blocks[last + 1 : last + 1 + _AFTER],
    )
