"""Lists of teasers and comments: elements of one shape in a row, each a paragraph with a few short lines.

They may read like an article's own text. What tells them apart is that they come in a row of equals, below
text that stands for itself; what is the article itself (each section a heading and a paragraph) stays, for
its sections take up words of the title or of the paragraphs before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.clean.blocks import Block, PageBlocks

_FEWEST = 3  # items of a list
_LEVELS = 4  # elements around a paragraph that may be the item
_MOST_BLOCKS = 6  # lines of an item
_LONGEST, _SHORTEST = 200, 20  # characters of an item's paragraph
_LINE = 60  # characters of an item's other lines
_LEAD = 25  # characters of text between the title and the first item
_LINKED = 0.8
_RUN = 4  # characters that two texts on the same matter have in common
_ALIKE = 0.4  # share of the items that speak of the article when they are its own sections
_MARKS = re.compile("[，。；？！,;?!]")
_HAN_RUN = re.compile(r"[一-鿿]{4,}")
_NO_ITEMS = frozenset({"p", "td", "tr", "table", "tbody", "html", "body"})
_REPLY = re.compile(
    r"(?:回复|举报|点?赞|顶|踩|引用|支持|反对|楼|网友)[\s(（\d)）]*$|^\d+\s*(?:楼|小时前|分钟前|天前)"
)


class _Item(NamedTuple):
    """Blocks ``start`` to ``stop`` - 1 in the element ``path``; ``prose`` is the index of its paragraph."""

    path: str
    start: int
    stop: int
    prose: int


def find_items(page: PageBlocks, title_block: int | None) -> frozenset[int]:
    """Indices of the blocks of such lists.

    >>> from pipelines.clean.blocks import parse
    >>> lead = "<h1>县委召开防汛会议</h1><p>3月6日，县委召开防汛会议，部署今年的各项防汛抗旱工作。</p>"
    >>> teaser = "<li>{}<p>{}今天迎来一批新的读者，大家在这里度过了愉快的一天。</p></li>"
    >>> page = parse(lead + "".join(teaser.format(x, x) for x in ("书店", "花市", "邮局")), is_html=True)
    >>> sorted(find_items(page, 0))
    [2, 3, 4, 5, 6, 7]
    """
    found: set[int] = set()
    for items in _rows(page.blocks):
        lead = _lead(page.blocks, title_block, items[0].start, found)
        above = title_block is not None and items[0].start < title_block
        if not above and sum(map(len, lead)) < _LEAD:
            continue
        if not above and (numbers := _numbers(page.blocks, items)):
            found.update(numbers)
        elif above or _is_list(page.blocks, items) or not _speaks_of(page.blocks, items, title_block, lead):
            found.update(at for item in items for at in range(item.start, item.stop))
    return frozenset(found)


def _rows(blocks: Sequence[Block]) -> Iterator[list[_Item]]:
    """Items of one shape in one parent, at least three."""
    rows: dict[tuple[str, str, tuple[str, ...]], list[_Item]] = {}
    for block in blocks:
        if len(block.text) > _LONGEST or not _is_prose(block):
            continue
        for item in _items_around(blocks, block):
            parent, _, step = item.path.rpartition("/")
            shape = tuple(b.path[len(item.path) :] for b in blocks[item.start : item.stop])
            rows.setdefault((parent, step.partition("[")[0], shape), []).append(item)
    yield from (items for items in rows.values() if len(items) >= _FEWEST)


def _items_around(blocks: Sequence[Block], prose: Block) -> Iterator[_Item]:
    """The elements around a paragraph in which it is the only one, with one short line or more."""
    path = prose.path
    start, stop = prose.index, prose.index + 1
    for _ in range(_LEVELS):
        if not path:
            return
        inside = f"{path}/"
        while start and stop - start <= _MOST_BLOCKS and _is_in(blocks[start - 1], path, inside):
            start -= 1
        while stop < len(blocks) and stop - start <= _MOST_BLOCKS and _is_in(blocks[stop], path, inside):
            stop += 1
        if stop - start > _MOST_BLOCKS or any(
            len(blocks[at].text) > _LINE or _is_prose(blocks[at])
            for at in range(start, stop)
            if at != prose.index
        ):
            return
        tag = path.rpartition("/")[2].partition("[")[0]
        if stop - start > 1 and tag not in _NO_ITEMS:
            yield _Item(path, start, stop, prose.index)
        path = path.rpartition("/")[0]


def _is_prose(block: Block) -> bool:
    return len(block.text) >= _SHORTEST and _MARKS.search(block.text) is not None


def _is_in(block: Block, path: str, inside: str) -> bool:
    return block.path == path or block.path.startswith(inside)


def _lead(blocks: Sequence[Block], title_block: int | None, stop: int, found: set[int]) -> list[str]:
    """The paragraphs between the title and block ``stop``, those of lists apart."""
    first = 0 if title_block is None else title_block + 1
    return [
        block.text
        for block in blocks[first:stop]
        if _is_prose(block) and block.index not in found and block.link_share < 0.5
    ]


def _numbers(blocks: Sequence[Block], items: Sequence[_Item]) -> list[int]:
    """The blocks of the numbers 1, 2, 3 … beside paragraphs without a link, an editor's points."""
    if any(blocks[item.prose].link_chars for item in items):
        return []
    lines = [[at for at in range(item.start, item.stop) if at != item.prose] for item in items]
    said = [[blocks[at].text.lstrip("0") for at in line] for line in lines]
    counted = said == [[str(number)] for number in range(1, len(items) + 1)]
    return [line[0] for line in lines] if counted else []


def _is_list(blocks: Sequence[Block], items: Sequence[_Item]) -> bool:
    """Whether most items have a link above their paragraph or a button that only lists have."""
    sure = sum(
        any(
            at != item.prose and (blocks[at].link_share > _LINKED or _REPLY.search(blocks[at].text))
            for at in range(item.start, item.stop)
        )
        for item in items
    )
    return 2 * sure > len(items)


def _speaks_of(
    blocks: Sequence[Block], items: Sequence[_Item], title_block: int | None, lead: Sequence[str]
) -> bool:
    """Whether the items take up words of the title or the lead often enough to be the article's sections."""
    title = blocks[title_block].text if title_block is not None else ""
    known = _runs(" ".join([title, *lead[:3]])[:1000])
    alike = sum(
        not known.isdisjoint(_runs(" ".join(b.text for b in blocks[i.start : i.stop]))) for i in items
    )
    return alike >= _ALIKE * len(items)


def _runs(text: str) -> set[str]:
    return {run[at : at + _RUN] for run in _HAN_RUN.findall(text) for at in range(len(run) - _RUN + 1)}
