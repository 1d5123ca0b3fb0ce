"""What a person corrects stays corrected, whatever is read later."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from made_reports import leased_page, report
from sqlalchemy import Engine, select

from crawler.database import reading, writing
from crawler.database.leases import Leased
from crawler.database.tables import Correction, Meeting, Version
from crawler.errors import UsageError
from crawler.outcomes import Outcome
from crawler.records import Report
from pipelines.store import correct, store
from pipelines.store.corrections import corrected

URL = "http://qingxi.example/1.html"


def keep(engine: Engine, made: Report) -> tuple[Outcome, Leased]:
    leased = leased_page(engine, URL)
    with writing(engine) as session:
        return store(session, leased, made), leased


def fix(engine: Engine, page_id: int, field: str, after: str | None) -> None:
    with writing(engine) as session:
        correct(session, page_id, field, after, author="季风", reason="见原件")


def latest(engine: Engine) -> tuple[Version, Meeting]:
    with reading(engine) as session:
        version = session.scalars(select(Version).order_by(Version.number.desc())).first()
        assert version is not None
        meeting = session.scalars(select(Meeting).where(Meeting.version_id == version.id)).one()
        session.expunge_all()
        return version, meeting


def test_applied_at_once_and_kept(engine: Engine) -> None:
    _, leased = keep(engine, report())
    fix(engine, leased.page_id, "title", "青溪县政府第12次常务会议召开")
    fix(engine, leased.page_id, "published_at", "2024-03-08T10:00")
    fix(engine, leased.page_id, "meeting.1.date", "2024-03-05")
    fix(engine, leased.page_id, "meeting.1.level", None)
    for made, outcome in (
        (report(), Outcome.UNCHANGED),
        (report(quality=0.5), Outcome.UNCHANGED),
        (report(paragraphs=("改写。",), statements=()), Outcome.CHANGED),
    ):
        version, meeting = latest(engine)
        assert version.title == "青溪县政府第12次常务会议召开"
        assert version.published_at == datetime(2024, 3, 8, 10)
        assert (meeting.date, meeting.level) == (date(2024, 3, 5), None)
        assert keep(engine, made)[0] is outcome
    version, meeting = latest(engine)
    assert (version.number, version.title, meeting.date) == (
        2,
        "青溪县政府第12次常务会议召开",
        date(2024, 3, 5),
    )
    assert [e["place"] for e in version.evidence if e["rule"] == "correction"] == ["季风"] * 4


def test_what_it_was_is_kept(engine: Engine) -> None:
    _, leased = keep(engine, report())
    fix(engine, leased.page_id, "meeting.1.date", "2024-03-05")
    fix(engine, leased.page_id, "meeting.1.date", "2024-03-04")
    with reading(engine) as session:
        rows = session.scalars(select(Correction).order_by(Correction.id)).all()
        assert [(row.before, row.after) for row in rows] == [
            ("2024-03-06", "2024-03-05"),
            ("2024-03-05", "2024-03-04"),
        ]
    keep(engine, report(quality=0.1))
    assert latest(engine)[1].date == date(2024, 3, 4), "the latest counts"


def test_a_corrected_name_is_found_by_searches_and_joins(engine: Engine) -> None:
    _, leased = keep(engine, report())
    fix(engine, leased.page_id, "meeting.1.name", "縣政府 第12次常務會議")
    fix(engine, leased.page_id, "meeting.1.organiser", "縣府")
    for made in (report(), report(quality=0.5)):
        keep(engine, made)
        meeting = latest(engine)[1]
        assert (meeting.name, meeting.normalised) == ("縣政府 第12次常務會議", "县政府第12次常务会议")
        assert (meeting.organiser, meeting.organiser_normalised) == ("縣府", "县府")
    fix(engine, leased.page_id, "meeting.1.organiser", None)
    assert latest(engine)[1].organiser_normalised is None


@pytest.mark.parametrize(
    ("field", "after", "words"),
    [
        ("body", "x", "cannot be corrected"),
        ("meeting.1.hosts", "x", "cannot be corrected"),
        ("meeting.0.date", "2024-03-05", "cannot be corrected"),
        ("meeting.1.date", "3月5日", "no date"),
        ("published_at", "昨天", "no date"),
        ("genre", "novel", "cannot be 'novel'"),
        ("genre", None, "cannot be None"),
        ("meeting.1.level", "village", "cannot be 'village'"),
        ("meeting.1.name", None, "cannot be None"),
        ("meeting.9.date", "2024-03-05", "no meeting 9"),
    ],
)
def test_what_cannot_be(engine: Engine, field: str, after: str | None, words: str) -> None:
    _, leased = keep(engine, report())
    with pytest.raises(UsageError, match=words):
        fix(engine, leased.page_id, field, after)
    with reading(engine) as session:
        assert session.scalars(select(Correction)).all() == []


def test_a_page_without_a_version(engine: Engine) -> None:
    with pytest.raises(UsageError, match="no version"):
        fix(engine, leased_page(engine, URL).page_id, "title", "x")


def test_a_meeting_that_is_no_longer_read() -> None:
    fixed = Correction(page_id=1, field="meeting.2.name", before="a", after="b", author="季风", reason="x")
    made = corrected(report(), [fixed])
    assert made.meetings == report().meetings
    assert made.evidence[-1].rule == "correction"
