"""Where ``scrape`` takes its page from: an address, a file, or standard input."""

from __future__ import annotations

import mimetypes
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from crawler.config import Settings
from crawler.errors import SiteError, UsageError
from crawler.files.kinds import kind_of
from crawler.records import Page
from crawler.sites import Site, load_sites

_SNIFFED = 2048  # bytes looked at to tell HTML from text


def read_page(target: str, settings: Settings, *, url: str | None, site: str | None) -> Page:
    """The page behind ``target``: ``http(s)://…``, a path, or ``-``.

    Raises UsageError for a file that is not there, SiteError for an unknown site, FetchError for an address
    that gives no page.
    """
    chosen = find_site(settings, site, url or target)
    if "://" in target:
        from crawler.crawling import fetch

        return fetch(target, settings, site=chosen)
    body = sys.stdin.buffer.read() if target == "-" else _read_file(Path(target))
    name = "" if target == "-" else target
    return Page(
        url=url or (Path(target).resolve().as_uri() if name else "file:///dev/stdin"),
        body=body,
        content_type=_content_type(name, body),
        fetched_at=datetime.now(UTC),
        site=chosen,
    )


def find_site(settings: Settings, key: str | None, url: str) -> Site | None:
    """The site named ``key``, or the one that the address belongs to. Raises SiteError for an unknown key."""
    sites = load_sites(settings.sites)
    if key is not None:
        if key not in sites:
            raise SiteError(
                f"site {key!r} is unknown; known sites: {', '.join(sites) or 'none'} (huixun sites list)"
            )
        return sites[key]
    host = urlsplit(url).netloc.lower()
    return next((site for site in sites.values() if host and host in site.hosts), None)


def _read_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"{path}: {error.strerror}; give a file, an address that begins with http, or -"
        ) from error


def _content_type(name: str, body: bytes) -> str:
    if kind_of(body) is not None:
        return "application/octet-stream"
    guessed, _ = mimetypes.guess_type(name)
    if guessed in ("text/html", "application/xhtml+xml", "text/plain"):
        return guessed
    head = body[:_SNIFFED].lower()
    return (
        "text/html"
        if b"<html" in head or b"<!doctype" in head or b"<body" in head or b"<p" in head
        else "text/plain"
    )
