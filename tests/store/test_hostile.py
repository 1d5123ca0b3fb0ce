"""Whatever a page says is stored on both databases, and what could not be kept is noted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_reports import leased_page, report
from sqlalchemy import Engine, select

from crawler.database import reading, writing
from crawler.database.tables import DocumentRef, Meeting, PersonRole, Point, Version
from crawler.outcomes import Outcome
from crawler.records import Cut, Document, Evidence, Person, Rejection, Repair, Report, Statement
from crawler.records import Meeting as MeetingRecord
from crawler.records import Point as PointRecord
from pipelines.store import store
from pipelines.store.rows import notes, small

URL = "http://qingxi.example/1.html"
HOSTILE = "会\x00议\ud800强\udfff调\U0010ffff\ufffe"
TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
NUMBER = st.integers(-(10**20), 10**20)


def keep(engine: Engine, made: Report, url: str = URL) -> Outcome:
    leased = leased_page(engine, url)
    with writing(engine) as session:
        return store(session, leased, made)


def test_characters_that_no_database_takes(engine: Engine) -> None:
    made = report(
        title=HOSTILE,
        source=HOSTILE,
        paragraphs=(HOSTILE,),
        body_as_found=HOSTILE,
        documents=(HOSTILE,),
        cuts=(Cut(HOSTILE, HOSTILE, HOSTILE),),
        repairs=(Repair(HOSTILE, 0, HOSTILE, HOSTILE),),
        evidence=(Evidence(HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
        document=Document(uploader=HOSTILE),
    )
    assert keep(engine, made) is Outcome.NEW
    with reading(engine) as session:
        version = session.scalars(select(Version)).one()
        assert version.body == "会\ufffd议\ufffd强\ufffd调\U0010ffff\ufffe"
        assert len(version.body) == len(HOSTILE), "no position moves"
        noted = {entry["subject"]: entry["value"] for entry in version.evidence if entry["step"] == "store"}
        assert noted["body"] == noted["title"] == "3 characters became U+FFFD"
    assert keep(engine, made) is Outcome.UNCHANGED, "it is compared as it is stored"


def test_an_address_that_is_hostile(engine: Engine) -> None:
    assert keep(engine, report(), f"http://qingxi.example/{HOSTILE}") is Outcome.NEW
    assert keep(engine, report(), "http://qingxi.example/" + "长" * 20_000) is Outcome.NEW


def test_hostile_words_in_a_rejection(engine: Engine) -> None:
    assert keep(engine, Report(URL, rejection=Rejection(HOSTILE, HOSTILE))) is Outcome.REJECTED
    assert keep(engine, Report(URL, rejection=Rejection("error", HOSTILE)), URL + "2") is Outcome.FAILED


def test_numbers_beyond_every_column(engine: Engine) -> None:
    meeting = replace(report().meetings[0], ordinal=10**30)
    said = replace(
        report().statements[0], points=(PointRecord(10**40, "a", 0, 1), PointRecord(-1, "b", 1, 2))
    )
    keep(engine, report(meetings=(meeting,), statements=(said,), document=Document(pages=2**31)))
    with reading(engine) as session:
        assert session.scalars(select(Meeting.ordinal)).one() is None
        assert session.scalars(select(Version.document_pages)).one() is None
        assert list(session.scalars(select(Point.number).order_by(Point.id))) == [1, 2]


@pytest.mark.parametrize(
    ("number", "kept"), [(0, 0), (2**31 - 1, 2**31 - 1), (2**31, None), (-1, None), (None, None)]
)
def test_small(number: int | None, kept: int | None) -> None:
    assert small(number) == kept


def test_labels_longer_than_an_index(engine: Engine) -> None:
    long = "柏" * 5000
    person = Person(long, long, 0, 5000, "rule")
    meeting = replace(report().meetings[0], region=long, name=long, hosts=(person,))
    made = report(meetings=(meeting,), documents=(f"《{long}》",), terms=(long,))
    keep(engine, made)
    with reading(engine) as session:
        name, title = session.execute(
            select(PersonRole.name, PersonRole.title).where(PersonRole.role == "host")
        ).one()
        assert (len(name), len(title)) == (500, 5000)
        assert len(session.scalars(select(DocumentRef.name)).one()) == 500
    assert [entry.rule for entry in notes(made)] == ["long_label"] * 4


def test_days_at_the_ends_of_the_calendar(engine: Engine) -> None:
    for number, day in enumerate((date.min, date.max)):
        meeting = replace(report().meetings[0], date=day)
        published = datetime(day.year, day.month, day.day)
        made = report(title=f"{number}", meetings=(meeting,), published_at=published)
        assert keep(engine, made, f"{URL}?{number}") is Outcome.NEW
    with reading(engine) as session:
        assert set(session.scalars(select(Meeting.date))) == {date.min, date.max}


def test_a_large_page(engine: Engine) -> None:
    lines = tuple(f"第{number}段，会议强调要落实责任。" for number in range(20_000))
    cuts = tuple(Cut("menu", "首页", f"/html/body/a[{number}]") for number in range(5_000))
    assert keep(engine, report(paragraphs=lines, cuts=cuts)) is Outcome.NEW


PEOPLE = st.lists(
    st.builds(Person, TEXT, st.none() | TEXT, st.integers(0, 99), st.integers(0, 99), TEXT), max_size=2
)
MEETINGS = st.builds(
    MeetingRecord,
    name=TEXT,
    ordinal=st.none() | NUMBER,
    date=st.none() | st.dates(),
    region=st.none() | TEXT,
    hosts=PEOPLE.map(tuple),
    absent=PEOPLE.map(tuple),
    follows=st.none() | st.integers(0, 3),
)
STATEMENTS = st.builds(
    Statement,
    speaker=TEXT,
    verb=TEXT,
    text=TEXT,
    start=st.integers(0, 99),
    end=st.integers(0, 99),
    points=st.lists(st.builds(PointRecord, NUMBER, TEXT, st.just(0), st.just(1)), max_size=2).map(tuple),
    meeting=st.integers(-2, 3),
)
REPORTS = st.builds(
    Report,
    url=TEXT,
    title=st.none() | TEXT,
    published_at=st.none() | st.datetimes(),
    reporters=st.lists(TEXT, max_size=2).map(tuple),
    paragraphs=st.lists(TEXT, max_size=3).map(tuple),
    body_as_found=TEXT,
    meetings=st.lists(MEETINGS, max_size=2).map(tuple),
    statements=st.lists(STATEMENTS, max_size=2).map(tuple),
    documents=st.lists(TEXT, max_size=2).map(tuple),
    terms=st.lists(TEXT, max_size=2).map(tuple),
    rejection=st.none() | st.builds(Rejection, TEXT, TEXT),
    quality=st.floats(0, 1),
)


@given(made=REPORTS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_report_is_stored_and_then_unchanged(engine: Engine, made: Report) -> None:
    first = keep(engine, made)
    assert first in set(Outcome)
    again = keep(engine, made)
    assert again is (first if made.rejection else Outcome.UNCHANGED)
