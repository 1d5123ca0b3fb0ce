"""A polite guest: robots.txt and its delay, Retry-After, one request at a time where the site says so."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from crawl_run import a_site, run
from loopback import Reply, web
from sample_pages import column, listing, report

from crawler.politeness import retry_after

NOW = datetime(2026, 3, 6, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, 0),
        (b"120", 120),
        (b" 5 ", 5),
        (b"Fri, 06 Mar 2026 12:01:30 GMT", 90),
        (b"Fri, 06 Mar 2026 11:00:00 GMT", 0),
        (b"soon", 0),
        (b"-5", 0),
        ("一会儿".encode("gbk"), 0),
        (b"\xb2\xb3", 0),
        (b"", 0),
    ],
)
def test_retry_after_in_seconds_or_as_a_date(value, seconds):
    assert retry_after(value, NOW) == seconds


def times(served, paths):
    """Note when each of the paths is asked."""
    moments = []

    def noting(body):
        def answer(handler):
            moments.append(time.monotonic())
            handler.send_response(200)
            handler.send_header("Content-Type", "text/html; charset=utf-8")
            handler.end_headers()
            handler.wfile.write(body)

        return answer

    for path in paths:
        served.routes[path] = noting(served.routes[path].body)
    return moments


def test_crawl_delay_spaces_the_requests(tmp_path):
    with web(column(4)) as served:
        served.routes["/robots.txt"] = Reply(b"User-agent: huixun\nCrawl-delay: 0.5\n", "text/plain")
        moments = times(served, [f"/xw/t{n}.html" for n in range(1, 5)])
        assert run(tmp_path, [a_site(served.host)]).counts["new"] == 4
    assert min(b - a for a, b in pairwise(moments)) >= 0.4


def test_the_delay_of_the_site_file_spaces_the_requests(tmp_path):
    with web(column(4)) as served:
        moments = times(served, [f"/xw/t{n}.html" for n in range(1, 5)])
        site = a_site(served.host)
        polite = site.politeness.model_copy(update={"delay": 0.4})
        run(tmp_path, [site.model_copy(update={"politeness": polite})])
    assert min(b - a for a, b in pairwise(moments)) >= 0.3


def test_a_busy_site_is_left_alone_for_the_time_it_names(tmp_path):
    busy = Reply(report(1), headers={"Retry-After": "1"}, before=(503,))
    with web({"/xw/index.html": Reply(listing([("t1.html", "")])), "/xw/t1.html": busy}) as served:
        started = time.monotonic()
        assert run(tmp_path, [a_site(served.host)]).outcome("/xw/t1.html") == "new"
        assert served.asked["/xw/t1.html"] == 2
    assert time.monotonic() - started >= 1


def test_a_wait_that_is_too_long_ends_the_page_for_this_run(tmp_path):
    busy = Reply(report(1), headers={"Retry-After": "3600"}, status=429)
    with web(
        {
            "/xw/index.html": Reply(listing([("t1.html", ""), ("t2.html", "")])),
            "/xw/t1.html": busy,
            "/xw/t2.html": Reply(report(2)),
        }
    ) as served:
        crawled = run(tmp_path, [a_site(served.host)])
        assert (crawled.outcome("/xw/t1.html"), crawled.detail("/xw/t1.html")) == ("failed", "HTTP 429")
        assert served.asked["/xw/t1.html"] == 1


def test_rules_for_others_do_not_bind_us(tmp_path):
    with web(column(1)) as served:
        served.routes["/robots.txt"] = Reply(
            b"User-agent: otherbot\nDisallow: /\n\nUser-agent: Huixun\nDisallow: /no/\n", "text/plain"
        )
        assert run(tmp_path, [a_site(served.host)]).counts["new"] == 1
