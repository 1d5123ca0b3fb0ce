"""List pages: their links become pages, their next pages are read while there is something new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from made_reports import site
from sqlalchemy import Engine, select

from crawler.database import reading, writing
from crawler.database.tables import Fetch, FetchPart, Page
from crawler.frontier import Frontier, Leased, Link
from crawler.outcomes import Outcome
from crawler.runs import close_run, open_run, show_run

FIRST = "http://qingxi.example/list"
NEXT = "http://qingxi.example/list_2"


@dataclass(frozen=True)
class Kept:
    """A place in the archive."""

    file: str
    offset: int
    sha256: str


@pytest.fixture
def frontier(engine: Engine) -> Frontier:
    return Frontier(engine)


@pytest.fixture
def place(engine: Engine) -> int:
    return site(engine)


def visit(
    frontier: Frontier, place: int, names: Sequence[str], body: str = "", then: Sequence[str] = (NEXT,)
) -> tuple[int, list[Leased]]:
    """A run that reads the first list page and leases what is due then; gives what was new, and those."""
    run = open_run(frontier.engine, "crawl", ["qingxi"])
    frontier.start_lists([FIRST], site_id=place)
    (page,) = frontier.lease(run, place, 1)
    assert page.url == FIRST
    kept = Kept("run-1.warc.gz", 0, body or "·".join(names))
    frontier.fetched(page, kept, status=200, size=9, fetched_at=datetime.now(UTC), etag='"1"')
    found = [Link(f"http://qingxi.example/{name}") for name in names]
    new = frontier.close_list(page, links=found, next_links=[Link(url) for url in then])
    rest = frontier.lease(run, place, 99)
    for leased in rest:
        if leased.kind == "list":
            frontier.close_list(leased, links=[], outcome=Outcome.UNCHANGED)
        else:
            frontier.unchanged(leased)
    close_run(frontier.engine, run)
    return new, rest


def test_the_first_visit_takes_everything(engine: Engine, frontier: Frontier, place: int) -> None:
    new, rest = visit(frontier, place, ["a", "b"])
    assert new == 2
    assert [(page.kind, page.depth) for page in rest] == [("list", 1), ("report", 1), ("report", 1)]
    assert {page.first_seen_on for page in rest} == {rest[0].first_seen_on} != {None}


def test_an_unchanged_list_ends_the_visit(frontier: Frontier, place: int) -> None:
    visit(frontier, place, ["a", "b"])
    assert visit(frontier, place, ["a", "b"]) == (0, [])


def test_something_new_asks_for_the_next_page_again(frontier: Frontier, place: int) -> None:
    visit(frontier, place, ["a", "b"])
    new, rest = visit(frontier, place, ["c", "a"])
    assert new == 1
    assert [page.url.rsplit("/", 1)[1] for page in rest] == ["list_2", "c"]


def test_a_next_page_never_read_is_read_even_so(engine: Engine, frontier: Frontier, place: int) -> None:
    """The run was killed after the first list page: the next run goes on, though the first shows nothing new."""
    run = open_run(engine, "crawl", ["qingxi"])
    frontier.start_lists([FIRST], site_id=place)
    (page,) = frontier.lease(run, place, 1)
    frontier.close_list(page, links=[Link("http://qingxi.example/a")], next_links=[Link(NEXT)])
    new, rest = visit(frontier, place, ["a"])
    assert new == 0
    assert [leased.kind for leased in rest] == ["list", "report"]


def test_outcomes_by_the_hash_of_the_body(engine: Engine, frontier: Frontier, place: int) -> None:
    for body in ("x", "x", "y", "x"):
        visit(frontier, place, ["a"], body)
    with reading(engine) as session:
        query = select(Fetch.outcome).join(Page).where(Page.url == FIRST).order_by(Fetch.id)
        assert list(session.scalars(query)) == ["new", "unchanged", "changed", "changed"]


def test_first_list_pages_are_due_at_each_run(frontier: Frontier, place: int) -> None:
    visit(frontier, place, ["a"])
    assert frontier.due_count(place) == 1
    run = open_run(frontier.engine, "crawl", [])
    (page,) = frontier.lease(run, place, 9)
    assert (page.url, page.etag) == (FIRST, '"1"')
    frontier.unchanged(page)
    assert frontier.due_count(place) == 1
    assert frontier.due_count(place, run) == 0


def test_a_failed_list_is_red_and_stays_due(engine: Engine, frontier: Frontier, place: int) -> None:
    run = open_run(engine, "crawl", ["qingxi"])
    frontier.start_lists([FIRST], site_id=place)
    (page,) = frontier.lease(run, place, 9)
    frontier.fail(page, "connection refused")
    summary = close_run(engine, run)
    assert (summary.ok, summary.counts.lists_failed, summary.counts.due) == (False, 1, 0)
    assert summary.failures[0].url == FIRST
    assert frontier.due_count(place) == 1


def test_links_are_part_of_the_lists_transaction(engine: Engine, frontier: Frontier, place: int) -> None:
    run = open_run(engine, "crawl", ["qingxi"])
    frontier.start_lists([FIRST], site_id=place)
    (page,) = frontier.lease(run, place, 9)
    frontier.unchanged(page)
    with pytest.raises(Exception, match="no longer has this page"):
        frontier.close_list(page, links=[Link("http://qingxi.example/a")])
    with reading(engine) as session:
        assert session.scalars(select(Page.url)).all() == [FIRST]


def test_add_inside_a_transaction(engine: Engine, frontier: Frontier, place: int) -> None:
    with pytest.raises(ZeroDivisionError), writing(engine) as session:
        assert frontier.add([Link(FIRST)], site_id=place, session=session) == 1
        raise ZeroDivisionError
    assert frontier.due_count(place) == 0


def test_the_archive_is_noted_before_anybody_judges(engine: Engine, frontier: Frontier, place: int) -> None:
    run = open_run(engine, "crawl", ["qingxi"])
    frontier.add([Link("http://qingxi.example/a")], site_id=place)
    (page,) = frontier.lease(run, place, 9)
    at = datetime(2024, 3, 8, tzinfo=UTC)
    frontier.retried(page, 3, status=503)
    frontier.fetched(page, Kept("w", 77, "s"), status=200, size=5, fetched_at=at, etag="e", last_modified="m")
    frontier.fetched_part(page, 2, "http://qingxi.example/a_2", Kept("w", 99, "t"), status=200)
    frontier.fetched_part(page, 2, "http://qingxi.example/a_2", Kept("w", 111, "t"), status=200)
    with reading(engine) as session:
        fetch, part = session.scalars(select(Fetch)).one(), session.scalars(select(FetchPart)).one()
        assert (fetch.warc_file, fetch.warc_offset, fetch.sha256, fetch.bytes) == ("w", 77, "s", 5)
        assert (fetch.attempts, fetch.status, fetch.fetched_at, fetch.outcome) == (3, 200, at, None)
        assert (part.number, part.warc_offset) == (2, 111)
        assert session.scalars(select(Page.etag)).one() is None, "the tag counts once the answer was used"
    frontier.unchanged(page)
    with reading(engine) as session:
        row = session.scalars(select(Page)).one()
        assert (row.etag, row.last_modified, row.content_sha256) == ("e", "m", "s")


def test_304_leaves_the_tags(engine: Engine, frontier: Frontier, place: int) -> None:
    visit(frontier, place, ["a"])
    run = open_run(engine, "crawl", [])
    (page,) = frontier.lease(run, place, 9)
    frontier.unchanged(page)
    with reading(engine) as session:
        assert session.scalars(select(Page.etag).where(Page.url == FIRST)).one() == '"1"'


def test_a_person_asks_again(engine: Engine, frontier: Frontier, place: int) -> None:
    visit(frontier, place, ["a", "b"])
    assert frontier.make_due(place, urls=["http://qingxi.example/a", "http://qingxi.example/unknown"]) == 1
    assert frontier.make_due(place) == 1, "only b was not due yet"
    assert frontier.due_count(place) == 3
    assert show_run(engine, 1).counts.closes


@pytest.mark.parametrize(("kind", "depth"), [("report", 1), ("list", 3)])
def test_the_site_file_decides_what_is_a_first_list_page(
    engine: Engine, frontier: Frontier, place: int, kind: str, depth: int
) -> None:
    """An address that was found as a report before the file named it as a list must not stay one."""
    frontier.add([Link(FIRST)], site_id=place, kind=kind, depth=depth)
    frontier.add([Link(NEXT)], site_id=place, kind="report", depth=1)
    frontier.start_lists([FIRST], site_id=place)
    pages = frontier.lease(open_run(engine, "crawl", []), place, 9)
    assert {(page.url, page.kind, page.depth) for page in pages} == {(FIRST, "list", 0), (NEXT, "report", 1)}
