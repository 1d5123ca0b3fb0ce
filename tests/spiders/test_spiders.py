"""The three spiders: what they ask, what they take for an answer, and whom they take it to."""

from __future__ import annotations

import asyncio

import pytest
from crawl_run import a_site
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadTimeoutError, DropItem, IgnoreRequest
from scrapy.http import Request, Response
from scrapy.statscollectors import MemoryStatsCollector
from twisted.python.failure import Failure

from crawler.database.leases import Leased
from crawler.errors import DatabaseError, ForbiddenAddress
from crawler.outcomes import Outcome
from crawler.records import Report
from pipelines.judge import judge
from pipelines.stages import Judge, Judged, Store
from spiders.aggregator import AggregatorSpider
from spiders.base import PATIENCE, answer_of
from spiders.docshare import DocshareSpider
from spiders.lists import read_list
from spiders.portal import PortalSpider

URL = "http://qingxi.example/xw/t1.html"
LEASED = Leased(1, 1, 1, 1, URL, "report", 1, etag='"a"', last_modified="Tue, 28 Mar 2023 01:10:00 GMT")


class Noted:
    """Books that only note what they are told."""

    def __init__(self):
        self.notes = []
        self.verdict = Report(URL)

    def __getattr__(self, name):
        async def note(*arguments):
            self.notes.append((name, *arguments))
            return self.verdict if name == "judge" else Outcome.NEW

        return note

    def leave_alone(self, site, why):
        self.notes.append(("leave_alone", site, why))

    @property
    def names(self):
        return [note[0] for note in self.notes]


def a_spider(kind, site):
    """A spider whose settings are still open, as when Scrapy makes it, and with books."""
    crawler = Crawler(kind)
    crawler.stats = MemoryStatsCollector(crawler)
    spider = kind.from_crawler(crawler, site=site, books=Noted())
    crawler.spider = spider
    return spider


@pytest.fixture
def spider():
    return a_spider(PortalSpider, a_site("qingxi.example"))


