"""Told to stop, a crawl finishes what is under way, closes its sum, and says that it was interrupted."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from pathlib import Path

import pytest
from crawl_run import Child, Crawled, a_site, start
from loopback import Reply, Web, web
from sample_pages import listing, report

PAGES = 60


def answering_after(seconds: float):
    """A route that takes its time."""

    def answer(handler) -> None:
        time.sleep(seconds)
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html; charset=utf-8")
        handler.end_headers()
        handler.wfile.write(report(1))

    return answer


def many_pages(seconds: float) -> dict[str, object]:
    links = [(f"t{n}.html", "2023-03-06") for n in range(PAGES)]
    routes = {f"/xw/t{n}.html": answering_after(seconds) for n in range(PAGES)}
    return {"/xw/index.html": Reply(listing(links)), **routes}


def wait_until_asked(served: Web, count: int) -> None:
    while sum(path.startswith("/xw/t") for path in served.asked) < count:
        time.sleep(0.05)


def assert_interrupted(crawled: Crawled, database: Path) -> None:
    counts = crawled.counts
    assert crawled.result.exit_reason == "interrupted"
    assert not crawled.result.ok
    assert (
        counts["due"] == sum(counts[n] for n in ("new", "changed", "unchanged", "rejected", "failed")) < PAGES
    )
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT exit_reason FROM crawl_run").fetchall() == [("interrupted",)]
        held = "SELECT COUNT(*) FROM page WHERE lease_run_id IS NOT NULL"
        assert connection.execute(held).fetchone() == (0,)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_what_is_under_way_is_finished(tmp_path: Path, sent: signal.Signals) -> None:
    with web(many_pages(0.3)) as served:
        child = start(tmp_path, [a_site(served.host)])
        wait_until_asked(served, 3)
        os.kill(child.process.pid, sent)
        crawled = child.finish()
    assert_interrupted(crawled, tmp_path / "huixun.db")
    assert crawled.counts["new"] >= 1


def keep_sending(child: Child, sent: signal.Signals) -> None:
    """As a person does who will not wait."""
    while not child.pipe.poll(0.2):
        os.kill(child.process.pid, sent)


def test_a_second_ctrl_c_waits_for_nothing_and_closes_the_sum_even_so(tmp_path: Path) -> None:
    with web(many_pages(30)) as served:
        child = start(tmp_path, [a_site(served.host)])
        wait_until_asked(served, 1)
        keep_sending(child, signal.SIGINT)
        crawled = child.finish()
    assert_interrupted(crawled, tmp_path / "huixun.db")
    assert crawled.counts["failed"] == crawled.counts["due"] > 0
