"""What all spiders do: ask for a leased page, archive the answer, follow its parts, hand it on to be judged.

A spider never decides which page comes next (the frontier does) and keeps no list of its own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, ClassVar

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from crawler.config import load_settings
from crawler.database.leases import GONE, Leased
from crawler.errors import ArchiveError, DatabaseError, FetchError, Refused, SiteError
from crawler.files.kinds import kind_of
from crawler.records import Page, Part
from crawler.sites import Site, SiteType, load_sites
from pipelines.judge import judge
from pipelines.stages import Answer, Books, BooksSpider, Capture
from spiders.files import files_of
from spiders.lists import read_list
from spiders.parts import Walk, may_have_parts, named_by, parts_of

PATIENCE = 10  # refusals or silences in a row after which a site is left alone
_TEXT_TYPES = frozenset({"text/html", "text/plain", "application/xhtml+xml", "text/xml", "application/xml"})
_UNTYPED = frozenset({"", "application/octet-stream"})
_TURNED_AWAY = frozenset({401, 403, 412, 429, 503})


class SiteSpider(BooksSpider):
    """One site of a run. ``site`` may be the key of a site file (``scrapy crawl portal -a site=KEY``)."""

    site_type: ClassVar[SiteType]

    def __init__(self, site: Site, books: Books | None = None, **arguments: Any) -> None:  # noqa: ANN401
        super().__init__(**arguments)
        self.site = site
        self.books = books
        self._strikes = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *arguments: Any, **named: Any) -> SiteSpider:  # noqa: ANN401
        """Made by Scrapy: finds the site, and takes its politeness into the settings of this crawl."""
        site = named.pop("site", None)
        if not isinstance(site, Site):
            site = _find(site, cls.site_type)
        _be_polite(crawler.settings, site)
        return super().from_crawler(crawler, *arguments, site=site, **named)

    def ask(self, leased: Leased) -> Request:
        """The request for a leased page; what the site said last time makes it conditional."""
        tags = {"If-None-Match": leased.etag, "If-Modified-Since": leased.last_modified}
        return Request(
            leased.url,
            callback=self.parse,
            errback=partial(self.failed, leased),
            headers={name: value for name, value in tags.items() if value},
            meta={"leased": leased},
        )

    async def parse(self, response: Response) -> AsyncIterator[Capture]:
        """An answer came: archive it, then hand it on, or close the page by its status."""
        leased: Leased = response.meta["leased"]
        try:
            capture = await self._take(leased, response)
        except (DatabaseError, ArchiveError):
            return  # the run is being stopped for that reason
        except Exception as error:  # noqa: BLE001 - the page's outcome names it
            await self._refuse(leased, error)
            return
        if capture is not None:
            yield capture

    async def failed(self, leased: Leased, failure: Failure) -> None:
        """No answer came: close the page with the reason."""
        error = failure.value or FetchError("no answer")
        if not isinstance(error, Refused):
            self._count_strike(f"{leased.url}: {_told(error)}")
        await self._refuse(leased, error)

    async def _take(self, leased: Leased, response: Response) -> Capture | None:
        books = self._books
        if response.status in _TURNED_AWAY:
            self._count_strike(f"HTTP {response.status}")
        else:
            self._strikes = 0
        if response.status == 304:
            await books.unchanged(leased)
            return None
        await books.archive(leased, answer_of(response))
        if not 200 <= response.status < 300:
            await books.fail(leased, f"HTTP {response.status}", response.status)
            return None
        kind = _content_type(response)
        page = Page(response.url, response.body, kind, response.status, datetime.now(UTC), self.site)
        if kind_of(page.body) is not None:
            return Capture(leased, page, judge)
        if not _is_text(kind):
            await books.reject(leased, "content_type", f"{kind} is no text")
            return None
        if leased.kind == "list":
            return Capture(leased, page, read_list)
        await self._find_files(leased, page)
        return Capture(leased, await self._with_parts(leased, page), judge)

    async def _with_parts(self, leased: Leased, page: Page) -> Page:
        """The article with its further pages, if any. Raises FetchError when one gives no clear answer."""
        if not may_have_parts(page.body, page.url):
            return page
        walk = Walk(page, await self._books.judge(parts_of, page))
        while part := walk.next():
            part = await self._fetch_part(leased, part)
            walk.take(part, await self._books.judge(partial(named_by, page), part))
        return walk.whole

    async def _fetch_part(self, leased: Leased, part: Part) -> Part:
        """Ask for one page of an article; without bytes when there is none, or none for us."""
        try:
            response = await self.crawler.engine.download_async(Request(part.url, callback=self.parse))
        except Refused:
            return part
        await self._books.archive_part(leased, part.number, answer_of(response))
        if response.status in GONE or response.status == 200:
            return replace(part, body=response.body if response.status == 200 else None)
        raise FetchError(f"page {part.number} of the article, {part.url}: HTTP {response.status}")

    async def _find_files(self, leased: Leased, page: Page) -> None:
        """Make the files that a report links to known, as far as the site's file allows."""
        if self.site.lists.files is None or leased.kind != "report":
            return
        if links := await self._books.judge(files_of, page):
            await self._books.add_files(leased, links)

    async def _refuse(self, leased: Leased, error: BaseException) -> None:
        books = self._books
        try:
            if isinstance(error, Refused):
                await books.reject(leased, error.reason, error.detail)
            elif isinstance(error, DownloadCancelledError):
                await books.reject(leased, "too_large", str(error))
            else:
                await books.fail(leased, _told(error))
        except (DatabaseError, ArchiveError):
            return  # the run is being stopped for that reason

    def _count_strike(self, what: str) -> None:
        """A site that turns us away or is silent time and again is left alone; nobody gets round it."""
        self._strikes += 1
        if self._strikes == PATIENCE:
            self._books.leave_alone(self.site.key, f"gave up after {PATIENCE} failures in a row, last {what}")

    @property
    def _books(self) -> Books:
        assert self.books is not None  # noqa: S101 - the scheduler sees to it before any request
        return self.books


