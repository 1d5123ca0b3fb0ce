"""The books of one run: what it may take, where each page's bytes are kept, and how each page ended.

All writing goes through one thread, in order: the event loop never waits for a disk, and a page's archive
record is older than its verdict. When the database or the disk fails, the run stops and says which.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from scrapy.crawler import Crawler

from crawler.archive import Archive
from crawler.database import writing
from crawler.errors import ArchiveError, DatabaseError
from crawler.events import ListsRead, PageClosed, Wishes
from crawler.frontier import Frontier, Leased, LeaseLost, Link, Place
from crawler.outcomes import Outcome
from crawler.pool import Pool
from crawler.records import Rejection, Report
from crawler.sites import Site
from pipelines.stages import Answer, FoundLink
from pipelines.store import store
from spiders.lists import ListPage

T = TypeVar("T")
U = TypeVar("U")

_LISTS = "list"
_LONGEST_SILENCE = 300.0  # seconds between two signs of life, however long the leases are
_EMPTY_LIST = Rejection(
    "no_links",
    "not one link to a report on the first page of the list: is it a login page, has the site been rebuilt? "
    "See lists.links and lists.report in the site file",
)


@dataclass(slots=True)
class RunBooks:
    """Books of run ``run_id``; ``sites`` gives the site of each number."""

    run_id: int
    frontier: Frontier
    archive_: Archive
    pool: Pool
    sites: Mapping[int, Site]
    wishes: Wishes = field(default_factory=Wishes)
    on_event: Callable[[PageClosed], None] | None = None
    counts: Counter[Outcome] = field(default_factory=Counter)
    lists: dict[str, ListsRead] = field(default_factory=dict)
    stopped: str | None = None
    interrupted: bool = False
    gave_up: dict[str, str] = field(default_factory=dict)
    on_due: dict[int, Callable[[], None]] = field(default_factory=dict)
    _crawlers: dict[str, Crawler] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _heart: asyncio.Task[None] | None = None
    _taken: int = 0
    _writer: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "writer"))

    def number_of(self, site: str) -> int:
        """The number of a site of this run by its key."""
        return next(number for number, known in self.sites.items() if known.key == site)

    async def lease(self, site_id: int, limit: int) -> list[Leased]:
        """Take due pages of a site, as far as the caller's wishes go; none when the run is stopping."""
        if self.stopped:
            return []
        try:
            return await self._write(self._lease, site_id, limit)
        except Exception as error:  # noqa: BLE001 - the run ends for it and says so
            self.stop(f"no page could be leased: {type(error).__name__}: {error}")
            return []

    async def archive(self, leased: Leased, answer: Answer) -> None:
        """Keep a response on disk and note its place, before anybody judges it."""
        await self._write(self._archive, leased, answer)

    async def archive_part(self, leased: Leased, number: int, answer: Answer) -> None:
        """Keep the response for page ``number`` (2…n) of an article, and note its place if it is one."""
        await self._write(self._archive_part, leased, number, answer)

    async def add_files(self, leased: Leased, links: Sequence[FoundLink]) -> None:
        """Make the files that a report links to known; they are due at once."""
        found = [Link(link.url, link.published) for link in links]
        add = partial(self.frontier.add, found, site_id=leased.site_id, kind="file")
        if await self._write(partial(add, depth=leased.depth + 1, seen_on=leased.page_id)):
            self.on_due[leased.site_id]()

    async def judge(self, work: Callable[[T], U], what: T) -> U:
        """Run work on a page in the pool. Raises what the work raises, or WorkerFault."""
        return await asyncio.wrap_future(self.pool.submit(work, what))

    async def close(self, leased: Leased, verdict: object) -> Outcome:
        """Store what a page was judged to be; a page that cannot be stored is closed as failed."""
        rejection = verdict.rejection if isinstance(verdict, Report | ListPage) else None
        if isinstance(verdict, ListPage) and not verdict.links and leased.depth == 0:
            rejection = rejection or _EMPTY_LIST
        detail = f"{rejection.reason}: {rejection.detail}" if rejection else ""
        if isinstance(verdict, ListPage) and rejection:
            return await self._settle(leased, detail, self._fail, leased, detail)
        work = self._close_list if isinstance(verdict, ListPage) else self._store
        try:
            outcome = await self._settle(leased, detail, work, leased, verdict)
        except (DatabaseError, ArchiveError):
            raise
        except Exception as fault:  # noqa: BLE001 - the page's outcome names it
            detail = f"not stored: {type(fault).__name__}: {fault}"
            return await self._settle(leased, detail, self._fail, leased, detail)
        if isinstance(verdict, ListPage):
            self.on_due[leased.site_id]()
        return outcome

    async def fail(self, leased: Leased, error: str, status: int | None = None) -> None:
        """Close a page that could not be had or judged."""
        await self._settle(leased, error, self._fail, leased, error, status)

    async def reject(self, leased: Leased, reason: str, detail: str) -> None:
        """Close a page that is refused before it is judged; a list page that is refused has failed."""
        if leased.kind == _LISTS:
            await self.fail(leased, f"{reason}: {detail}")
            return
        await self._settle(leased, f"{reason}: {detail}", self._reject, leased, reason, detail)

    async def unchanged(self, leased: Leased) -> None:
        """Close a page that its site calls unchanged."""
        await self._settle(leased, "", self._unchanged, leased)

    def enter(self, site: str, crawler: Crawler) -> None:
        """A site's crawler begins; the first one starts the heart-beat."""
        self._crawlers[site] = crawler
        if self._heart is None:
            self._heart = asyncio.get_running_loop().create_task(self._beat())

    async def leave(self, site: str, reason: str, waiting: list[Leased]) -> None:
        """A site's crawler ends: what it had taken and never asked for is closed as such."""
        self._crawlers.pop(site, None)
        self.interrupted = self.interrupted or reason == "shutdown"
        if not self.stopped:
            for leased in waiting:
                await self.fail(leased, f"not asked: {self.gave_up.get(site, reason)}")
        if not self._crawlers and self._heart is not None:
            self._heart.cancel()

    def leave_alone(self, site: str, why: str) -> None:
        """Give a site up for this run, with the reason."""
        self.gave_up.setdefault(site, why)
        self._end_crawler(site, "gave up")

    def stop(self, reason: str) -> None:
        """End the whole run early; the first reason counts."""
        if self.stopped is None:
            self.stopped = reason
            for site in list(self._crawlers):
                self._end_crawler(site, "stopped")

    def end(self) -> None:
        """Let the writing thread finish and go."""
        self._writer.shutdown()

    def _end_crawler(self, site: str, reason: str) -> None:
        engine = self._crawlers[site].engine
        task = asyncio.get_running_loop().create_task(engine.close_spider_async(reason=reason))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _beat(self) -> None:
        pause = min(self.frontier.lease_time.total_seconds() / 4, _LONGEST_SILENCE)
        while not self.stopped:
            await asyncio.sleep(pause)
            with suppress(DatabaseError):  # the run is being stopped for that reason
                await self._write(self.frontier.renew, self.run_id)

    async def _settle(
        self, leased: Leased, detail: str, work: Callable[..., Outcome], *arguments: object
    ) -> Outcome:
        """Write the end of a page and tell of it; a page that another run has taken over has failed here."""
        try:
            outcome = await self._write(work, *arguments)
        except LeaseLost as lost:
            outcome, detail = Outcome.FAILED, str(lost)
        self._tell(leased, outcome, detail)
        return outcome

    async def _write(self, work: Callable[..., T], *arguments: object) -> T:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._writer, work, *arguments)
        except LeaseLost:
            raise
        except (DatabaseError, ArchiveError) as error:
            self.stop(str(error))
            raise

    def _lease(self, site_id: int, limit: int) -> list[Leased]:
        wishes = self.wishes
        if wishes.limit is not None:
            limit = min(limit, wishes.limit - self._taken)
        if limit <= 0:
            return []
        leased = self.frontier.lease(self.run_id, site_id, limit, since=wishes.since, until=wishes.until)
        self._taken += sum(page.kind != _LISTS for page in leased)
        return leased

    def _keep(self, answer: Answer, moment: datetime, whole: str | None = None) -> Place:
        return self.archive_.write(
            answer.url, answer.status, answer.headers, answer.body, moment, part_of=whole
        )

    def _archive_part(self, leased: Leased, number: int, answer: Answer) -> None:
        place = self._keep(answer, datetime.now(UTC), leased.url)
        if answer.status == 200:
            self.frontier.fetched_part(leased, number, answer.url, place, status=answer.status)

    def _archive(self, leased: Leased, answer: Answer) -> None:
        moment = datetime.now(UTC)
        place = self._keep(answer, moment)
        tags = {name.lower(): value for name, value in answer.headers}
        trusted = answer.status == 200
        self.frontier.fetched(
            leased,
            place,
            status=answer.status,
            size=len(answer.body),
            fetched_at=moment,
            etag=tags.get("etag") if trusted else None,
            last_modified=tags.get("last-modified") if trusted else None,
        )
        if answer.attempts > 1:
            self.frontier.retried(leased, answer.attempts, answer.status)

    def _store(self, leased: Leased, report: Report) -> Outcome:
        with writing(self.frontier.engine) as session:
            return store(session, leased, report)

    def _close_list(self, leased: Leased, page: ListPage) -> Outcome:
        links = [Link(link.url, link.published) for link in page.links]
        onward = [Link(url) for url in page.next_pages] if self._goes_on(leased) else []
        self.frontier.close_list(leased, links=links, next_links=onward)
        return Outcome.NEW

    def _fail(self, leased: Leased, error: str, status: int | None = None) -> Outcome:
        self.frontier.fail(leased, error, status)
        return Outcome.FAILED

    def _reject(self, leased: Leased, reason: str, detail: str) -> Outcome:
        self.frontier.reject(leased, reason, detail)
        return Outcome.REJECTED

    def _unchanged(self, leased: Leased) -> Outcome:
        self.frontier.unchanged(leased)
        return Outcome.UNCHANGED

    def _goes_on(self, leased: Leased) -> bool:
        """Whether a list is read further: an endless one (a calendar) ends at its cap."""
        site = self.sites[leased.site_id]
        return leased.depth + 1 < min(site.lists.max_pages, site.max_depth)

    def _tell(self, leased: Leased, outcome: Outcome, detail: str) -> None:
        site = self.sites[leased.site_id].key
        if leased.kind == _LISTS:
            lists = self.lists.setdefault(site, ListsRead())
            lists.read += outcome is not Outcome.FAILED
            lists.failed += outcome is Outcome.FAILED
            lists.last_error = detail or lists.last_error
        else:
            self.counts[outcome] += 1
        if self.on_event is not None and (leased.kind != _LISTS or outcome is Outcome.FAILED):
            self.on_event(PageClosed(site, leased.url, outcome, detail, leased.kind))
