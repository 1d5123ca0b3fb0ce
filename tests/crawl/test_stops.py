"""The ground gives way under a crawl: a database that stops, a disk that is full; then it goes on."""

from __future__ import annotations

import random
import threading
import time
from pathlib import Path

import postgres_server
from crawl_run import Crawled, a_site, run, start
from loopback import Reply, web
from sample_pages import column, report
from sqlalchemy import func, select

from crawler.database import connect, reading
from crawler.database.tables import CrawlRun, Fetch, Page, Version

PAGES = 8
FULL = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))"


def assert_all_stored_once(url: str, *ended: str) -> None:
    """Every page has one version, no page and no fetch is left open, the runs have ended as they did."""
    engine = connect(url)
    with reading(engine) as session:
        versions = session.scalars(select(func.count(Version.id)).group_by(Version.page_id)).all()
        assert list(versions) == [1] * PAGES
        assert session.scalar(select(func.count(Fetch.id)).where(Fetch.outcome.is_(None))) == 0
        assert session.scalar(select(func.count(Page.id)).where(Page.lease_run_id.is_not(None))) == 0
        reasons = session.scalars(select(CrawlRun.exit_reason).order_by(CrawlRun.id)).all()
    assert [(reason or "").partition(":")[0] for reason in reasons] == list(ended)
    engine.dispose()


def assert_stopped(crawled: Crawled, *words: str) -> None:
    assert not crawled.result.ok
    assert crawled.result.exit_reason.startswith("stopped: ")
    for one in words:
        assert one in crawled.result.reason


def test_postgresql_stops_in_the_middle_and_comes_back(tmp_path: Path) -> None:
    gate = threading.Event()

    def waiting(handler) -> None:
        gate.wait(60)
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html; charset=utf-8")
        handler.end_headers()
        handler.wfile.write(report(3))

    with web(column(PAGES)) as served, postgres_server.installed() as started:
        site, sound = a_site(served.host), served.routes["/xw/t3.html"]
        served.routes["/xw/t3.html"] = waiting
        with started() as address:
            url = address.render_as_string(hide_password=False)
            child = start(tmp_path, [site], database_url=url)
            while not served.asked["/xw/t3.html"]:
                time.sleep(0.05)
        gate.set()
        assert_stopped(child.finish(), "database postgresql", "the run could not be closed")
        served.routes["/xw/t3.html"] = sound
        with started():
            again = run(tmp_path, [site], database_url=url)
            assert again.result.ok, again.result.reason
            assert_all_stored_once(url, "crashed", "finished")


def test_a_disk_too_full_for_the_archive_stops_the_run_and_closes_it(tmp_path: Path) -> None:
    """The database is small enough for what is left, one answer is not: the run ends with its sum in the books."""
    with web(column(PAGES)) as served:
        sound = served.routes["/xw/t5.html"]
        served.routes["/xw/t5.html"] = Reply(report(5, random.Random(1).randbytes(7_000_000).hex()))
        site = a_site(served.host)
        crawled = run(tmp_path, [site], patch=FULL.format(size=6_000_000))
        assert_stopped(crawled, "cannot write the archive", "File too large")
        counts = crawled.counts
        assert counts["due"] == counts["new"] + counts["failed"]
        served.routes["/xw/t5.html"] = sound
        again = run(tmp_path, [site])
        assert again.result.ok, again.result.reason
    assert_all_stored_once(f"sqlite:///{tmp_path / 'huixun.db'}", "stopped", "finished")


def test_a_disk_too_full_for_the_database_stops_the_run_and_the_next_one_heals_it(tmp_path: Path) -> None:
    with web(column(PAGES)) as served:
        site = a_site(served.host)
        crawled = run(tmp_path, [site], patch=FULL.format(size=200_000))
        assert_stopped(crawled, "database sqlite")
        again = run(tmp_path, [site])
        assert again.result.ok, again.result.reason
    assert_all_stored_once(f"sqlite:///{tmp_path / 'huixun.db'}", "crashed", "finished")