def answer(spider, status=200, body=b"<p>x</p>", leased=LEASED, **headers):
    headers = {"Content-Type": "text/html"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    response = Response(
        leased.url, status, headers, body, request=Request(leased.url, meta={"leased": leased})
    )

    async def captures():
        return [capture async for capture in spider.parse(response)]

    return asyncio.run(captures())


def test_what_the_site_said_last_time_makes_the_request_conditional(spider):
    headers = spider.ask(LEASED).headers
    assert headers["If-None-Match"] == b'"a"'
    assert headers["If-Modified-Since"] == b"Tue, 28 Mar 2023 01:10:00 GMT"
    assert "If-None-Match" not in spider.ask(Leased(1, 1, 1, 1, URL, "report", 1)).headers


def test_a_page_is_archived_and_then_handed_on(spider):
    (capture,) = answer(spider)
    assert spider.books.names == ["archive"]
    assert (capture.work, capture.page.body, capture.page.site) == (judge, b"<p>x</p>", spider.site)


def test_a_list_goes_to_the_reader_of_lists(spider):
    (capture,) = answer(spider, leased=Leased(1, 1, 1, 1, URL, "list", 0))
    assert capture.work is read_list


@pytest.mark.parametrize(
    ("status", "notes"),
    [(304, ["unchanged"]), (404, ["archive", "fail"]), (410, ["archive", "fail"]), (500, ["archive", "fail"]), (301, ["archive", "fail"])],
)  # fmt: skip
def test_a_status_that_is_no_page_closes_it(spider, status, notes):
    assert answer(spider, status) == []
    assert spider.books.names == notes


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/json", "video/mp4"])
def test_what_is_no_text_is_rejected(spider, kind):
    assert answer(spider, Content_Type=kind) == []
    assert spider.books.notes[-1] == ("reject", LEASED, "content_type", f"{kind} is no text")


@pytest.mark.parametrize(
    "kind",
    [
        "text/html;charset=GBK",
        "TEXT/HTML",
        "text/plain",
        "application/xhtml+xml",
        "",
        "application/octet-stream",
    ],
)
def test_what_may_be_text_is_judged(spider, kind):
    assert len(answer(spider, Content_Type=kind)) == 1


@pytest.mark.parametrize(
    ("error", "note"),
    [
        (ForbiddenAddress("10.1.2.3"), ("reject", LEASED, "forbidden_address", "10.1.2.3")),
        (
            IgnoreRequest("max redirections reached"),
            ("fail", LEASED, "redirect loop: no end after many redirects"),
        ),
        (DownloadTimeoutError("took\n too long"), ("fail", LEASED, "DownloadTimeoutError: took too long")),
        (ValueError(), ("fail", LEASED, "ValueError")),
    ],
)
def test_no_answer_closes_the_page_with_the_reason(spider, error, note):
    asyncio.run(spider.failed(LEASED, Failure(error)))
    assert spider.books.notes == [note]


def test_a_site_that_turns_us_away_is_left_alone_once(spider):
    for _ in range(2 * PATIENCE):
        answer(spider, 403)
    assert spider.books.names.count("leave_alone") == 1


def test_one_good_answer_makes_up_for_the_bad_ones(spider):
    for _ in range(3):
        for _ in range(PATIENCE - 1):
            answer(spider, 403)
        answer(spider, 200)
    assert "leave_alone" not in spider.books.names


def test_a_run_that_is_being_stopped_leaves_the_page_open(spider):
    async def gone(*_):
        raise DatabaseError("gone")

    spider.books.archive = gone
    assert answer(spider) == []
    assert spider.books.notes == []


def test_a_file_is_handed_on_whatever_its_header_says(spider):
    (capture,) = answer(spider, body=b"%PDF-1.7", Content_Type="application/msword")
    assert capture.work is judge


def test_the_files_of_a_report_are_made_known_where_the_site_file_says_so(spider):
    link = b'<a href="P020230306.pdf">x</a>'
    answer(spider, body=link)
    assert "add_files" not in spider.books.names
    spider.site = a_site("qingxi.example", files=r"\.pdf$")
    answer(spider, body=link)
    assert spider.books.names[-2:] == ["judge", "add_files"]


@pytest.mark.parametrize("kind", [PortalSpider, DocshareSpider, AggregatorSpider])
def test_the_politeness_of_the_site_file_rules(kind):
    site = a_site("qingxi.example", kind=kind.site_type)
    polite = site.politeness.model_copy(update={"delay": 2.5, "concurrency": 3, "verify_tls": True})
    settings = a_spider(kind, site.model_copy(update={"politeness": polite})).crawler.settings
    assert settings.getfloat("DOWNLOAD_DELAY") == 2.5
    assert settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 3
    assert settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
    assert settings["USER_AGENT"].startswith("Huixun/")


def test_an_answer_for_the_archive_keeps_headers_and_attempts():
    request = Request(URL, meta={"retry_times": 2})
    response = Response(URL, 200, {"Set-Cookie": ["a=1", "b=2"]}, b"x", request=request)
    kept = answer_of(response)
    assert (kept.url, kept.status, kept.body, kept.attempts) == (URL, 200, b"x", 3)
    assert kept.headers == [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]


def test_judge_and_store_pass_on_and_count(spider):
    (capture,) = answer(spider)
    judged = asyncio.run(Judge.from_crawler(spider.crawler).process_item(capture))
    assert judged == Judged(LEASED, spider.books.verdict)
    assert asyncio.run(Store.from_crawler(spider.crawler).process_item(judged)) is judged
    assert spider.crawler.stats.get_value("huixun/new") == 1
    assert spider.books.names == ["archive", "judge", "close"]


def test_a_page_whose_judging_breaks_is_closed_as_failed(spider):
    (capture,) = answer(spider)

    async def broken(*_):
        raise RuntimeError("odd")

    spider.books.judge = broken
    with pytest.raises(DropItem):
        asyncio.run(Judge.from_crawler(spider.crawler).process_item(capture))
    assert spider.books.notes[-1] == ("fail", LEASED, "not judged: odd")
