"""Pages are leased to one run at a time, once a run, and come back when a run falls silent."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
import time_machine
from made_reports import NOON, site
from sqlalchemy import Engine, select

from crawler.database import reading
from crawler.database.tables import Fetch, Page
from crawler.frontier import Frontier, Leased, LeaseLost, Link
from crawler.runs import open_run, show_run


def urls(pages: list[Leased]) -> list[str]:
    return [page.url.rsplit("/", 1)[1] for page in pages]


def links(*names: str) -> list[Link]:
    return [Link(f"http://qingxi.example/{name}") for name in names]


@pytest.fixture
def frontier(engine: Engine) -> Frontier:
    return Frontier(engine, lease_seconds=60)


@pytest.fixture
def place(engine: Engine) -> int:
    return site(engine)


@pytest.fixture
def run(engine: Engine) -> int:
    return open_run(engine, "crawl", ["qingxi"])


def test_known_pages_are_not_touched(engine: Engine, frontier: Frontier, place: int) -> None:
    assert frontier.add(links("a", "b", "a"), site_id=place, depth=3) == 2
    assert frontier.add(links("b", "c"), site_id=place, depth=9) == 1
    assert frontier.add([], site_id=place) == 0
    with reading(engine) as session:
        assert dict(session.execute(select(Page.url, Page.depth)).all()) == {
            "http://qingxi.example/a": 3,
            "http://qingxi.example/b": 3,
            "http://qingxi.example/c": 9,
        }


def test_one_address_on_two_sites(engine: Engine, frontier: Frontier, place: int) -> None:
    other = site(engine, "other")
    assert frontier.add(links("a"), site_id=place) == 1
    assert frontier.add(links("a"), site_id=other) == 1


def test_thousands_of_links(frontier: Frontier, place: int, run: int) -> None:
    many = links(*(f"{number}.html" for number in range(3000)))
    assert frontier.add(many, site_id=place) == 3000
    assert frontier.add(many, site_id=place) == 0
    assert urls(frontier.lease(run, place, 3)) == ["0.html", "1.html", "2.html"], "in the order of the list"


def test_the_order_newest_first(frontier: Frontier, place: int, run: int) -> None:
    days = [None, date(2024, 3, 1), date(2024, 3, 9), date(2024, 3, 5)]
    found = [Link(f"http://qingxi.example/{number}", day) for number, day in enumerate(days)]
    frontier.add([*found, Link("http://qingxi.example/asked", priority=5)], site_id=place, depth=1)
    frontier.add(links("deep"), site_id=place, depth=2)
    frontier.add(links("list2"), site_id=place, kind="list", depth=1)
    expected = ["asked", "list2", "2", "3", "1", "0", "deep"]
    assert urls(frontier.lease(run, place, 10)) == expected


def test_limits_kinds_and_days(frontier: Frontier, place: int, run: int) -> None:
    days = {"old": date(2023, 12, 31), "first": date(2024, 1, 1), "last": date(2024, 1, 31), "none": None}
    frontier.add([Link(f"http://qingxi.example/{n}", day) for n, day in days.items()], site_id=place)
    frontier.add(links("list"), site_id=place, kind="list")
    assert frontier.lease(run, place, 0) == []
    assert urls(frontier.lease(run, place, 9, kinds=["list"])) == ["list"]
    inside = frontier.lease(run, place, 9, since=date(2024, 1, 1), until=date(2024, 1, 31))
    assert sorted(urls(inside)) == ["first", "last", "none"]
    assert frontier.due_count(place) == 1


def test_a_page_belongs_to_one_run(engine: Engine, frontier: Frontier, place: int, run: int) -> None:
    frontier.add(links("a", "b", "c"), site_id=place)
    other = open_run(engine, "crawl", ["qingxi"])
    mine, theirs = frontier.lease(run, place, 2), frontier.lease(other, place, 9)
    assert (len(mine), len(theirs)) == (2, 1)
    assert not {page.page_id for page in mine} & {page.page_id for page in theirs}
    assert frontier.lease(run, place, 9) == []


def test_never_twice_in_a_run(frontier: Frontier, place: int, run: int) -> None:
    frontier.add(links("a"), site_id=place)
    (page,) = frontier.lease(run, place, 9)
    frontier.fail(page, "connection refused")
    assert frontier.due_count(place) == 1, "it stays due"
    assert frontier.due_count(place, run) == 0
    assert frontier.lease(run, place, 9) == []


def test_the_next_run_takes_what_failed(engine: Engine, frontier: Frontier, place: int) -> None:
    frontier.add(links("a"), site_id=place)
    for failures in range(3):
        (page,) = frontier.lease(open_run(engine, "crawl", []), place, 9)
        assert page.failures == failures
        frontier.fail(page, "timeout", status=503)
    (page,) = frontier.lease(open_run(engine, "crawl", []), place, 9)
    frontier.fail(page, "timeout")
    assert frontier.due_count(place) == 0, "after the fourth failure it waits"
    with time_machine.travel(NOON.replace(year=2099)):
        assert frontier.due_count(place) == 1


def test_gone_pages_are_kept_and_marked(engine: Engine, frontier: Frontier, place: int, run: int) -> None:
    frontier.add(links("a"), site_id=place)
    (page,) = frontier.lease(run, place, 9)
    frontier.fail(page, "HTTP 404", status=404)
    with reading(engine) as session:
        row, fetch = session.scalars(select(Page)).one(), session.scalars(select(Fetch)).one()
        assert row.gone_at is not None
        assert (fetch.outcome, fetch.status, fetch.error) == ("failed", 404, "HTTP 404")
    (page,) = frontier.lease(open_run(engine, "crawl", []), place, 9)
    frontier.unchanged(page)
    with reading(engine) as session:
        row = session.scalars(select(Page)).one()
        assert (row.gone_at, row.failures) == (None, 0)


def test_a_silent_run_loses_its_pages(engine: Engine, frontier: Frontier, place: int, run: int) -> None:
    frontier.add(links("a"), site_id=place)
    with time_machine.travel(NOON, tick=False) as clock:
        frontier.make_due(place, urls=["http://qingxi.example/a"])
        with reading(engine) as session:
            assert session.scalars(select(Page.next_due)).one() <= NOON
        (mine,) = frontier.lease(run, place, 9)
        other = open_run(engine, "crawl", [])
        clock.shift(timedelta(seconds=59))
        assert frontier.lease(other, place, 9) == []
        clock.shift(timedelta(seconds=2))
        (theirs,) = frontier.lease(other, place, 9)
        for close in (frontier.unchanged, lambda page: frontier.fail(page, "x")):
            with pytest.raises(LeaseLost, match="no longer has this page"):
                close(mine)
        frontier.unchanged(theirs)
    summary = show_run(engine, run)
    assert summary.counts.failed == 1
    assert "lease ended by time" in summary.failures[0].error
    assert show_run(engine, other).counts.unchanged == 1


def test_a_sign_of_life_keeps_them(engine: Engine, frontier: Frontier, place: int, run: int) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        frontier.add(links("a"), site_id=place)
        (mine,) = frontier.lease(run, place, 9)
        clock.shift(timedelta(seconds=50))
        frontier.renew(run)
        clock.shift(timedelta(seconds=50))
        assert frontier.lease(open_run(engine, "crawl", []), place, 9) == []
        frontier.unchanged(mine)


def test_closing_twice_is_refused(frontier: Frontier, place: int, run: int) -> None:
    frontier.add(links("a"), site_id=place)
    (page,) = frontier.lease(run, place, 9)
    frontier.reject(page, "robots", "Disallow: /")
    with pytest.raises(LeaseLost):
        frontier.reject(page, "robots", "Disallow: /")


def test_many_takers_at_once(engine: Engine, frontier: Frontier, place: int) -> None:
    """Eight threads take forty pages: each page exactly once."""
    frontier.add(links(*map(str, range(40))), site_id=place)
    taken: list[int] = []

    def work() -> None:
        number = open_run(engine, "crawl", ["qingxi"])
        while batch := Frontier(engine).lease(number, place, 3):
            for page in batch:
                frontier.unchanged(page)
                taken.append(page.page_id)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 40


def test_revisits_grow_rare(engine: Engine, frontier: Frontier, place: int) -> None:
    waits = []
    with time_machine.travel(NOON, tick=False) as clock:
        frontier.add(links("a"), site_id=place)
        for _ in range(6):
            (page,) = frontier.lease(open_run(engine, "crawl", []), place, 9)
            frontier.unchanged(page)
            with reading(engine) as session:
                due = session.scalars(select(Page.next_due)).one()
            assert due is not None
            waits.append((due - NOON).days - sum(waits))
            clock.move_to(due)
    assert waits == [7, 14, 28, 56, 90, 90]
