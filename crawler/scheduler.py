"""The scheduler that Scrapy asks: it takes due pages from the frontier, a few at a time.

Redirects and retries come back here too; they belong to a page that is leased already and stay in memory.
Nothing else is kept, so a run that is killed loses nothing.
"""

from __future__ import annotations

import asyncio
import heapq
from itertools import count

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from scrapy.spiders import Spider
from scrapy.utils.defer import deferred_from_coro
from twisted.internet.defer import Deferred

from crawler.books import RunBooks
from crawler.crawling import Run
from spiders.base import SiteSpider


class FrontierScheduler(BaseScheduler):
    """Scrapy's SCHEDULER; one for each site of a run."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._waiting: list[tuple[int, int, Request]] = []
        self._order = count()
        self._dry = False
        self._leasing: asyncio.Task[None] | None = None
        self._own_run: Run | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> FrontierScheduler:
        """Made by Scrapy."""
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        """Begin; a spider that belongs to no run (``scrapy crawl``) gets one of its own."""
        assert isinstance(spider, SiteSpider)  # noqa: S101 - settings.py is for our own spiders
        self._spider = spider
        if spider.books is None:
            self._own_run = Run([spider.site], command="scrapy crawl")
            spider.books = self._own_run.books
        assert isinstance(spider.books, RunBooks)  # noqa: S101 - the only books there are
        self._books = spider.books
        self._site_id = self._books.number_of(spider.site.key)
        self._books.on_due[self._site_id] = self.refill
        self._books.enter(spider.site.key, self._crawler)
        self._batch = 2 * spider.site.politeness.concurrency

    def has_pending_requests(self) -> bool:
        """Whether there may be anything to do; asked when the spider is idle."""
        return bool(self._waiting) or self._leasing is not None or not self._dry

    def enqueue_request(self, request: Request) -> bool:
        """Keep a redirect or a retry; the page it belongs to is leased."""
        heapq.heappush(self._waiting, (-request.priority, next(self._order), request))
        return True

    def next_request(self) -> Request | None:
        """The next page to ask for; when few are left, more are leased meanwhile."""
        if len(self._waiting) < self._batch // 2 and self._leasing is None and not self._dry:
            self._leasing = asyncio.get_running_loop().create_task(self._lease())
        return heapq.heappop(self._waiting)[2] if self._waiting else None

    def refill(self) -> None:
        """New addresses may be due: look again."""
        self._dry = False

    def close(self, reason: str) -> Deferred[None]:
        """End: pages that were leased but never asked for are closed as such."""
        return deferred_from_coro(self._close(reason))

    async def _close(self, reason: str) -> None:
        if self._leasing is not None:
            await self._leasing
        waiting = [request.meta["leased"] for _, _, request in self._waiting]
        self._waiting.clear()
        await self._books.leave(self._spider.site.key, reason, waiting)
        if self._own_run is not None:
            self._own_run.finish()

    async def _lease(self) -> None:
        """Lease a few pages, then wake the engine; it would look again only at its next heart-beat."""
        self._dry = True  # unless a page comes now, or a list page brings new ones meanwhile
        leased = await self._books.lease(self._site_id, self._batch)
        self._leasing = None
        self._dry = self._dry and not leased
        for page in leased:
            self.enqueue_request(self._spider.ask(page))
        if (slot := self._crawler.engine._slot) is not None:
            slot.nextcall.schedule()  # as engine.crawl does for one request
