"""The two item pipelines of a crawl: Judge asks the pure steps, Store writes the answer; both only pass on.

Every item is one page that a run has leased. Whatever happens here, the page ends with exactly one outcome in
the run's books (``crawler.books``), or the run itself stops with a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.archive import Headers
from crawler.database.leases import Leased
from crawler.outcomes import Outcome
from crawler.records import Page

T = TypeVar("T")
U = TypeVar("U")


class FoundLink(Protocol):
    """A link as spiders find it: its address, and the day that the address gives, if any."""

    @property
    def url(self) -> str:
        """Canonical address."""

    @property
    def published(self) -> date | None:
        """Day of publication."""


@dataclass(frozen=True, slots=True)
class Capture:
    """A page that is archived and waits to be judged by ``work`` (a function of a module, for the pool)."""

    leased: Leased
    page: Page
    work: Callable[[Page], object]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the work made of a page: a Report, or what a list page holds."""

    leased: Leased
    verdict: object


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP response as it goes to the archive; ``attempts`` requests were needed for it."""

    url: str
    status: int
    headers: Headers
    body: bytes
    attempts: int = 1


class Books(Protocol):
    """A run's books as spiders and pipelines see them; each page is closed here, once.

    The methods that write raise HuixunError when the run cannot go on; it is then being stopped already.
    """

    async def archive(self, leased: Leased, answer: Answer) -> None:
        """Keep a response on disk and note its place, before anybody judges it."""

    async def archive_part(self, leased: Leased, number: int, answer: Answer) -> None:
        """Keep the response for page ``number`` (2…n) of an article, and note its place if it is one."""

    async def add_files(self, leased: Leased, links: Sequence[FoundLink]) -> None:
        """Make the files that a report links to known."""

    async def judge(self, work: Callable[[T], U], what: T) -> U:
        """Run work on a page, off this thread. Raises what the work raises, or WorkerFault."""
        ...

    async def close(self, leased: Leased, verdict: object) -> Outcome:
        """Store what a page was judged to be, in one transaction with its outcome."""

    async def fail(self, leased: Leased, error: str, status: int | None = None) -> None:
        """Close a page that could not be had or judged."""

    async def reject(self, leased: Leased, reason: str, detail: str) -> None:
        """Close a page that is refused before it is judged."""

    async def unchanged(self, leased: Leased) -> None:
        """Close a page that its site calls unchanged."""

    def leave_alone(self, site: str, why: str) -> None:
        """Give a site up for this run, with the reason."""


class BooksSpider(Spider):
    """A spider that works on a run's books."""

    books: Books | None


class _Stage:
    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> _Stage:
        """Made by Scrapy, before the spider has opened its books."""
        return cls(crawler)

    @property
    def _books(self) -> Books:
        spider = self._crawler.spider
        assert isinstance(spider, BooksSpider) and spider.books is not None  # noqa: S101 - ours yield captures
        return spider.books

    def _count(self, name: str) -> None:
        assert self._crawler.stats is not None  # noqa: S101 - set before any item flows
        self._crawler.stats.inc_value(f"huixun/{name}")


class Judge(_Stage):
    """Capture → Judged; a page whose judging breaks is closed as failed and goes no further."""

    async def process_item(self, item: Capture) -> Judged:
        """Judge one page in the pool."""
        self._count("captured")
        try:
            return Judged(item.leased, await self._books.judge(item.work, item.page))
        except Exception as fault:
            await self._books.fail(item.leased, f"not judged: {fault}")
            raise DropItem(f"{item.leased.url}: {fault}") from fault


class Store(_Stage):
    """Judged → the database; counts the outcome."""

    async def process_item(self, item: Judged) -> Judged:
        """Close one page with what was found."""
        outcome = await self._books.close(item.leased, item.verdict)
        self._count(outcome.value)
        return item
