"""What columns do with moments and with text that a database cannot keep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from crawler.database import reading, writing
from crawler.database.columns import LABEL_LENGTH, storable, unstorable
from crawler.database.tables import Schedule, Term, Version
from crawler.database.upsert import url_key

ANY = st.text(st.characters(exclude_categories=()))


@given(ANY)
def test_storable_keeps_every_position(text: str) -> None:
    kept = storable(text)
    assert len(kept) == len(text)
    assert unstorable(kept) == 0
    assert all(a == b or b == "\ufffd" for a, b in zip(text, kept, strict=True))
    kept.encode()


@given(ANY)
def test_a_key_for_any_address(text: str) -> None:
    assert len(url_key(text)) == 64


def schedule(name: str, moment: datetime, arguments: list[str]) -> Schedule:
    return Schedule(name=name, cron="0 0 * * *", arguments=arguments, next_run=moment)


def test_moments_come_back_in_utc(engine: Engine) -> None:
    beijing = datetime(2024, 3, 6, 8, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    naive = datetime(2024, 3, 6, 0, 0)
    with writing(engine) as session:
        session.add_all([schedule("a", beijing, []), schedule("b", naive, [])])
    with reading(engine) as session:
        times = list(session.scalars(select(Schedule.next_run).order_by(Schedule.name)))
    assert times == [beijing, naive.replace(tzinfo=UTC)]
    assert all(time.utcoffset() == timedelta() for time in times)


def test_moments_compare_in_queries(engine: Engine) -> None:
    moment = datetime(2024, 3, 6, 0, 0, tzinfo=UTC)
    with writing(engine) as session:
        session.add(schedule("a", moment, []))
    with reading(engine) as session:
        for shift, found in ((0, 1), (1, 1), (-1, 0)):
            query = select(Schedule).where(Schedule.next_run <= moment + timedelta(microseconds=shift))
            assert len(session.scalars(query).all()) == found


def test_hostile_text_is_kept(engine: Engine) -> None:
    with writing(engine) as session:
        session.add(schedule("会\x00议", datetime(2024, 3, 6), ["\ud800", "会\x00"]))
    with reading(engine) as session:
        row = session.scalars(select(Schedule)).one()
        assert (row.name, row.arguments) == ("会\ufffd议", ["\ufffd", "会\ufffd"])


def test_labels_fit_an_index(engine: Engine) -> None:
    long = "".join(chr(0x20000 + at) for at in range(5000))
    with writing(engine) as session:
        session.add(schedule(long, datetime(2024, 3, 6), []))
    with reading(engine) as session:
        assert session.scalars(select(Schedule.name)).one() == long[:LABEL_LENGTH]


def test_which_columns_are_which() -> None:
    assert type(Version.__table__.c.body.type).__name__ == "Words"
    assert type(Term.__table__.c.name.type).__name__ == "Label"
    assert not Version.__table__.c.published_at.type.timezone
