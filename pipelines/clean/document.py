"""Document-sharing pages: the fields of a template, and which blocks hold the document's own text."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.records import Document, Evidence
from pipelines.clean.blocks import PageBlocks


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A page of a document-sharing site.

    ``template`` is None for a page of another kind (then all else is empty). ``text`` are the indices of the
    blocks between the anchors of the template (the document's text, in order); ``published`` is the upload date
    as printed; ``truncated`` tells that the page shows a part only.
    """

    document: Document | None = None
    template: str | None = None
    evidence: tuple[Evidence, ...] = ()
    title: str | None = None
    source: str | None = None
    published: str | None = None
    text: tuple[int, ...] = ()
    truncated: bool = False


def read_document(page: PageBlocks) -> DocumentPage:
    """Read the template's fields from the rendered text, by their words, in any order."""
    return DocumentPage()
