"""One crawl through every trap we know: each page ends as exactly one row that says why."""

from __future__ import annotations

import gzip
import sqlite3
import time
from contextlib import suppress
from urllib.parse import quote

import pytest
from crawl_run import a_site, run
from loopback import Reply, web
from sample_pages import listing, report

CHINESE = quote("/tz/通知.html")
PADDING = b"<p>" + b"x" * 65536 + b"</p>"


def endless(handler):
    """A body without end."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    with suppress(OSError):
        while True:
            handler.wfile.write(PADDING)


def slow(handler):
    """A byte now and then."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    with suppress(OSError):
        for _ in range(60):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.2)


def moved(to):
    return Reply(status=302, headers={"Location": to})


def calendar(served, months=40):
    """Each month leads to the next; the site file calls it a list, so only the cap ends it."""
    for month in range(1, months):
        links = [("/xw/t1.html", "")]
        served.routes[f"/cal/{month}.html"] = Reply(listing(links, f'<a href="{month + 1}.html">下一页</a>'))


def routes(host):
    links = [
        "t1.html", "t1.html;jsessionid=0F2A77", "t1.html?PHPSESSID=a1b2c3d4e5f6a7b8", "t1.html#top",
        "t2.html", "t3.html", "t4.html", "t5.html", "t6.html", "t7.html", "t8.html", "t9.html", "t10.html",
        "t11.html", "t12.html", "t13.html", "/tz/closed/1.html", "/tz/通知.html", "/xw/xw/xw/xw/xw/t1.html",
        "http://elsewhere.example/xw/t1.html",
    ]  # fmt: skip
    first = '<a href="t20_2.html">下一页</a>'
    return {
        "/robots.txt": Reply(b"User-agent: *\nDisallow: /tz/closed/\n", "text/plain"),
        "/xw/index.html": Reply(
            listing([(link, "2023-03-06") for link in [*links, "t20.html"]], charset="gb18030"), "text/html"
        ),
        "/xw/t1.html": Reply(report(1)),
        "/xw/t3.html": Reply(report(3), before=(500,)),
        "/xw/t4.html": moved("t4.html?again=1"),
        "/xw/t4.html?again=1": moved("t4.html"),
        "/xw/t5.html": moved("http://10.1.2.3/xw/t5.html"),
        "/xw/t6.html": Reply(gzip.compress(bytes(40_000_000)), headers={"Content-Encoding": "gzip"}),
        "/xw/t7.html": endless,
        "/xw/t8.html": slow,
        "/xw/t9.html": Reply(b"ID3", "audio/mpeg"),
        "/xw/t10.html": Reply(status=500),
        "/xw/t11.html": moved(f"http://{host.replace('127.0.0.1', 'localhost')}/xw/t1.html"),
        "/xw/t12.html": Reply(report(12), "text/plain; charset=utf-8", status=403),
        "/xw/t13.html": Reply(b"", status=200),
        "/tz/closed/1.html": Reply(report(99)),
        CHINESE: Reply(report(14, charset="gb18030"), "text/html; charset=gb2312"),
        "/xw/t20.html": Reply(report(20, first)),
        "/xw/t20_2.html": Reply(report(21, "")),
    }


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    data = tmp_path_factory.mktemp("traps")
    with web() as served:
        served.routes.update(routes(served.host))
        calendar(served)
        site = a_site(served.host, first=("/xw/index.html", "/cal/1.html"), max_pages=6)
        result = run(data, [site], scrapy={"DOWNLOAD_TIMEOUT": 2, "RETRY_TIMES": 1})
        served.data = data
        yield result, served


@pytest.fixture(scope="module")
def rows(crawled):
    connection = sqlite3.connect(crawled[1].data / "huixun.db")
    yield lambda query: connection.execute(query).fetchall()
    connection.close()


