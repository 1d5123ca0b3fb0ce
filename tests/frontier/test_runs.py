"""A run is a sum; a run that died is closed by the next one, and says so."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta

import pytest
import time_machine
from made_reports import NOON, leased_page, report, site
from sqlalchemy import Engine, update

from crawler.database import writing
from crawler.database.columns import now
from crawler.database.processes import alive, this_host
from crawler.database.tables import CrawlRun
from crawler.errors import DatabaseError
from crawler.frontier import Frontier, Leased, Link
from crawler.outcomes import Outcome
from crawler.records import Rejection, Report
from crawler.runs import close_run, list_runs, open_run, recover, show_run
from pipelines.store import store

NOBODY = 2**22 + 1  # above the highest process number that Linux gives by default


def keep(engine: Engine, leased: Leased, made: Report) -> Outcome:
    with writing(engine) as session:
        return store(session, leased, made)


def dead_run(engine: Engine, **values: object) -> tuple[int, Leased]:
    """A run whose process is gone, with one page in its hands."""
    run = open_run(engine, "crawl", ["qingxi"])
    page = leased_page(engine, "http://qingxi.example/1.html", run_id=run)
    with writing(engine) as session:
        session.execute(update(CrawlRun).values(**({"pid": NOBODY} | values)))
    return run, page


def test_the_sum(engine: Engine) -> None:
    run = open_run(engine, "crawl", ["qingxi"])
    place, frontier = site(engine), Frontier(engine)
    frontier.add([Link(f"http://qingxi.example/{n}") for n in range(5)], site_id=place)
    frontier.start_lists(["http://qingxi.example/list"], site_id=place)
    first, *pages = frontier.lease(run, place, 9)
    frontier.close_list(first, links=[Link("http://qingxi.example/9")])
    assert keep(engine, pages[0], report()) is Outcome.NEW
    frontier.unchanged(pages[1])
    frontier.reject(pages[2], "robots", "Disallow: /")
    frontier.fail(pages[3], "timeout")
    assert keep(engine, pages[4], Report("", rejection=Rejection("error", "KeyError"))) is Outcome.FAILED
    counted = {Outcome.NEW: 1, Outcome.UNCHANGED: 1, Outcome.REJECTED: 1, Outcome.FAILED: 2}
    summary = close_run(engine, run, counted=counted)
    counts = summary.counts
    assert counts.closes
    assert (counts.due, counts.new, counts.changed, counts.unchanged) == (5, 1, 0, 1)
    assert (counts.rejected, counts.failed, counts.open) == (1, 2, 0)
    assert (counts.lists_due, counts.lists_failed, counts.links_found) == (1, 0, 1)
    assert summary.faults == ()
    assert not summary.ok, "pages failed"
    assert [failed.error for failed in summary.failures] == ["timeout", "KeyError"]
    assert show_run(engine, run).counts == counts


def test_a_run_without_failures_is_green(engine: Engine) -> None:
    run = open_run(engine, "crawl", ["qingxi"])
    keep(engine, leased_page(engine, "http://qingxi.example/1.html", run_id=run), report())
    assert close_run(engine, run).ok
    assert close_run(engine, open_run(engine, "crawl", [])).ok, "nothing was due"


def test_pages_left_open_make_it_red(engine: Engine) -> None:
    run = open_run(engine, "crawl", ["qingxi"])
    leased_page(engine, "http://qingxi.example/1.html", run_id=run)
    summary = close_run(engine, run)
    assert summary.faults == ("1 pages were left open",)
    assert (summary.ok, summary.counts.closes, summary.counts.failed) == (False, True, 1)
    assert Frontier(engine).due_count(site(engine)) == 1


def test_an_interrupted_run_says_so(engine: Engine) -> None:
    run = open_run(engine, "crawl", ["qingxi"])
    leased_page(engine, "http://qingxi.example/1.html", run_id=run)
    summary = close_run(engine, run, "interrupted")
    assert (summary.ok, summary.exit_reason, summary.faults) == (False, "interrupted", ())
    assert summary.failures[0].error == "left open: the run ended (interrupted)"


def test_outcomes_that_were_seen_but_not_stored(engine: Engine) -> None:
    run = open_run(engine, "crawl", ["qingxi"])
    keep(engine, leased_page(engine, "http://qingxi.example/1.html", run_id=run), report())
    summary = close_run(engine, run, counted={Outcome.NEW: 2})
    assert summary.faults == ("new: 2 seen, 1 stored",)
    assert not summary.ok


def test_a_dead_run_is_closed(engine: Engine) -> None:
    run, page = dead_run(engine)
    assert recover(engine) == 1
    summary = show_run(engine, run)
    assert (summary.exit_reason, summary.counts.failed, summary.counts.closes) == ("crashed", 1, True)
    assert summary.failures[0].error == f"interrupted: process {NOBODY} on {this_host()} died"
    (again,) = Frontier(engine).lease(open_run(engine, "crawl", []), page.site_id, 9)
    assert (again.page_id, again.failures) == (page.page_id, 0), "due at once, without blame"
    assert recover(engine) == 0


def test_living_runs_and_other_hosts_are_left(engine: Engine) -> None:
    run = open_run(engine, "crawl", ["qingxi"])
    assert recover(engine) == 0
    with writing(engine) as session:
        session.execute(update(CrawlRun).values(pid=NOBODY, host="another"))
    assert recover(engine) == 0
    assert recover(engine, "another") == 1
    assert show_run(engine, run).exit_reason == "crashed"


def test_a_later_process_of_the_same_number(engine: Engine) -> None:
    """A container that starts again gives the same number: the old run is dead even so."""
    dead_run(engine, pid=os.getpid(), started_at=now() - timedelta(minutes=30))
    assert recover(engine) == 1


def test_a_run_without_a_sign_for_an_hour(engine: Engine) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        run = open_run(engine, "crawl", [])
        clock.shift(timedelta(minutes=61))
        assert recover(engine) == 1
        assert show_run(engine, run).exit_reason == "crashed"


def test_alive() -> None:
    assert alive(os.getpid(), now())
    assert not alive(NOBODY, now())
    assert not alive(os.getpid(), now() - timedelta(days=1))
    assert this_host()


def test_a_zombie_is_dead() -> None:
    child = subprocess.Popen([sys.executable, "-c", "pass"], stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.read()
    while alive(child.pid, now()):
        pass
    child.wait()
    child.stdout.close()


def test_lists_of_runs(engine: Engine) -> None:
    numbers = [open_run(engine, "crawl", [f"site{n}"]) for n in range(3)]
    listed = list_runs(engine, limit=2)
    assert [run.id for run in listed] == numbers[:0:-1]
    assert listed[0].sites == ("site2",)
    assert listed[0].exit_reason is None


def test_a_run_that_is_not_there(engine: Engine) -> None:
    with pytest.raises(DatabaseError, match="there is no run 77: huixun runs"):
        show_run(engine, 77)
