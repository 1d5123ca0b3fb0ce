"""The title of a page: several witnesses (meta, headings, ``<title>``, first line), agreement decides."""

from __future__ import annotations

from typing import NamedTuple

from crawler.records import Evidence
from crawler.sites import Site
from pipelines.clean.blocks import PageBlocks


class TitleChoice(NamedTuple):
    """The title, the block that shows it on the page (None when only the head has it), and all candidates."""

    title: str | None
    block: int | None
    evidence: tuple[Evidence, ...]


def choose_title(page: PageBlocks, site: Site | None = None, url: str = "") -> TitleChoice:
    """Choose the title of ``page``; None for a page that has lost it."""
    return TitleChoice(None, None, ())
