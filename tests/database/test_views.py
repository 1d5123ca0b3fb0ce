"""The views answer what a person asks of them, and the same on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from made_reports import BODY, leased_page, report
from sqlalchemy import Engine

from crawler.database import writing
from crawler.database.queries import named_queries
from crawler.database.readonly import ask
from crawler.errors import DatabaseError
from crawler.frontier import Frontier
from crawler.records import Rejection, Report
from crawler.runs import close_run, open_run
from pipelines.store import store


def keep_one(engine: Engine, leased: object, made: Report) -> None:
    with writing(engine) as session:
        store(session, leased, made)  # type: ignore[arg-type]


def rows(engine: Engine, query: str) -> list[dict[str, object]]:
    answer = ask(engine, query)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A report, its mirror on another site, another report, a rejected and a failed page."""
    keep_one(engine, leased_page(engine, "http://qingxi.example/1.html"), report())
    mirror = report(script="mirror", quality=0.7, published_at=None)
    keep_one(engine, leased_page(engine, "http://copy.example/9.html", "copy"), mirror)
    other = replace(report().meetings[0], date=date(2024, 4, 2), hosts=(), speakers=(), attendees=())
    body = (
        "4月2日，全县文化旅游发展座谈会举行，与会人员围绕古道保护、民宿提质和线路串联等议题交流发言，会期一天。",
    )
    made = report(title="座谈会举行", paragraphs=body, meetings=(other,), statements=(), repairs=())
    keep_one(engine, leased_page(engine, "http://qingxi.example/2.html"), made)
    refused = Report("", rejection=Rejection("no_body", "12 characters"))
    keep_one(engine, leased_page(engine, "http://qingxi.example/3.html"), refused)
    Frontier(engine).fail(leased_page(engine, "http://qingxi.example/4.html"), "connection refused")
    return engine


def test_v_reports(filled: Engine) -> None:
    first, second = rows(filled, "SELECT * FROM v_reports ORDER BY report_id")
    assert first["title"] == "青溪县政府召开常务会议"
    assert (first["hosts"], first["speakers"], first["attendees"]) == ("柏远", "柏远", "秦川")
    assert (first["copies"], first["meetings"], first["url"]) == (2, 1, "http://qingxi.example/1.html")
    assert str(first["date"]) == "2024-03-06"
    assert str(first["published_at"]) == "2024-03-07 09:30:00"
    assert first["body"] == "\n".join(BODY)
    assert (second["title"], second["hosts"], second["copies"]) == ("座谈会举行", None, 1)


def test_v_reports_has_what_its_readers_were_promised(engine: Engine) -> None:
    promised = "report_id title published_at source site url meeting date level region hosts speakers body"
    promised += " genre quality truncated copies"
    assert set(promised.split()) <= set(ask(engine, "SELECT * FROM v_reports").columns)
    promised = "report_id report meeting date region person role title start end rule"
    assert set(promised.split()) <= set(ask(engine, "SELECT * FROM v_attendance").columns)


def test_v_attendance_points_into_the_body(filled: Engine) -> None:
    query = """SELECT a.person, a.role, a.title, substr(r.body, a.start + 1, a."end" - a.start) AS found
        FROM v_attendance a JOIN v_reports r ON r.report_id = a.report_id ORDER BY a.role, a.person"""
    found = [(row["person"], row["role"], row["found"]) for row in rows(filled, query)]
    assert found == [("秦川", "attendee", "秦川"), ("柏远", "host", "柏远"), ("柏远", "speaker", "柏远")]


def test_hosts_of_several_meetings_once_each_in_order(engine: Engine) -> None:
    first = report().meetings[0]
    second = replace(first, hosts=(first.attendees[0], first.hosts[0]))
    keep_one(engine, leased_page(engine, "http://qingxi.example/1.html"), report(meetings=(first, second)))
    (row,) = rows(engine, "SELECT hosts, meetings FROM v_reports")
    assert row == {"hosts": "柏远、秦川", "meetings": 2}


def test_v_statements(filled: Engine) -> None:
    (row,) = rows(filled, "SELECT speaker, verb, points, point_count, region FROM v_statements")
    assert row == {
        "speaker": "柏远",
        "verb": "强调",
        "points": "逐企",
        "point_count": 1,
        "region": "湖南省/邵阳市/洞口县",
    }


def test_v_reprints(filled: Engine) -> None:
    (row,) = rows(filled, "SELECT relation, similarity, url, original_url FROM v_reprints")
    assert row == {
        "relation": "mirror",
        "similarity": 1.0,
        "url": "http://copy.example/9.html",
        "original_url": "http://qingxi.example/1.html",
    }


def test_v_rejections(filled: Engine) -> None:
    (row,) = rows(filled, "SELECT reason, detail, url, latest FROM v_rejections")
    assert (row["reason"], row["detail"], bool(row["latest"])) == ("no_body", "12 characters", True)
    keep_one(filled, leased_page(filled, "http://qingxi.example/3.html"), report(title="补登"))
    (row,) = rows(filled, "SELECT latest FROM v_rejections")
    assert not row["latest"]


def test_v_failed_pages(filled: Engine) -> None:
    (row,) = rows(filled, "SELECT url, error, failures, kind FROM v_failed_pages")
    assert (row["error"], row["failures"], row["kind"]) == ("connection refused", 1, "report")
    keep_one(filled, leased_page(filled, "http://qingxi.example/4.html"), report(title="恢复"))
    assert rows(filled, "SELECT url FROM v_failed_pages") == []


def test_v_runs(engine: Engine) -> None:
    run = open_run(engine, "crawl", ["qingxi"])
    keep_one(engine, leased_page(engine, "http://qingxi.example/1.html", run_id=run), report())
    (row,) = rows(engine, "SELECT due, new, sum_closes FROM v_runs")
    assert (row["due"], row["sum_closes"]) == (None, None), "a run without an end has no sum"
    close_run(engine, run)
    (row,) = rows(engine, "SELECT due, new, sum_closes, exit_reason FROM v_runs")
    assert (row["due"], row["new"], bool(row["sum_closes"]), row["exit_reason"]) == (1, 1, True, "finished")


def test_v_site_health(filled: Engine) -> None:
    copy, qingxi = rows(filled, "SELECT * FROM v_site_health ORDER BY site_key")
    assert (qingxi["pages"], qingxi["reports"], qingxi["rejected"], qingxi["failed"]) == (4, 2, 1, 1)
    assert (float(str(qingxi["with_host"])), float(str(qingxi["with_date"]))) == (0.5, 1.0)
    assert float(str(copy["with_date"])) == 0.0
    assert qingxi["last_new_at"] is not None


def test_v_meetings_by_region_month(filled: Engine) -> None:
    found = rows(
        filled, "SELECT region, month, meetings, reports FROM v_meetings_by_region_month ORDER BY month"
    )
    assert [(row["month"], row["meetings"], row["reports"]) for row in found] == [
        ("2024-03", 1, 1),
        ("2024-04", 1, 1),
    ]


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_ready_questions_are_answered(filled: Engine, name: str) -> None:
    ready = named_queries()[name]
    assert ready.description
    assert ask(filled, ready.sql).columns
    if name in ("reports", "people", "hosts-by-region", "rejections", "runs", "statements-by-person"):
        assert ask(filled, ready.sql).rows


def test_a_wrong_column_is_explained(filled: Engine) -> None:
    with pytest.raises(DatabaseError, match="nonsense"):
        ask(filled, "SELECT nonsense FROM v_reports")
