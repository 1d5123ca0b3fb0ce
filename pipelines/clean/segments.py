"""The text of a shared document: numbered blocks joined, the title unglued, paragraphs recovered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from crawler.records import Cut


class Joined(NamedTuple):
    """The paragraphs of the document and what was taken out of its text."""

    paragraphs: tuple[str, ...]
    cuts: tuple[Cut, ...]


def join_segments(paragraphs: Sequence[str], title: str | None = None, pages: int | None = None) -> Joined:
    """Join numbered blocks and recover paragraphs; ``pages`` is the document's number of pages."""
    return Joined(tuple(paragraphs), ())
