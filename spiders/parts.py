"""Which further pages an article has, read from its bytes; runs in the pool."""

from __future__ import annotations

from crawler.records import Page
from pipelines.decode import decode
from spiders.paging import find_parts


def parts_of(page: Page) -> tuple[str, ...]:
    """Addresses of pages 2…n that this page of an article names; empty when it cannot be decoded."""
    decoded = decode(page.body, page.content_type)
    return () if decoded.rejection else find_parts(decoded.text, page.url)
