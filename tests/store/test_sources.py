"""Which bytes stand behind a version, and what time a correction means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from made_reports import leased_page, report
from sqlalchemy import Engine, select

from crawler.database import reading, writing
from crawler.database.tables import Version
from crawler.frontier import Frontier
from crawler.outcomes import Outcome
from crawler.records import Report
from pipelines.store import archived, correct, reread, store

URL = "http://qingxi.example/1.html"


@dataclass(frozen=True)
class Kept:
    offset: int
    file: str = "run-1.warc.gz"
    sha256: str = "x"


def keep(engine: Engine, made: Report, offset: int | None) -> Outcome:
    """Store a reading of the page; its bytes stand at ``offset``, None: they were not archived."""
    leased = leased_page(engine, URL)
    if offset is not None:
        at = datetime(2024, 3, 8, tzinfo=UTC)
        Frontier(engine).fetched(leased, Kept(offset), status=200, size=9, fetched_at=at)
    with writing(engine) as session:
        return store(session, leased, made)


def source(engine: Engine) -> str | None:
    with reading(engine) as session:
        return session.scalars(select(Version.source)).one()


def test_facts_from_new_bytes_point_at_the_new_bytes(engine: Engine) -> None:
    """The site mended its source line under the same text: reading the archive again must not undo that."""
    keep(engine, report(source="青溪网"), offset=10)
    assert keep(engine, report(source="青溪县融媒体中心"), offset=20) is Outcome.UNCHANGED
    (answer,) = archived(engine)
    assert answer.warc_offset == 20
    with writing(engine) as session:
        again = reread(session, answer, report(source="青溪县融媒体中心"), apply=True)
    assert (again.effect, source(engine)) == ("same", "青溪县融媒体中心")


def test_the_same_facts_keep_their_first_bytes(engine: Engine) -> None:
    keep(engine, report(), offset=10)
    keep(engine, report(), offset=20)
    assert [answer.warc_offset for answer in archived(engine)] == [10]


def test_bytes_that_were_not_kept_stand_behind_nothing(engine: Engine) -> None:
    keep(engine, report(), offset=10)
    assert keep(engine, report(quality=0.5), offset=None) is Outcome.UNCHANGED
    assert [answer.warc_offset for answer in archived(engine)] == [10]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024-03-08T10:00", datetime(2024, 3, 8, 10)),
        ("2024-03-08T10:00+08:00", datetime(2024, 3, 8, 10)),
        ("2024-03-08T02:00Z", datetime(2024, 3, 8, 10)),
        ("2024-03-08T23:30:15.5-01:00", datetime(2024, 3, 9, 8, 30, 15)),
        ("2024-03-08", datetime(2024, 3, 8)),
    ],
)
def test_a_corrected_time_is_china_time_now_and_after_the_next_reading(
    engine: Engine, written: str, meant: datetime
) -> None:
    keep(engine, report(), offset=10)
    with writing(engine) as session:
        correct(session, 1, "published_at", written, author="季风", reason="见原件")
    for quality in (0.9, 0.8):
        with reading(engine) as session:
            assert session.scalars(select(Version.published_at)).one() == meant
        keep(engine, report(quality=quality), offset=20)
