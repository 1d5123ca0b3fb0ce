"""Boxes beside an article: elements whose first line says that comments, questions or other texts follow."""

from __future__ import annotations

from pipelines.clean.blocks import Block, PageBlocks
from pipelines.clean.noise import load_noise

_LONGEST = 500  # lines of a box
_HEADING = 30  # characters of a box's first line


def find_boxes(page: PageBlocks, title_block: int | None, longest: int) -> frozenset[int]:
    """Indices of the blocks in such elements.

    A box holds neither the title nor the page's ``longest`` block.

    >>> from pipelines.clean.blocks import parse
    >>> box = "<div><h3>相关问答</h3><p>问：怎么写？</p></div>"
    >>> find_boxes(parse(f"<h1>县委开会</h1><p>县委召开防汛会议。</p>{box}<p>完</p>", is_html=True), 0, 1)
    frozenset({2, 3})
    """
    noise = load_noise()
    found: set[int] = set()
    kept = [at for at in (title_block, longest) if at is not None]
    for block in page.blocks:
        if block.index in found or len(block.text) > _HEADING:
            continue
        start, stop = _box(page.blocks, block)
        if start == stop or any(start <= at < stop for at in kept):
            continue
        if noise.rule("end", block.text) in noise.boxes:
            found.update(range(start, stop))
    return frozenset(found)


def _box(blocks: tuple[Block, ...], first: Block) -> tuple[int, int]:
    """The smallest element that begins with a line and holds more than it; empty when there is none."""
    path, stop = first.path, first.index + 1
    while (path := path.rpartition("/")[0]) and not path.endswith(("/html", "/body")):
        inside = f"{path}/"
        if first.index and f"{blocks[first.index - 1].path}/".startswith(inside):
            break
        last = min(len(blocks), first.index + _LONGEST)
        while stop < last and f"{blocks[stop].path}/".startswith(inside):
            stop += 1
        if stop > first.index + 1:
            return first.index, stop
    return first.index, first.index