def answer_of(response: Response) -> Answer:
    """A response as the archive keeps it."""
    headers = [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    ]
    attempts = 1 + int(response.meta.get("retry_times", 0))
    return Answer(response.url, response.status, headers, response.body, attempts)


def _content_type(response: Response) -> str | None:
    value = response.headers.get("Content-Type")
    return value.decode("latin-1") if value else None


def _is_text(content_type: str | None) -> bool:
    return (content_type or "").partition(";")[0].strip().lower() in _TEXT_TYPES | _UNTYPED


def _told(error: BaseException) -> str:
    """An error as a person reads it."""
    if isinstance(error, IgnoreRequest) and "max redirections" in str(error):
        return "redirect loop: no end after many redirects"
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words}"[:500] if words else type(error).__name__


def _find(key: str | None, kind: SiteType) -> Site:
    """The site of a key. Raises SiteError when there is none or it is of another type."""
    sites = load_sites(load_settings().sites)
    site = sites.get(key or "")
    if site is None or site.type != kind:
        known = ", ".join(name for name, one in sites.items() if one.type == kind) or "none"
        raise SiteError(f"no {kind} site {key!r}: give -a site=KEY, one of {known}")
    return site


def _be_polite(settings: BaseSettings, site: Site) -> None:
    polite = site.politeness
    wishes = {
        "USER_AGENT": load_settings().user_agent,
        "DOWNLOAD_DELAY": polite.delay,
        "CONCURRENT_REQUESTS_PER_DOMAIN": polite.concurrency,
        "CONCURRENT_REQUESTS": 2 * polite.concurrency,  # few that wait: the run can end soon at any time
        "DOWNLOAD_VERIFY_CERTIFICATES": polite.verify_tls,
    }
    for name, value in wishes.items():
        settings.set(name, value, priority="spider")
