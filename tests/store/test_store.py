"""One page, one transaction: version, facts, outcome; and each outcome by its rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from made_reports import leased_page, report
from sqlalchemy import Engine, func, select

from crawler.database import reading, writing
from crawler.database.leases import Leased, LeaseLost
from crawler.database.tables import (
    Base,
    Cut,
    DocumentRef,
    Fetch,
    Meeting,
    Page,
    PersonRole,
    Point,
    Rejection,
    Repair,
    Statement,
    Term,
    Version,
)
from crawler.frontier import Frontier
from crawler.outcomes import Outcome
from crawler.records import Person, Report
from crawler.records import Rejection as Refusal
from pipelines.store import store

URL = "http://qingxi.example/1.html"


def take(engine: Engine, url: str = URL) -> Leased:
    return leased_page(engine, url)


def keep(engine: Engine, leased: Leased, made: Report) -> Outcome:
    with writing(engine) as session:
        return store(session, leased, made)


def count(engine: Engine, table: type[Base]) -> int:
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_new_page(engine: Engine) -> None:
    leased = take(engine)
    assert keep(engine, leased, report()) is Outcome.NEW
    with reading(engine) as session:
        version, fetch = session.scalars(select(Version)).one(), session.scalars(select(Fetch)).one()
        page = session.scalars(select(Page)).one()
        assert (version.number, version.title, version.source) == (
            1,
            "青溪县政府召开常务会议",
            "青溪县融媒体中心",
        )
        assert (version.reporters, version.editors) == ("温禾", "陆青、季风")
        assert version.published_at == datetime(2024, 3, 7, 9, 30)
        assert (version.document_id, version.document_pages, version.uploader) == ("a1", 3, None)
        assert version.evidence[0]["rule"] == "meta"
        assert (fetch.outcome, fetch.ended_at is not None) == ("new", True)
        assert (page.lease_run_id, page.lease_until, page.revisit_days) == (None, None, 7)
    tables = (Meeting, Statement, Point, Cut, Repair, DocumentRef, Term)
    assert [count(engine, table) for table in tables] == [1] * 7
    assert count(engine, PersonRole) == 3


def test_every_position_points_at_its_words(engine: Engine) -> None:
    keep(engine, take(engine), report())
    with reading(engine) as session:
        body = session.scalars(select(Version.body)).one()
        for person in session.scalars(select(PersonRole)):
            assert body[person.start : person.end] == person.name
        for said in (*session.scalars(select(Statement)), *session.scalars(select(Point))):
            assert body[said.start : said.end] == said.text


def test_who_the_headline_alone_names_has_no_place(engine: Engine) -> None:
    meeting = report().meetings[0]
    spoke = Person("裘敏", "县长", None, None, "title/title_before", "裘敏", "县长")
    keep(engine, take(engine), report(meetings=(replace(meeting, speakers=(spoke,)),)))
    with reading(engine) as session:
        row = session.scalars(select(PersonRole).where(PersonRole.role == "speaker")).one()
        assert (row.name, row.start, row.end) == ("裘敏", None, None)


def test_the_same_again(engine: Engine) -> None:
    keep(engine, take(engine), report())
    assert keep(engine, take(engine), report()) is Outcome.UNCHANGED
    assert (count(engine, Version), count(engine, Meeting), count(engine, Cut)) == (1, 1, 1)


def test_the_address_does_not_make_a_difference(engine: Engine) -> None:
    keep(engine, take(engine), report())
    with reading(engine) as session:
        before = session.scalars(select(Version.read_at)).one()
    assert keep(engine, take(engine), report(url="http://qingxi.example/other")) is Outcome.UNCHANGED
    with reading(engine) as session:
        assert session.scalars(select(Version.read_at)).one() == before


@pytest.mark.parametrize(
    "change",
    [
        {"title": "青溪县政府召开常务会议（更正）"},
        {"title": None},
        {"paragraphs": (*report().paragraphs, "又及。")},
    ],
    ids=["title", "no title", "text"],
)
def test_another_text_is_another_version(engine: Engine, change: dict[str, object]) -> None:
    keep(engine, take(engine), report())
    assert keep(engine, take(engine), report(**change)) is Outcome.CHANGED
    with reading(engine) as session:
        numbers = list(session.scalars(select(Version.number).order_by(Version.number)))
        assert numbers == [1, 2]
    assert count(engine, Meeting) == 2, "each version keeps its own facts"


def test_back_to_an_older_text_is_a_change(engine: Engine) -> None:
    outcomes = [keep(engine, take(engine), report(title=title)) for title in ("甲", "乙", "甲", "甲")]
    assert outcomes == [Outcome.NEW, Outcome.CHANGED, Outcome.CHANGED, Outcome.UNCHANGED]


def test_a_better_reading_of_the_same_text(engine: Engine) -> None:
    keep(engine, take(engine), report(meetings=(), statements=(), source=None, cuts=()))
    assert keep(engine, take(engine), report()) is Outcome.UNCHANGED
    with reading(engine) as session:
        version = session.scalars(select(Version)).one()
        assert (version.number, version.source) == (1, "青溪县融媒体中心")
    assert (count(engine, Meeting), count(engine, Statement), count(engine, Cut)) == (1, 1, 1)
    assert keep(engine, take(engine), report(meetings=(), statements=())) is Outcome.UNCHANGED
    assert (count(engine, Meeting), count(engine, Point), count(engine, PersonRole)) == (0, 0, 0)


def test_a_rejection(engine: Engine) -> None:
    leased = take(engine)
    refused = Report(URL, rejection=Refusal("no_body", "12 characters of 3000"))
    assert keep(engine, leased, refused) is Outcome.REJECTED
    with reading(engine) as session:
        row = session.scalars(select(Rejection)).one()
        assert (row.fetch_id, row.reason, row.detail) == (leased.fetch_id, "no_body", "12 characters of 3000")
    assert count(engine, Version) == 0
    assert Frontier(engine).due_count(leased.site_id) == 0


def test_our_own_fault_is_a_failure_and_stays_due(engine: Engine) -> None:
    leased = take(engine)
    assert keep(engine, leased, Report(URL, rejection=Refusal("error", "KeyError: 3"))) is Outcome.FAILED
    with reading(engine) as session:
        fetch = session.scalars(select(Fetch)).one()
        assert (fetch.outcome, fetch.error) == ("failed", "KeyError: 3")
    assert count(engine, Rejection) == 0
    assert Frontier(engine).due_count(leased.site_id) == 1


def test_a_rejected_page_keeps_its_versions(engine: Engine) -> None:
    keep(engine, take(engine), report())
    keep(engine, take(engine), Report(URL, rejection=Refusal("blocked", "403")))
    assert count(engine, Version) == 1
    assert keep(engine, take(engine), report()) is Outcome.UNCHANGED


def test_a_lost_lease_stores_nothing(engine: Engine) -> None:
    leased = take(engine)
    Frontier(engine).fail(leased, "interrupted")
    for made in (
        report(),
        Report(URL, rejection=Refusal("x", "y")),
        Report(URL, rejection=Refusal("error", "z")),
    ):
        with pytest.raises(LeaseLost):
            keep(engine, leased, made)
    assert (count(engine, Version), count(engine, Rejection)) == (0, 0)


def test_killed_in_the_middle_of_storing(engine: Engine) -> None:
    leased = take(engine)
    with pytest.raises(KeyboardInterrupt), writing(engine) as session:
        store(session, leased, report())
        raise KeyboardInterrupt
    assert (count(engine, Version), count(engine, Meeting)) == (0, 0)
    assert keep(engine, leased, report()) is Outcome.NEW, "nothing is left of it, the page is still ours"


def test_an_empty_report(engine: Engine) -> None:
    assert keep(engine, take(engine), Report(URL)) is Outcome.NEW
    assert keep(engine, take(engine, URL + "?2"), Report(URL)) is Outcome.NEW
    with reading(engine) as session:
        assert session.scalar(select(func.count(func.distinct(Version.id)))) == 2


def test_times_with_a_zone_become_china_time(engine: Engine) -> None:
    moment = datetime(2024, 3, 6, 20, 0, tzinfo=timezone(timedelta(hours=0)))
    keep(engine, take(engine), report(published_at=moment))
    with reading(engine) as session:
        assert session.scalars(select(Version.published_at)).one() == datetime(2024, 3, 7, 4, 0)


def test_several_meetings_and_statements(engine: Engine) -> None:
    first = report().meetings[0]
    second = replace(first, name="随后的调度会", follows=0, hosts=(), date=None)
    said = report().statements[0]
    both = (said, replace(said, meeting=1), replace(said, meeting=7, points=()))
    keep(engine, take(engine), report(meetings=(first, second), statements=both))
    with reading(engine) as session:
        meetings = list(session.scalars(select(Meeting).order_by(Meeting.number)))
        assert [(m.number, m.follows) for m in meetings] == [(1, None), (2, 1)]
        told = session.scalars(select(Statement.meeting_id).order_by(Statement.number))
        assert list(told) == [meetings[0].id, meetings[1].id, None]
