"""Run a crawl in a process of its own (a reactor runs once in a process) and look at what it leaves."""

from __future__ import annotations

import atexit
import multiprocessing
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from crawler.config import Settings
from crawler.database import connect, upgrade, writing
from crawler.events import PageClosed, RunResult
from crawler.sites import Lists, Politeness, Site
from pipelines.store import load_regions

TIMEOUT = 120
_PROCESSES = multiprocessing.get_context("forkserver")


@dataclass(frozen=True)
class Crawled:
    """What ``crawl`` gave back and told."""

    result: RunResult
    events: list[PageClosed]

    @property
    def counts(self) -> Mapping[str, int]:
        return self.result.counts

    @property
    def paths(self) -> set[str]:
        """Paths of the pages that ended."""
        return {_path(event.url) for event in self.events}

    def detail(self, path: str) -> str:
        """What was told of the page with this path."""
        return next(e.detail for e in self.events if _path(e.url) == path)

    def outcome(self, path: str) -> str | None:
        return next((e.outcome.value for e in self.events if _path(e.url) == path), None)


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def a_site(
    host: str,
    *,
    key: str = "qingxi",
    kind: str = "portal",
    first: Sequence[str] = ("/xw/index.html",),
    **lists: Any,
) -> Site:
    """A site on a loopback host, without any delay."""
    values = {"report": r"/(xw/t\d+|p-\d+|news/\d+|tz/)", "links": "li a"} | lists
    return Site(
        key=key,
        name="青溪县人民政府网",
        type=kind,
        hosts=(host,),
        private=True,
        lists=Lists(urls=tuple(f"http://{host}{path}" for path in first), **values),
        politeness=Politeness(delay=0, concurrency=4, verify_tls=True),
    )


@dataclass
class Child:
    """A crawl under way in a process of its own."""

    process: BaseProcess
    pipe: Connection

    def finish(self) -> Crawled:
        """Wait for the crawl and read its result."""
        assert self.pipe.poll(TIMEOUT), "the crawl did not end"
        crawled = self.pipe.recv()
        self.process.join()
        return crawled


@cache
def _mother() -> None:
    """One process imports the crawler, all test crawls are forked from it: an import takes seconds.

    Python 3.11 does not tell it where modules are (its ``sys_path`` is used for the main module only), and
    then it goes on without a word; the environment does.
    """
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    _PROCESSES.set_forkserver_preload(["warm_crawler", "crawl_run"])
    try:
        forkserver.ensure_running()
    finally:
        os.environ.pop("PYTHONPATH")
        if before is not None:
            os.environ["PYTHONPATH"] = before


@cache
def _empty_database() -> Path:
    """A database as a first crawl makes it, to copy: most of a short crawl's time would go into making it."""
    file = Path(tempfile.mkdtemp(prefix="huixun-crawls-")) / "huixun.db"
    atexit.register(shutil.rmtree, file.parent, ignore_errors=True)
    upgrade(f"sqlite:///{file}")
    engine = connect(f"sqlite:///{file}")
    with writing(engine) as session:
        load_regions(session)
    engine.dispose()
    return file


def start(data: Path, sites: Sequence[Site], *, database_url: str | None = None, **options: Any) -> Child:
    """Start a crawl; ``options`` are those of ``crawl`` and ``scrapy`` (settings to change), ``processes`` (the real pool), ``patch`` (code to run first)."""
    _mother()
    ours, theirs = _PROCESSES.Pipe()
    file = data / "huixun.db"
    if database_url is None and not file.exists():
        shutil.copy(_empty_database(), file)
    url = database_url or f"sqlite:///{file}"
    process = _PROCESSES.Process(target=_crawl, args=(theirs, data, url, sites, options))
    process.start()
    theirs.close()
    return Child(process, ours)


def run(data: Path, sites: Sequence[Site], **options: Any) -> Crawled:
    """Crawl to the end."""
    return start(data, sites, **options).finish()


class _InThread:
    """Stands in for the process pool where processes are not the question: a worker takes two seconds to start."""

    def __init__(self, size: int) -> None:
        self._threads = ThreadPoolExecutor(size)
        self.submit = self._threads.submit

    def warm(self, work: object) -> None:
        """Nothing is cold here."""

    def close(self) -> None:
        self._threads.shutdown()


def _crawl(pipe: Connection, data: Path, url: str, sites: Sequence[Site], options: dict[str, Any]) -> None:
    from crawler import crawling
    from crawler import settings as scrapy_module

    for name, value in options.pop("scrapy", {}).items():
        setattr(scrapy_module, name, value)
    if not options.pop("processes", False):
        crawling.Pool = _InThread
    exec(options.pop("patch", ""), {})
    events: list[PageClosed] = []
    days = {name: date.fromisoformat(options.pop(name)) for name in ("since", "until") if name in options}
    settings = Settings(data=data, database_url=url, processes=1, contact="tests")
    result = crawling.crawl(settings, sites, on_event=events.append, **days, **options)
    pipe.send(Crawled(result, events))
