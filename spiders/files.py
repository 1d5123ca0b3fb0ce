"""Which files (PDF, Word) a report hangs on its page: attachments, and documents that a viewer shows."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from crawler.records import Page
from crawler.urls import absolute, belongs, canonical
from pipelines.decode import decode
from spiders.lists import ReportLink, day_in_address
from spiders.paging import MAX_ANCHORS, tree_of

MAX_FILES = 30  # taken from one page
_LINKS = "//a/@href | //iframe/@src | //embed/@src | //object/@data"


def files_of(page: Page) -> tuple[ReportLink, ...]:
    """The files that a report of a site links to (``page.site`` must be set), in the order of the page.

    Which links are files the site's file says (``lists.files``); a viewer counts as the file
    that it is asked to show. Never raises, whatever the bytes.
    """
    assert page.site is not None and page.site.lists.files is not None  # noqa: S101 - asked for such sites only
    decoded = decode(page.body, page.content_type)
    wanted = re.compile(page.site.lists.files)
    found: dict[str, None] = {}
    hrefs = [] if decoded.rejection else tree_of(decoded.text).xpath(_LINKS).getall()[:MAX_ANCHORS]
    for href in hrefs:
        address = absolute(page.url, _shown(href), decoded.encoding)
        if address and wanted.search(address) and belongs(address, page.site.hosts):
            found[canonical(address, page.site.ignored_queries)] = None
    return tuple(ReportLink(url, day_in_address(url)) for url in list(found)[:MAX_FILES])


def _shown(href: str) -> str:
    """The file that a viewer (``viewer.html?file=…``) is asked to show; any other address is itself."""
    path, _, query = href.partition("?")
    asked = dict(parse_qsl(query)).get("file") if path.endswith((".html", ".htm")) else None
    return asked or href
