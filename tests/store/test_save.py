"""Single pages are saved with a site, a run and a ledger of their own."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from made_reports import leased_page, report
from sqlalchemy import Engine, select

from crawler.database import reading
from crawler.database.tables import CrawlRun, Fetch, Page, Site
from crawler.errors import DatabaseError
from crawler.outcomes import Outcome
from crawler.records import Page as PageRecord
from crawler.records import Part, Rejection, Report
from crawler.runs import close_run, list_runs, open_run
from crawler.sites import Lists
from crawler.sites import Site as SiteFile
from pipelines.store import archived, save

PAGE = PageRecord("http://qingxi.example/1.html", b"<html>")


@dataclass(frozen=True)
class Kept:
    file: str
    offset: int
    sha256: str = "0" * 64


def test_a_page_of_no_site(engine: Engine) -> None:
    assert save(engine, PAGE, report()) is Outcome.NEW
    assert save(engine, PAGE, report()) is Outcome.UNCHANGED
    assert save(engine, PAGE, report(title="更正")) is Outcome.CHANGED
    assert save(engine, PAGE, Report("", rejection=Rejection("no_body", "x"))) is Outcome.REJECTED
    with reading(engine) as session:
        assert session.scalars(select(Site.key)).all() == ["scrape"]
        assert len(session.scalars(select(Page)).all()) == 1
        fetch = session.scalars(select(Fetch)).first()
        assert fetch is not None
        assert (fetch.status, fetch.bytes, fetch.warc_file) == (200, 6, None)
    summaries = list_runs(engine)
    assert [run.counts.due for run in summaries] == [1, 1, 1, 1]
    assert all(run.counts.closes and run.exit_reason == "finished" for run in summaries)


def test_a_page_of_a_site(engine: Engine) -> None:
    site = SiteFile(
        key="qingxi",
        name="青溪县人民政府网",
        type="portal",
        hosts=("Qingxi.example",),
        lists=Lists(urls=("http://qingxi.example/",), report=".*"),
    )
    page = PageRecord(PAGE.url, PAGE.body, site=site)
    assert save(engine, page, report(), {1: Kept("run-1.warc.gz", 9)}) is Outcome.NEW
    with reading(engine) as session:
        row = session.scalars(select(Site)).one()
        assert (row.key, row.name, row.hosts) == ("qingxi", "青溪县人民政府网", ["qingxi.example"])
        assert session.execute(select(Fetch.warc_file, Fetch.warc_offset)).one() == ("run-1.warc.gz", 9)


def test_further_pages_are_kept_too(engine: Engine) -> None:
    parts = (Part(2, f"{PAGE.url}?2", b"two"), Part(3, f"{PAGE.url}?3", None, "part_missing"))
    page = PageRecord(PAGE.url, PAGE.body, parts=parts)
    save(engine, page, report(), {1: Kept("run-1.warc.gz", 9), 2: Kept("run-1.warc.gz", 50)})
    [answer] = archived(engine)
    assert (answer.warc_file, answer.warc_offset) == ("run-1.warc.gz", 9)
    assert answer.parts == ((2, "run-1.warc.gz", 50),)


def test_several_pages_in_one_run(engine: Engine) -> None:
    run = open_run(engine, "scrape", ["scrape"])
    for number in range(3):
        save(engine, PageRecord(f"file:///{number}.html", b""), report(title=str(number)), run_id=run)
    summary = close_run(engine, run)
    assert (summary.ok, summary.counts.due, summary.counts.new) == (True, 3, 3)
    with reading(engine) as session:
        assert len(session.scalars(select(CrawlRun)).all()) == 1


def test_not_while_a_crawl_has_it(engine: Engine) -> None:
    leased = leased_page(engine, PAGE.url, "scrape")
    with pytest.raises(DatabaseError, match=f"run {leased.run_id} has this page now"):
        save(engine, PAGE, report())
    with reading(engine) as session:
        assert len(session.scalars(select(CrawlRun)).all()) == 1, "the run that was begun for it is gone too"
