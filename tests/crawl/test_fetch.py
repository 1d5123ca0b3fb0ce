"""One page for ``huixun scrape``: the same guard and the same manners as a crawl, as often as wanted."""

from __future__ import annotations

import pytest
from crawl_run import a_site
from loopback import Reply, web
from sample_pages import report

from crawler.config import Settings
from crawler.crawling import fetch
from crawler.errors import FetchError


@pytest.fixture(scope="module")
def served():
    routes = {
        "/robots.txt": Reply(b"User-agent: *\nDisallow: /closed/\n", "text/plain"),
        "/xw/t1.html": Reply(report(1, charset="gb18030"), "text/html; charset=gbk"),
        "/moved": Reply(status=301, headers={"Location": "/xw/t1.html"}),
    }
    with web(routes) as served:
        yield served


@pytest.fixture
def settings(tmp_path):
    return Settings(data=tmp_path, contact="tests")


def test_pages_come_as_bytes_one_after_the_other(served, settings):
    site = a_site(served.host)
    page = fetch(f"{served.base}/moved", settings, site=site)
    assert page.url == f"{served.base}/xw/t1.html"
    assert page.body == report(1, charset="gb18030")
    assert (page.content_type, page.status, page.site) == ("text/html; charset=gbk", 200, site)
    assert page.fetched_at is not None
    with pytest.raises(FetchError, match=r"t2\.html: HTTP 404"):
        fetch(f"{served.base}/xw/t2.html", settings, site=site)


def test_what_robots_forbids_is_not_fetched(served, settings):
    with pytest.raises(FetchError, match=r"robots\.txt"):
        fetch(f"{served.base}/closed/1.html", settings, site=a_site(served.host))
    assert not served.asked["/closed/1.html"]


def test_an_address_inside_is_refused(served, settings):
    with pytest.raises(FetchError, match="not a public address"):
        fetch(f"{served.base}/xw/t1.html", settings)


@pytest.mark.parametrize("url", ["ftp://example.com/a", "http://", "会议"])
def test_what_is_no_address_is_said_to_be_none(url, settings):
    with pytest.raises(FetchError, match=r"not an http"):
        fetch(url, settings)
