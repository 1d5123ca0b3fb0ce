"""Rows of a table of figures: their cells are read as one line."""

from __future__ import annotations

from collections.abc import Set
from typing import Final

from pipelines.clean.blocks import Block, Element
from pipelines.clean.stack import Open

_MOST_CELLS: Final = 300  # elements of a row that is read as one line


def join_row(row: Open, blocks: list[Block], elements: list[Element | None], taken: Set[int]) -> bool:
    """Make one block of a row whose cells hold one line each; False for a row of the page's layout.

    ``elements`` from ``row.entry`` on are those of the row, ``taken`` are numbers of elements that a selector
    has found.
    """
    inside = range(row.entry + 1, len(elements))
    if len(inside) > _MOST_CELLS:
        return False
    cells = [e for n in inside if (e := elements[n]) and e.tag in ("td", "th")]
    if len(cells) != len(blocks) - row.start or not taken.isdisjoint(inside):
        return False
    if any(cell.stop - cell.start != 1 for cell in cells):
        return False
    own = blocks[row.start :]
    del blocks[row.start :]
    linked = sum(block.link_chars for block in own)
    blocks.append(Block(row.start, " ".join(b.text for b in own), row.path, "tr", row.hints, linked))
    elements[row.entry + 1 :] = [None] * len(inside)
    return True
