"""When a page was published: every date that a page states about itself, with its place; the best wins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from crawler.records import Evidence, Precision
from pipelines.clean.blocks import Block, PageBlocks


class Published(NamedTuple):
    """The time of publication in China's local time (naive), how exact it is, and all candidates."""

    at: datetime | None
    precision: Precision | None
    evidence: tuple[Evidence, ...]


def choose_published(
    page: PageBlocks, lines: Sequence[Block] = (), url: str = "", fetched_at: datetime | None = None
) -> Published:
    """Choose the time of publication from the head, the byline's ``lines`` and the address."""
    return Published(None, None, ())
