"""Reading the archive again: a dry run changes nothing, the real one brings versions up to date in place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest
from made_reports import BODY, leased_page, report
from sqlalchemy import Engine, func, select

from crawler.database import reading, writing
from crawler.database.readonly import ask
from crawler.database.tables import Copy, Meeting, Version
from crawler.database.tables import Rejection as RejectionRow
from crawler.frontier import Frontier
from crawler.outcomes import Outcome
from crawler.records import Person, Rejection, Report
from pipelines.store import Archived, archived, correct, reread, store

URL = "http://qingxi.example/1.html"
REFUSED = Report(URL, rejection=Rejection("no_body", "0 characters"))


@dataclass(frozen=True)
class Kept:
    file: str
    offset: int
    sha256: str = "x"


def keep(engine: Engine, made: Report, url: str = URL, offset: int = 7, day: int = 8) -> Outcome:
    leased, frontier = leased_page(engine, url), Frontier(engine)
    at = datetime(2024, 3, day, tzinfo=UTC)
    frontier.fetched(leased, Kept("run-1.warc.gz", offset), status=200, size=9, fetched_at=at)
    frontier.fetched_part(leased, 3, f"{url}_3", Kept("run-1.warc.gz", offset + 2), status=200)
    frontier.fetched_part(leased, 2, f"{url}_2", Kept("run-1.warc.gz", offset + 1), status=200)
    with writing(engine) as session:
        return store(session, leased, made)


def again(engine: Engine, made: Report, *, apply: bool) -> tuple[str, tuple[str, ...]]:
    (answer,) = archived(engine)
    with writing(engine) as session:
        found = reread(session, answer, made, apply=apply)
        return found.effect, found.fields


def count(engine: Engine, table: type[Version | Copy | Meeting | RejectionRow]) -> int:
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_where_the_answers_are(engine: Engine) -> None:
    keep(engine, report())
    (answer,) = archived(engine)
    assert answer == Archived(
        page_id=1,
        fetch_id=1,
        url=URL,
        site_key="qingxi",
        fetched_at=datetime(2024, 3, 8, tzinfo=UTC),
        warc_file="run-1.warc.gz",
        warc_offset=7,
        parts=((2, "run-1.warc.gz", 8), (3, "run-1.warc.gz", 9)),
    )


def test_the_answer_behind_the_latest_version(engine: Engine) -> None:
    keep(engine, report(), offset=10)
    keep(engine, report(title="更正"), offset=20)
    keep(engine, report(title="更正"), offset=30)
    keep(engine, REFUSED, offset=40)
    assert [answer.warc_offset for answer in archived(engine)] == [20]


def test_a_refused_page_is_read_again_too(engine: Engine) -> None:
    keep(engine, REFUSED, offset=10)
    keep(engine, REFUSED, offset=20)
    assert [answer.warc_offset for answer in archived(engine)] == [20]


def test_by_day_and_site(engine: Engine) -> None:
    keep(engine, report(), day=8)
    keep(engine, report(title="又一篇"), URL + "?2", day=9)
    assert len(list(archived(engine))) == 2
    assert len(list(archived(engine, since=date(2024, 3, 9)))) == 1
    assert len(list(archived(engine, sites=["qingxi"]))) == 2
    assert list(archived(engine, sites=["other"])) == []


def test_pages_without_an_answer_are_left(engine: Engine) -> None:
    Frontier(engine).fail(leased_page(engine, URL), "timeout")
    assert list(archived(engine)) == []


def test_many_pages_in_batches(engine: Engine) -> None:
    for number in range(5):
        keep(engine, report(title=str(number)), f"{URL}?{number}")
    assert [answer.page_id for answer in archived(engine, batch=2)] == [1, 2, 3, 4, 5]


def test_the_same_reading(engine: Engine) -> None:
    keep(engine, report())
    assert again(engine, report(), apply=True) == ("same", ())


def test_hostile_words_are_compared_as_they_are_stored(engine: Engine) -> None:
    made = report(title="会\x00议", terms=(), documents=("《\ud800》",))
    keep(engine, made)
    assert again(engine, made, apply=False) == ("same", ())


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"title": "更正"}, ("title",)),
        ({"paragraphs": BODY[:2]}, ("body",)),
        ({"published_at": None, "quality": 0.5}, ("published_at", "quality")),
        ({"documents": ()}, ("document_ref",)),
        ({"statements": ()}, ("statement",)),
        ({"meetings": ()}, ("meeting", "person_role")),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else "",
)
def test_what_differs_is_named(engine: Engine, change: dict[str, object], fields: tuple[str, ...]) -> None:
    keep(engine, report())
    made = report(**change)
    assert again(engine, made, apply=False) == ("changed", fields)
    assert again(engine, made, apply=False) == ("changed", fields), "a dry run changes nothing"
    assert again(engine, made, apply=True) == ("changed", fields)
    assert again(engine, made, apply=True) == ("same", ())
    assert count(engine, Version) == 1, "in place"


def test_another_host(engine: Engine) -> None:
    keep(engine, report())
    meeting = replace(report().meetings[0], hosts=(Person("秦川", "副县长", 0, 2, "x"),))
    assert again(engine, report(meetings=(meeting,)), apply=True) == ("changed", ("person_role",))
    assert ask(engine, "SELECT hosts FROM v_reports").rows == (("秦川",),)


def test_a_page_that_is_accepted_now(engine: Engine) -> None:
    keep(engine, REFUSED)
    assert again(engine, report(), apply=False)[0] == "accepted"
    assert count(engine, Version) == 0
    assert again(engine, report(), apply=True)[0] == "accepted"
    assert (count(engine, Version), count(engine, Copy)) == (1, 1)
    assert again(engine, report(), apply=True)[0] == "same"


def test_a_page_that_is_refused_now_and_then_not(engine: Engine) -> None:
    keep(engine, report())
    assert again(engine, REFUSED, apply=False)[0] == "refused"
    assert count(engine, Copy) == 1
    assert again(engine, REFUSED, apply=True)[0] == "refused"
    assert again(engine, REFUSED, apply=True)[0] == "refused"
    assert ask(engine, "SELECT count(*) FROM v_reports").rows == ((0,),)
    assert (count(engine, Version), count(engine, RejectionRow)) == (1, 1)
    assert again(engine, report(), apply=True)[0] == "same"
    assert ask(engine, "SELECT count(*) FROM v_reports").rows == ((1,),)


def test_a_page_that_is_refused_leaves_the_other_copies(engine: Engine) -> None:
    keep(engine, report())
    keep(engine, report(site_type="aggregator"), URL + "?copy")
    first, _ = archived(engine)
    with writing(engine) as session:
        reread(session, first, REFUSED, apply=True)
    assert ask(engine, "SELECT url, copies FROM v_reports").rows == ((URL + "?copy", 1),)


def test_a_crawl_brings_a_refused_page_back(engine: Engine) -> None:
    keep(engine, report())
    again(engine, REFUSED, apply=True)
    assert keep(engine, report()) is Outcome.UNCHANGED
    assert ask(engine, "SELECT count(*) FROM v_reports").rows == ((1,),)


def test_still_refused_and_our_own_fault(engine: Engine) -> None:
    keep(engine, REFUSED)
    assert again(engine, REFUSED, apply=True)[0] == "still_refused"
    assert again(engine, Report(URL, rejection=Rejection("error", "KeyError")), apply=True)[0] == "error"
    assert (count(engine, Version), count(engine, RejectionRow)) == (0, 1)


def test_corrections_stand(engine: Engine) -> None:
    keep(engine, report())
    with writing(engine) as session:
        correct(session, 1, "title", "更正", author="季风", reason="x")
    again(engine, report(quality=0.3), apply=True)
    assert ask(engine, "SELECT title, quality FROM v_reports").rows == (("更正", 0.3),)
    assert again(engine, report(quality=0.3), apply=False) == ("same", ())


def test_the_ledger_stays(engine: Engine) -> None:
    keep(engine, REFUSED)
    before = ask(engine, "SELECT * FROM crawl_run").rows
    again(engine, report(), apply=True)
    assert ask(engine, "SELECT * FROM crawl_run").rows == before
    assert ask(engine, 'SELECT outcome FROM "fetch"').rows == (("rejected",),)
