"""Copies of one text meet in one report, whatever order they come in."""

from __future__ import annotations

import threading
from datetime import datetime

from made_reports import BODY, leased_page, report
from sqlalchemy import Engine, func, select

from crawler.database import reading, writing
from crawler.database.leases import Leased
from crawler.database.tables import Copy, Page, Version
from crawler.database.tables import Report as ReportRow
from crawler.records import Report
from pipelines.store import store

ORIGINAL = "http://qingxi.example/1.html"
DAY = datetime(2024, 3, 7, 9, 30)


def keep(engine: Engine, url: str, made: Report, key: str = "qingxi") -> None:
    leased = leased_page(engine, url, key)
    with writing(engine) as session:
        store(session, leased, made)


def state(engine: Engine) -> dict[str, tuple[int, str, float]]:
    """By address: number of the report, relation, similarity."""
    with reading(engine) as session:
        query = select(Page.url, Copy.report_id, Copy.relation, Copy.similarity)
        query = query.join(Version, Version.id == Copy.version_id).join(Page, Page.id == Version.page_id)
        return {
            url: (number, relation, round(likeness, 2))
            for url, number, relation, likeness in session.execute(query)
        }


def best(engine: Engine) -> list[str]:
    with reading(engine) as session:
        query = select(Page.url).join(Version, Version.page_id == Page.id)
        return list(
            session.scalars(query.join(ReportRow, ReportRow.version_id == Version.id).order_by(ReportRow.id))
        )


def edited() -> Report:
    """A reprint with an editor's line and another title."""
    body = (*BODY, "（责任编辑：季风）")
    return report(title="青溪：安全生产不放松", paragraphs=body, site_type="aggregator")


def test_a_reprint_an_excerpt_and_a_mirror(engine: Engine) -> None:
    keep(engine, ORIGINAL, report())
    keep(engine, "http://news.example/r", edited(), "news")
    keep(engine, "http://news.example/e", report(paragraphs=BODY[:2], statements=()), "news")
    keep(engine, "http://copy.example/m", report(script="mirror"), "copy")
    found = state(engine)
    assert {url: row[:2] for url, row in found.items()} == {
        ORIGINAL: (1, "original"),
        "http://news.example/r": (1, "reprint"),
        "http://news.example/e": (1, "excerpt"),
        "http://copy.example/m": (1, "mirror"),
    }
    assert found["http://copy.example/m"][2] == found[ORIGINAL][2] == 1.0
    assert 0.9 < found["http://news.example/r"][2] < 1.0
    assert 0.5 < found["http://news.example/e"][2] < 0.75
    assert best(engine) == [ORIGINAL]


def test_the_original_comes_last(engine: Engine) -> None:
    keep(engine, "http://copy.example/m", report(script="mirror", quality=0.6), "copy")
    assert state(engine)["http://copy.example/m"][1] == "original", "as long as there is no other"
    keep(engine, "http://news.example/r", edited(), "news")
    assert best(engine) == ["http://news.example/r"]
    keep(engine, ORIGINAL, report())
    found = state(engine)
    assert {url: row[1] for url, row in found.items()} == {
        "http://copy.example/m": "mirror",
        "http://news.example/r": "reprint",
        ORIGINAL: "original",
    }
    assert found["http://copy.example/m"][2] == found[ORIGINAL][2] == 1.0, "counted to the original of now"
    assert found["http://news.example/r"][2] < 1.0
    assert best(engine) == [ORIGINAL]


def test_any_order_leads_to_the_same(engine: Engine) -> None:
    copies = [
        (ORIGINAL, report(), "qingxi"),
        ("http://news.example/r", edited(), "news"),
        ("http://copy.example/m", report(script="mirror"), "copy"),
    ]
    for url, made, key in reversed(copies):
        keep(engine, url, made, key)
    found = state(engine)
    assert {url: row[1] for url, row in found.items()} == {
        ORIGINAL: "original",
        "http://news.example/r": "reprint",
        "http://copy.example/m": "mirror",
    }


def test_the_next_session_is_a_report_of_its_own(engine: Engine) -> None:
    keep(engine, ORIGINAL, report())
    later = tuple(line.replace("3月6日", "3月13日").replace("第12次", "第13次") for line in BODY)
    keep(engine, "http://qingxi.example/2.html", report(paragraphs=later))
    assert {row[0] for row in state(engine).values()} == {1, 2}


def test_a_changed_page_keeps_one_copy(engine: Engine) -> None:
    keep(engine, ORIGINAL, report())
    keep(engine, ORIGINAL, report(title="更正"))
    keep(engine, ORIGINAL, edited())
    assert state(engine)[ORIGINAL][:2] == (1, "original")
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(Copy)) == 1
        newest = session.scalars(select(Version.id).where(Version.number == 3)).one()
        assert session.scalars(select(ReportRow.version_id)).one() == newest


def test_a_page_that_says_something_else_now(engine: Engine) -> None:
    keep(engine, ORIGINAL, report())
    other = (
        "4月2日，全县文化旅游发展座谈会举行，与会人员围绕古道保护、民宿提质和线路串联等议题交流发言，会期一天。",
    )
    keep(engine, ORIGINAL, report(paragraphs=other, meetings=(), statements=()))
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(ReportRow)) == 2, (
            "the old text was printed once"
        )
        assert session.scalar(select(func.count()).select_from(Copy)) == 2


def test_short_and_empty_texts_do_not_flow_together(engine: Engine) -> None:
    for number, (title, body) in enumerate(
        [("甲县召开会议", ("会议召开。",)), ("乙县召开会议", ("会议召开。",)), (None, ()), (None, ())]
    ):
        made = Report("", title=title, paragraphs=body)
        keep(engine, f"http://qingxi.example/{number}", made)
    keep(engine, "http://qingxi.example/again", Report("", title="甲县召开会议", paragraphs=("会议召开。",)))
    numbers = [row[0] for row in state(engine).values()]
    assert sorted(numbers) == [1, 1, 2, 3, 4]


def test_a_new_reading_ranks_the_copies_again(engine: Engine) -> None:
    keep(engine, ORIGINAL, report(script="mirror", quality=0.5))
    keep(engine, "http://news.example/r", report(site_type="aggregator", published_at=None), "news")
    assert best(engine) == ["http://news.example/r"]
    keep(engine, ORIGINAL, report(script="simplified", quality=1.0))
    assert best(engine) == [ORIGINAL]
    assert state(engine)[ORIGINAL][1] == "original"


def test_many_workers_one_report(engine: Engine) -> None:
    """Six workers store six copies at once: one report, one original."""
    pages = [leased_page(engine, f"http://site{n}.example/1.html", f"site{n}") for n in range(6)]
    gate = threading.Barrier(6)

    def work(leased: Leased) -> None:
        gate.wait()
        with writing(engine) as session:
            store(session, leased, report())

    threads = [threading.Thread(target=work, args=(page,)) for page in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = state(engine)
    assert len(found) == 6
    assert {row[0] for row in found.values()} == {1}
    assert sorted(row[1] for row in found.values()) == ["original", *["reprint"] * 5]
