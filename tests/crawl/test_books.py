"""The books of a run: each page is closed once and told of once; what stops a run is named once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date

import pytest
from crawl_run import a_site
from sqlalchemy import select

from crawler.archive import Archive
from crawler.books import RunBooks
from crawler.database import reading, writing
from crawler.database.tables import Fetch
from crawler.database.tables import Page as PageRow
from crawler.database.upsert import register_site
from crawler.errors import ArchiveError, DatabaseError
from crawler.events import ListsRead, PageClosed, RunResult, Wishes, faults_of
from crawler.frontier import Frontier, Link
from crawler.outcomes import Outcome
from crawler.records import Rejection, Report
from crawler.runs import close_run, open_run
from pipelines.stages import Answer
from spiders.lists import ListPage, ReportLink

BASE = "http://qingxi.example/xw"
SITE = a_site("qingxi.example", max_pages=3)
REPORT = Report(
    f"{BASE}/t1.html", title="青溪县召开会议", paragraphs=("会议强调，要压实责任。",), is_meeting_report=True
)


LINKS = (ReportLink(f"{BASE}/t1.html", date(2023, 3, 6)),)


@dataclass
class Desk:
    """Books with one site, and what they told."""

    books: RunBooks
    number: int
    told: list[PageClosed]

    def add(self, *names, **named):
        links = [Link(f"{BASE}/{name}.html", **named) for name in names]
        self.books.frontier.add(links, site_id=self.number, depth=1)

    def lease(self, limit=10):
        return asyncio.run(self.books.lease(self.number, limit))

    def reports(self, limit=10):
        return [page for page in self.lease(limit) if page.kind == "report"]

    def outcomes(self):
        with reading(self.books.frontier.engine) as session:
            rows = session.execute(
                select(PageRow.url, Fetch.outcome).join(Fetch, Fetch.page_id == PageRow.id)
            )
            return {url.rsplit("/", 1)[1]: outcome for url, outcome in rows}


@pytest.fixture
def desk(engine, tmp_path):
    with writing(engine) as session:
        number = register_site(session, SITE)
    frontier = Frontier(engine)
    frontier.start_lists([f"{BASE}/index.html"], site_id=number)
    told = []
    archive = Archive(tmp_path / "warc")
    books = RunBooks(
        open_run(engine, "test", ["qingxi"]), frontier, archive, None, {number: SITE}, on_event=told.append
    )
    books.on_due[number] = lambda: None
    yield Desk(books, number, told)
    books.end()
    archive.close()


def test_each_way_to_end_is_one_row_and_one_event(desk):
    desk.add("t1", "t2", "t3", "t4")
    one, two, three, four = desk.reports()
    asyncio.run(desk.books.close(one, REPORT))
    asyncio.run(desk.books.fail(two, "HTTP 500", 500))
    asyncio.run(desk.books.reject(three, "robots", "robots.txt forbids it"))
    asyncio.run(desk.books.unchanged(four))
    assert [event.outcome for event in desk.told] == ["new", "failed", "rejected", "unchanged"]
    assert [event.detail for event in desk.told] == ["", "HTTP 500", "robots: robots.txt forbids it", ""]
    wanted = {
        "t1.html": "new",
        "t2.html": "failed",
        "t3.html": "rejected",
        "t4.html": "unchanged",
        "index.html": None,
    }
    assert desk.outcomes() == wanted
    assert desk.books.counts == dict.fromkeys(["new", "failed", "rejected", "unchanged"], 1)


def test_a_rejected_report_tells_its_reason(desk):
    desk.add("t1")
    report = Report(f"{BASE}/t1.html", rejection=Rejection("not_a_report", "no meeting"))
    assert asyncio.run(desk.books.close(desk.reports()[0], report)) is Outcome.REJECTED
    assert desk.told[0].detail == "not_a_report: no meeting"


def test_a_list_brings_its_links_and_the_next_page(desk):
    (first,) = desk.lease()
    asyncio.run(desk.books.close(first, ListPage(LINKS, (f"{BASE}/index_2.html",))))
    assert sorted(page.url for page in desk.lease()) == [f"{BASE}/index_2.html", f"{BASE}/t1.html"]
    assert not desk.told, "list pages are told of only when they fail"


def test_an_endless_list_ends_at_its_cap(desk):
    taken = 0
    while lists := [page for page in desk.lease() if page.kind == "list"]:
        taken += len(lists)
        following = ListPage(LINKS, (f"{BASE}/index_{taken + 1}.html",))
        asyncio.run(desk.books.close(lists[0], following))
    assert taken == SITE.lists.max_pages


def test_a_list_that_is_refused_has_failed(desk):
    (first,) = desk.lease()
    asyncio.run(desk.books.reject(first, "robots", "robots.txt forbids it"))
    assert (desk.told[0].kind, desk.told[0].outcome) == ("list", "failed")
    assert desk.books.lists["qingxi"] == ListsRead(0, 1, "robots: robots.txt forbids it")


def test_a_first_list_page_without_a_report_has_failed(desk):
    """A login page, a rebuilt site, a selector that fits no more: an answer of 200, and nothing in it."""
    (first,) = desk.lease()
    assert asyncio.run(desk.books.close(first, ListPage())) is Outcome.FAILED
    assert desk.told[0].detail.startswith("no_links: not one link to a report")
    assert desk.books.lists["qingxi"].failed == 1


def test_a_later_list_page_may_be_empty(desk):
    (first,) = desk.lease()
    asyncio.run(desk.books.close(first, ListPage(LINKS, (f"{BASE}/index_2.html",))))
    (second,) = (page for page in desk.lease() if page.kind == "list")
    assert asyncio.run(desk.books.close(second, ListPage())) is Outcome.NEW
    assert desk.books.lists["qingxi"] == ListsRead(2, 0)


def test_a_page_taken_over_by_another_run_counts_as_failed_here(desk):
    """Its row was closed as failed when the lease ended; the books say the same and store nothing."""
    desk.add("t1")
    (page,) = desk.reports()
    close_run(desk.books.frontier.engine, desk.books.run_id, "crashed")
    assert asyncio.run(desk.books.close(page, REPORT)) is Outcome.FAILED
    assert "no longer has this page" in desk.told[0].detail
    assert desk.books.stopped is None


def test_a_disk_that_is_full_stops_the_run(desk, monkeypatch):
    desk.add("t1")
    (page,) = desk.reports()
    monkeypatch.setattr(
        desk.books.archive_, "write", lambda *_, **__: (_ for _ in ()).throw(ArchiveError("disk full"))
    )
    with pytest.raises(ArchiveError):
        asyncio.run(desk.books.archive(page, Answer(f"{BASE}/t1.html", 200, [], b"")))
    assert desk.books.stopped == "disk full"
    desk.books.stop("another reason")
    assert desk.books.stopped == "disk full", "the first reason counts"
    assert desk.lease() == []


def test_a_database_that_is_gone_stops_the_run(desk, monkeypatch):
    def gone(*_, **__):
        raise DatabaseError("database is gone")

    monkeypatch.setattr(desk.books.frontier, "lease", gone)
    assert desk.lease() == []
    assert desk.books.stopped == "database is gone"


def test_whatever_breaks_leasing_stops_the_run(desk, monkeypatch):
    """Not only a database that is gone: a crawl that gets no pages must not wait for ever, nor end as if well."""

    def broken(*_, **__):
        raise KeyError("lease_until")

    monkeypatch.setattr(desk.books.frontier, "lease", broken)
    assert desk.lease() == []
    assert desk.books.stopped == "no page could be leased: KeyError: 'lease_until'"


def test_a_limit_counts_report_pages_only(desk):
    desk.add("t1", "t2", "t3")
    desk.books.wishes = Wishes(limit=2)
    assert len(desk.reports()) + len(desk.reports()) + len(desk.reports()) == 2


def test_wishes_for_days_leave_the_others_due(desk):
    desk.add("t1", published=date(2023, 3, 1))
    desk.add("t2", published=date(2023, 3, 9))
    desk.add("t3")
    desk.books.wishes = Wishes(since=date(2023, 3, 2), until=date(2023, 3, 31))
    assert {page.url.rsplit("/", 1)[1] for page in desk.reports()} == {"t2.html", "t3.html"}


@pytest.mark.parametrize(
    ("counts", "known", "lists", "words"),
    [
        ({"due": 10, "new": 8, "rejected": 1, "failed": 1}, 0, {}, None),
        ({"due": 0}, 0, {"qingxi": ListsRead(3, 0)}, None),
        ({"due": 0}, 9, {"qingxi": ListsRead(3, 1, "HTTP 500")}, None),
        ({"due": 2, "failed": 2}, 9, {}, None),
        ({"due": 1, "rejected": 1}, 9, {}, None),
        ({"due": 2, "rejected": 2}, 0, {}, "every page was rejected"),
        ({"due": 5, "rejected": 5}, 9, {}, "every page was rejected"),
        ({"due": 3, "failed": 2, "rejected": 1}, 0, {}, "no page could be stored"),
        (
            {"due": 4, "new": 4},
            0,
            {"shixi": ListsRead(0, 2, "refused")},
            "site shixi: no list page could be read: refused",
        ),
    ],
)
def test_what_makes_a_run_red(counts, known, lists, words):
    faults = faults_of(counts, known, lists)
    assert bool(faults) == (words is not None)
    assert all(words in fault for fault in faults)


def test_a_result_is_one_line():
    assert RunResult(7, {}).reason == ""
    assert RunResult(7, {}, faults=("site a: b", "interrupted")).reason == "run 7: site a: b; interrupted"
