"""A crawl from beginning to end: one run, one Scrapy process, one crawler for each site, one sum.

Twisted's reactor runs once in the life of a process, so ``crawl`` can be called once; a second crawl needs
another process (``huixun schedule run`` starts one for each job).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings as ScrapySettings
from sqlalchemy import Engine, exists, func, or_, select

from crawler import runs
from crawler.archive import Archive
from crawler.books import RunBooks
from crawler.config import Settings, code_version, load_settings
from crawler.database import connect, reading, upgrade, writing
from crawler.database.columns import now
from crawler.database.ledger import FINISHED
from crawler.database.tables import Fetch
from crawler.database.tables import Page as PageRow
from crawler.database.upsert import register_site
from crawler.errors import ArchiveError, DatabaseError, UsageError
from crawler.events import PageClosed, RunResult, Wishes, faults_of, unanswered
from crawler.fetching import fetch
from crawler.frontier import Frontier
from crawler.outcomes import Outcome
from crawler.pool import Pool
from crawler.records import Page
from crawler.sites import Site
from crawler.urls import canonical
from pipelines import process
from pipelines.store import load_regions
from spiders.aggregator import AggregatorSpider
from spiders.base import SiteSpider
from spiders.docshare import DocshareSpider
from spiders.portal import PortalSpider

__all__ = ["PageClosed", "Run", "RunResult", "crawl", "fetch", "scrapy_settings"]

SPIDERS: dict[str, type[SiteSpider]] = {
    spider.site_type: spider for spider in (PortalSpider, DocshareSpider, AggregatorSpider)
}
_COUNTED = ("due", "lists_due", "lists_failed", *(outcome.value for outcome in Outcome))
_WARM_UP = Page("about:blank", "<p>3月6日,县政府召开常务会议。</p>".encode(), "text/html; charset=utf-8")


def crawl(
    settings: Settings,
    sites: Sequence[Site],
    *,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
    on_event: Callable[[PageClosed], None] | None = None,
    command: str = "crawl",
) -> RunResult:
    """Crawl what is due on some sites; comes back when nothing is due any more, or the run had to stop.

    Pages whose day is known and lies outside ``since``–``until`` are left; at most ``limit`` report pages are
    taken; ``on_event`` is told of each page that ends. Raises DatabaseError when the database cannot be used
    at all, UsageError when this process has crawled before.
    """
    scrapy = _process(settings)
    run = Run(sites, settings, command, Wishes(since, until, limit), on_event)
    tasks = [scrapy.crawl(SPIDERS[site.type], site=site, books=run.books) for site in sites]
    scrapy.start()
    ended = [(site, task) for site, task in zip(sites, tasks, strict=True) if task.done()]
    run.books.interrupted |= len(ended) < len(tasks)  # a second Ctrl-C waits for nothing
    broken = [
        f"site {site.key}: {type(error).__name__}: {error}"
        for site, task in ended
        if not task.cancelled() and (error := task.exception()) is not None
    ]
    return run.finish(broken)


class Run:
    """One run: opened here (schema, recovery, run row, first list pages), finished with ``finish``."""

    def __init__(
        self,
        sites: Sequence[Site],
        settings: Settings | None = None,
        command: str = "crawl",
        wishes: Wishes | None = None,
        on_event: Callable[[PageClosed], None] | None = None,
    ) -> None:
        settings = settings or load_settings()
        upgrade(settings.database_url)
        self._engine = connect(settings.database_url)
        with writing(self._engine) as session:
            load_regions(session)
        frontier = Frontier(self._engine, settings.lease_seconds)
        frontier.recover()
        run_id = runs.open_run(self._engine, command, [site.key for site in sites])
        numbers = {self._register(frontier, site): site for site in sites}
        pool = Pool(settings.processes)
        pool.warm(partial(process, _WARM_UP))
        self.books = RunBooks(
            run_id,
            frontier,
            Archive(settings.archive, f"Huixun/{code_version()}"),
            pool,
            numbers,
            wishes or Wishes(),
            on_event,
        )

    def finish(self, broken: Sequence[str] = ()) -> RunResult:
        """End the run, check its sum; ``broken`` are faults that only the caller knows of."""
        books = self.books
        books.end()
        books.pool.close()
        books.archive_.close()
        reason = "interrupted" if books.interrupted else FINISHED
        reason = f"stopped: {books.stopped}" if books.stopped else reason
        faults = [*broken, *(f"site {site}: {why}" for site, why in books.gave_up.items())]
        if reason != FINISHED:
            faults.insert(0, reason)
        try:
            summary = runs.close_run(self._engine, books.run_id, reason, counted=books.counts)
            known = _known(self._engine, books)
        except DatabaseError as error:
            return _unsaved(books, reason, [*faults, f"the run could not be closed: {error}"])
        finally:
            self._engine.dispose()
        counts = {name: getattr(summary.counts, name) for name in _COUNTED}
        faults += [*summary.faults, *faults_of(counts, known, books.lists), *unanswered(summary)]
        return RunResult(books.run_id, counts, reason, summary.failures, tuple(faults), known)

    def _register(self, frontier: Frontier, site: Site) -> int:
        with writing(self._engine) as session:
            number = register_site(session, site)
        frontier.start_lists(
            [canonical(url, site.ignored_queries) for url in site.lists.urls], site_id=number
        )
        return number


def scrapy_settings(settings: Settings) -> ScrapySettings:
    """Scrapy's settings for a process; its own log goes to ``scrapy.log`` in the data folder.

    Raises ArchiveError when nothing can be written there.
    """
    log = settings.data / "scrapy.log"
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        log.open("a").close()
    except OSError as error:
        raise ArchiveError(
            f"{log}: {error.strerror}: set HUIXUN_DATA to a folder that can be written"
        ) from error
    scrapy = ScrapySettings()
    scrapy.setmodule("crawler.settings", priority="project")
    scrapy.set("USER_AGENT", settings.user_agent, priority="cmdline")
    scrapy.set("LOG_FILE", str(log), priority="cmdline")
    return scrapy


def _process(settings: Settings) -> AsyncCrawlerProcess:
    from scrapy.utils.reactor import is_reactor_installed

    if is_reactor_installed():
        raise UsageError("this process has crawled before: start another one for the next crawl")
    logging.captureWarnings(True)
    return AsyncCrawlerProcess(scrapy_settings(settings))


def _known(engine: Engine, books: RunBooks) -> int:
    """Report pages of the run's sites that were not due."""
    had = exists().where(Fetch.page_id == PageRow.id, Fetch.run_id == books.run_id)
    later = or_(PageRow.next_due.is_(None), PageRow.next_due > now())
    query = select(func.count()).select_from(PageRow)
    query = query.where(PageRow.site_id.in_(books.sites), PageRow.kind != "list", later, ~had)
    with reading(engine) as session:
        return session.scalar(query) or 0


def _unsaved(books: RunBooks, reason: str, faults: Sequence[str]) -> RunResult:
    """What is known of a run whose database is gone."""
    counts = {outcome.value: books.counts[outcome] for outcome in Outcome}
    return RunResult(books.run_id, {"due": sum(counts.values()), **counts}, reason, (), tuple(faults))