@pytest.mark.parametrize(
    ("path", "outcome", "words"),
    [
        ("/xw/t1.html", "new", ""),
        ("/xw/t2.html", "failed", "HTTP 404"),
        ("/xw/t3.html", "new", ""),
        ("/xw/t4.html", "failed", "redirect loop"),
        ("/xw/t5.html", "rejected", "forbidden_address: 10.1.2.3"),
        ("/xw/t6.html", "rejected", "too_large"),
        ("/xw/t7.html", "rejected", "too_large"),
        ("/xw/t8.html", "failed", "Timeout"),
        ("/xw/t9.html", "rejected", "content_type: audio/mpeg"),
        ("/xw/t10.html", "failed", "HTTP 500"),
        ("/xw/t11.html", "rejected", "localhost"),
        ("/xw/t12.html", "failed", "HTTP 403"),
        ("/tz/closed/1.html", "rejected", "robots"),
        ("/xw/xw/xw/xw/xw/t1.html", "rejected", "repeated_path"),
        (CHINESE, "new", ""),
        ("/xw/t20.html", "new", ""),
    ],
)
def test_each_trap_ends_as_one_outcome(crawled, path, outcome, words):
    result, _ = crawled
    assert (result.outcome(path), words in result.detail(path)) == (outcome, True), result.detail(path)


def test_an_empty_page_is_rejected_by_the_chain(crawled):
    assert crawled[0].outcome("/xw/t13.html") == "rejected"


def test_the_sum_closes_and_pages_without_a_definite_answer_are_named(crawled):
    result, _ = crawled
    counts = result.counts
    assert counts["due"] == sum(
        counts[name] for name in ("new", "changed", "unchanged", "rejected", "failed")
    )
    assert counts["due"] == len(result.events) == len(result.paths)
    assert "3 pages failed and stay due" in result.result.reason, "gone and circling pages are answers"


def test_session_ids_make_no_second_page(crawled):
    assert crawled[1].asked["/xw/t1.html"] == 1


def test_forbidden_pages_are_never_asked(crawled):
    asked = crawled[1].asked
    assert asked["/robots.txt"] == 1
    assert not asked["/tz/closed/1.html"]
    assert not any("xw/xw" in path for path in asked)


def test_an_endless_calendar_ends_at_the_cap(crawled):
    months = [path for path in crawled[1].asked if path.startswith("/cal/")]
    assert len(months) == 6


def test_a_healed_page_shows_its_attempts(rows):
    query = "SELECT f.attempts, f.status FROM fetch f JOIN page p ON p.id = f.page_id WHERE p.url LIKE '%/t3.html'"
    assert rows(query) == [(2, 200)]


def test_failed_pages_are_a_view_with_their_status(rows):
    failed = {url.rsplit("/", 1)[1]: status for url, status in rows("SELECT url, status FROM v_failed_pages")}
    assert failed["t2.html"] == 404
    assert failed["t10.html"] == 500
    assert {"t4.html", "t8.html", "t12.html"} <= set(failed)


def test_a_page_that_is_gone_is_marked(rows):
    assert rows("SELECT COUNT(*) FROM page WHERE gone_at IS NOT NULL AND url LIKE '%/t2.html'") == [(1,)]


def test_the_parts_of_an_article_are_one_report(rows, crawled):
    assert crawled[1].asked["/xw/t20_2.html"] == 1
    (body,) = rows(
        "SELECT v.body FROM version v JOIN page p ON p.id = v.page_id WHERE p.url LIKE '%/t20.html'"
    )
    assert "第20阶段" in body[0]
    assert "第21阶段" in body[0]


def test_every_answer_is_archived_before_it_is_judged(rows):
    query = "SELECT COUNT(*) FROM fetch WHERE outcome IN ('new', 'changed') AND warc_offset IS NULL"
    assert rows(query) == [(0,)]
    assert rows("SELECT COUNT(*) FROM fetch WHERE status = 404 AND warc_offset IS NOT NULL") == [(1,)]


def test_the_crawler_says_who_it_is(crawled):
    assert crawled[1].headers["/xw/t1.html"]["user-agent"].startswith("Huixun/")
