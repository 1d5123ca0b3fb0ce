"""Who wrote, edited and first published a report: the byline, the lines after the body, the dateline."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import NamedTuple

from crawler.records import Evidence
from crawler.sites import Site
from pipelines.clean.blocks import Block, PageBlocks


class BylineCut(NamedTuple):
    """``page.blocks[block].text[start:end]`` is byline, not text; ``rule`` names why."""

    rule: str
    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Byline:
    """What a page says about its makers; ``cuts`` cover whole blocks or the end of one."""

    source: str | None = None
    reporters: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()
    original_title: str | None = None
    cuts: tuple[BylineCut, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def byline_blocks(page: PageBlocks, body: Set[int], title_block: int | None = None) -> tuple[Block, ...]:
    """The blocks around the body that may hold a byline, nearest to the title first."""
    return ()


def read_byline(
    page: PageBlocks, body: Set[int], site: Site | None = None, title_block: int | None = None
) -> Byline:
    """Read the makers of the report whose text stands in the blocks ``body``."""
    return Byline()
