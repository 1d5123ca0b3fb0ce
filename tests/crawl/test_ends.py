"""The end of a run tells the truth: every way to fail has a name and is not ok."""

from __future__ import annotations

import socket

from crawl_run import a_site, run
from loopback import Reply, web
from sample_pages import column, listing


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def one_list(*names, **extra):
    links = [(f"{name}.html", "2023-03-06") for name in names]
    return {"/xw/index.html": Reply(listing(links)), **extra}


def test_a_refused_connection_names_the_site(tmp_path):
    result = run(tmp_path, [a_site(f"127.0.0.1:{free_port()}")]).result
    assert not result.ok
    assert "site qingxi: no list page could be read" in result.reason
    assert "refused" in result.reason.lower()


def test_a_silent_site_does_not_hide_behind_another(tmp_path):
    with web(column(2)) as served:
        sites = [a_site(served.host), a_site(f"127.0.0.1:{free_port()}", key="shixi")]
        crawled = run(tmp_path, sites)
    assert crawled.counts["new"] == 2
    assert "site shixi" in crawled.result.reason
    assert "qingxi" not in crawled.result.reason


def test_every_page_rejected_is_no_success(tmp_path):
    shop = Reply("<html><body><h1>促销</h1><p>本店今日特价，欢迎选购。</p></body></html>".encode())
    with web(one_list("t1", "t2", **{"/xw/t1.html": shop, "/xw/t2.html": shop})) as served:
        crawled = run(tmp_path, [a_site(served.host)])
    assert crawled.counts["rejected"] == crawled.counts["due"] == 2
    assert "every page was rejected" in crawled.result.reason


def test_a_site_that_turns_us_away_is_left_alone(tmp_path):
    names = [f"t{n}" for n in range(40)]
    routes = one_list(*names, **{f"/xw/{name}.html": Reply(status=403) for name in names})
    with web(routes) as served:
        crawled = run(tmp_path, [a_site(served.host)])
        asked = sum(path.startswith("/xw/t") for path in served.asked)
    assert asked < 25
    assert "gave up after 10 failures in a row, last HTTP 403" in crawled.result.reason
    assert crawled.counts["failed"] == crawled.counts["due"]


def test_a_database_that_breaks_stops_the_run_and_is_named(tmp_path):
    patch = """
from crawler.frontier import Frontier
fetched, count = Frontier.fetched, []
def breaking(self, *arguments, **named):
    count.append(1)
    if len(count) == 3:
        import sqlite3
        c = sqlite3.connect(self.engine.url.database, timeout=20); c.execute("ALTER TABLE fetch RENAME TO elsewhere"); c.commit(); c.close()
    fetched(self, *arguments, **named)
Frontier.fetched = breaking
"""
    with web(column(8)) as served:
        result = run(tmp_path, [a_site(served.host)], patch=patch).result
    assert not result.ok
    assert "database" in result.reason
    assert "no such table" in result.reason


def test_a_worker_that_dies_or_a_page_that_cannot_be_stored_costs_that_page_only(tmp_path):
    patch = """
from importlib import import_module
from crawler import books
store = books.store
def breaking(session, leased, report):
    if leased.url.endswith("t2.html"):
        raise RuntimeError("odd page")
    return store(session, leased, report)
books.store = breaking
judge = books.RunBooks.judge
async def dying(self, work, page):
    if page.url.endswith("t3.html"):
        import os
        return await judge(self, os._exit, 1)
    return await judge(self, work, page)
books.RunBooks.judge = dying
"""
    with web(column(4)) as served:
        crawled = run(tmp_path, [a_site(served.host)], patch=patch, processes=True)
    assert crawled.outcome("/xw/t1.html") == crawled.outcome("/xw/t4.html") == "new"
    assert crawled.detail("/xw/t2.html") == "not stored: RuntimeError: odd page"
    assert crawled.detail("/xw/t3.html") == "not judged: the worker process died"
    assert crawled.result.reason.count("2 pages failed and stay due") == 1, "failures are named"
