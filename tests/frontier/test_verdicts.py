"""Green or red: which failed pages a run may have and still be called well, however many there are."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from made_reports import NOON, site
from sqlalchemy import Engine, update

from crawler.database import writing
from crawler.database.tables import CrawlRun
from crawler.events import unanswered
from crawler.frontier import Frontier, Leased, Link
from crawler.runs import close_run, open_run, recover, show_run

URL = "http://qingxi.example/"
LOOP = "redirect loop: no end after many redirects"


def leased(engine: Engine, run: int, count: int, *, kind: str = "report", depth: int = 1) -> list[Leased]:
    """Pages of an invented site in the hands of a run."""
    frontier, place = Frontier(engine), site(engine)
    frontier.add([Link(f"{URL}{kind}{n}") for n in range(count)], site_id=place, kind=kind, depth=depth)
    return frontier.lease(run, place, count)


@pytest.mark.parametrize(
    ("kind", "depth", "error", "status", "green"),
    [
        ("report", 1, "HTTP 404", 404, True),
        ("report", 1, "HTTP 410", 410, True),
        ("report", 1, LOOP, None, True),
        ("report", 1, "HTTP 403", 403, False),
        ("report", 1, "HTTP 500", 500, False),
        ("report", 1, "TimeoutError", None, False),
        ("report", 1, "", None, False),
        ("list", 1, "HTTP 404", 404, True),
        ("list", 0, "HTTP 404", 404, False),
        ("list", 0, LOOP, None, False),
    ],
)
def test_which_failures_leave_a_run_green(
    engine: Engine, kind: str, depth: int, error: str, status: int | None, green: bool
) -> None:
    """A later list page may be gone; the first one stands in the site file and must be there."""
    run = open_run(engine, "crawl", ["qingxi"])
    (page,) = leased(engine, run, 1, kind=kind, depth=depth)
    Frontier(engine).fail(page, error, status)
    summary = close_run(engine, run)
    assert (summary.ok, summary.unanswered, summary.failures[0].definite) == (green, int(not green), green)
    assert bool(unanswered(summary)) is not green


def test_more_failed_pages_than_are_shown(engine: Engine) -> None:
    """What is shown is cut off, what is counted is not; and what needs a person is shown first."""
    run = open_run(engine, "crawl", ["qingxi"])
    *gone, silent = leased(engine, run, 6)
    for page in gone:
        Frontier(engine).fail(page, "HTTP 404", 404)
    close_run(engine, run)
    shown = show_run(engine, run, failures=2)
    assert (len(shown.failures), shown.counts.failed, shown.unanswered) == (2, 6, 1), "one was left open"
    assert shown.failures[0].url == silent.url
    assert unanswered(shown) == [f"1 page failed and stay due: {silent.url} ({shown.failures[0].error})"]


def test_nothing_but_gone_pages_is_green_however_few_are_shown(engine: Engine) -> None:
    run = open_run(engine, "crawl", ["qingxi"])
    for page in leased(engine, run, 4):
        Frontier(engine).fail(page, "HTTP 410", 410)
    close_run(engine, run)
    for failures in (0, 1, 4, 99):
        summary = show_run(engine, run, failures=failures)
        assert (summary.ok, unanswered(summary)) == (True, [])


def test_a_run_of_a_machine_that_is_no_more_is_closed_after_an_hour(engine: Engine) -> None:
    """A container that is made anew has another name: its old runs are nobody's."""
    with time_machine.travel(NOON, tick=False) as clock:
        run = open_run(engine, "crawl", ["qingxi"])
        (page,) = leased(engine, run, 1)
        with writing(engine) as session:
            session.execute(update(CrawlRun).values(host="3f2a9c", pid=1))
        clock.shift(timedelta(minutes=59))
        assert recover(engine) == 0
        clock.shift(timedelta(minutes=2))
        assert recover(engine) == 1
    summary = show_run(engine, run)
    assert (summary.exit_reason, summary.counts.closes, summary.counts.failed) == ("crashed", True, 1)
    assert summary.failures[0].error == "interrupted: process 1 on 3f2a9c died"
    assert Frontier(engine).due_count(page.site_id) == 1


def test_a_sign_of_life_from_another_machine_is_believed(engine: Engine) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        run = open_run(engine, "crawl", [])
        with writing(engine) as session:
            session.execute(update(CrawlRun).values(host="3f2a9c", pid=1))
        clock.shift(timedelta(minutes=50))
        Frontier(engine).renew(run)
        clock.shift(timedelta(minutes=50))
        assert recover(engine) == 0
