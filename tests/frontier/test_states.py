"""Whatever happens in whatever order, a page is in one state, is stored by one run, and each sum closes."""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from made_reports import NOON, site
from sqlalchemy import func, select, update

from crawler.database import connect, reading, writing
from crawler.database.tables import CrawlRun, Fetch, Page
from crawler.frontier import Frontier, Leased, LeaseLost, Link
from crawler.outcomes import Outcome
from crawler.runs import close_run, open_run, recover, show_run

URLS = [f"http://qingxi.example/{number}" for number in range(3)]
LEASE = 60
ENDS = {
    Outcome.UNCHANGED: lambda frontier, page: frontier.unchanged(page),
    Outcome.REJECTED: lambda frontier, page: frontier.reject(page, "robots", "Disallow: /"),
    Outcome.FAILED: lambda frontier, page: frontier.fail(page, "HTTP 500", 500),
}


class Crawls(RuleBasedStateMachine):
    """Runs that take pages, end them, fall silent, die, are recovered; on one database and one clock."""

    template: Path
    folder: Path
    runs = Bundle("runs")
    pages = Bundle("pages")

    def __init__(self) -> None:
        super().__init__()
        file = self.folder / "huixun.db"
        for old in self.folder.glob("huixun.db*"):
            old.unlink()
        shutil.copy(self.template, file)
        self.traveller = time_machine.travel(NOON, tick=False)
        self.clock = self.traveller.start()
        self.engine = connect(f"sqlite:///{file}")
        self.frontier = Frontier(self.engine, LEASE)
        self.place = site(self.engine)
        self.frontier.add([Link(url) for url in URLS[:2]], site_id=self.place)
        self.closed: dict[tuple[int, int], Outcome] = {}

    def teardown(self) -> None:
        self.engine.dispose()
        self.traveller.stop()

    @initialize(target=runs)
    def two_runs(self) -> object:
        return multiple(self.begin(), self.begin())

    @rule(target=runs)
    def begin(self) -> int:
        return open_run(self.engine, "crawl", ["qingxi"])

    @rule(urls=st.sets(st.sampled_from(URLS)))
    def find(self, urls: set[str]) -> None:
        self.frontier.add([Link(url) for url in sorted(urls)], site_id=self.place)

    @rule(urls=st.sets(st.sampled_from(URLS)))
    def ask_for(self, urls: set[str]) -> None:
        self.frontier.make_due(self.place, urls=sorted(urls) or URLS)

    @rule(target=pages, run=runs, limit=st.integers(1, 3))
    def take(self, run: int, limit: int) -> object:
        taken = self.frontier.lease(run, self.place, limit)
        assert len(taken) <= limit
        return multiple(*taken)

    @rule(page=pages, outcome=st.sampled_from(sorted(ENDS)))
    def end_page(self, page: Leased, outcome: Outcome) -> None:
        with suppress(LeaseLost):
            ENDS[Outcome(outcome)](self.frontier, page)
            assert (page.run_id, page.page_id) not in self.closed, "closed twice"
            self.closed[page.run_id, page.page_id] = Outcome(outcome)

    @rule(run=runs)
    def sign_of_life(self, run: int) -> None:
        self.frontier.renew(run)

    @rule(seconds=st.sampled_from([LEASE - 1, LEASE + 1, 90_000]))
    def time_goes_by(self, seconds: int) -> None:
        self.clock.shift(timedelta(seconds=seconds))

    @rule(run=runs)
    def end_run(self, run: int) -> None:
        assert close_run(self.engine, run).counts.closes

    @rule(run=runs)
    def die(self, run: int) -> None:
        """kill -9: the process is gone, its rows are not."""
        with writing(self.engine) as session:
            session.execute(update(CrawlRun).where(CrawlRun.id == run).values(pid=2**22 + 1))

    @rule()
    def recover_the_dead(self) -> None:
        recover(self.engine)

    @invariant()
    def what_was_closed_stays_closed(self) -> None:
        with reading(self.engine) as session:
            rows = session.execute(select(Fetch.run_id, Fetch.page_id, Fetch.outcome)).all()
        found = {(run, page): outcome for run, page, outcome in rows}
        assert len(found) == len(rows), "one row for a page and a run"
        assert {key: found[key] for key in self.closed} == self.closed

    @invariant()
    def a_page_is_in_one_state(self) -> None:
        """Leased by one run that has it open; else due at some time, or waiting to be asked for."""
        with reading(self.engine) as session:
            for page in session.scalars(select(Page)):
                query = select(Fetch.run_id).where(Fetch.page_id == page.id, Fetch.outcome.is_(None))
                holders = session.scalars(query).all()
                assert (page.lease_run_id is None) == (page.lease_until is None)
                assert list(holders) == ([] if page.lease_run_id is None else [page.lease_run_id])
                assert page.next_due is not None, "a report is never forgotten"

    @invariant()
    def every_sum_closes(self) -> None:
        with reading(self.engine) as session:
            runs = session.execute(select(CrawlRun.id, CrawlRun.ended_at)).all()
            fetches = session.scalar(select(func.count()).select_from(Fetch))
        counts = [show_run(self.engine, run).counts for run, _ in runs]
        assert sum(one.due for one in counts) == fetches
        for one in counts:
            ended = one.new + one.changed + one.unchanged + one.rejected + one.failed
            assert one.due == ended + one.open


def test_any_order_of_events(migrated_file: Path, tmp_path: Path) -> None:
    Crawls.template, Crawls.folder = migrated_file, tmp_path
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    limits = settings(max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=checks)
    run_state_machine_as_test(Crawls, settings=limits)
