"""A page as blocks: one parse, then every later choice looks at this list only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph-like run of visible text (a line of a text file is a block).

    ``path`` is the place in the tree (``/html/body/div[2]/p[3]``) or ``line 12``; ``hints`` are the lower-case
    class and id words of the block and its ancestors, nearest first; ``link_chars`` counts the
    characters inside links.
    """

    index: int
    text: str
    path: str
    tag: str
    hints: tuple[str, ...] = ()
    link_chars: int = 0

    @property
    def link_share(self) -> float:
        """Share of the characters that stand inside links (0–1)."""
        return self.link_chars / len(self.text) if self.text else 0.0


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """All that a parse yields: the blocks in reading order and what the head says.

    ``metas`` are (name in lower case, content) pairs of ``<meta>`` and ``<publishtime>``-like tags, in order;
    ``title_tag`` is the text of ``<title>``; ``headings`` are the indices of h1–h3 blocks.
    """

    blocks: tuple[Block, ...]
    metas: tuple[tuple[str, str], ...] = ()
    title_tag: str | None = None
    headings: tuple[int, ...] = ()
