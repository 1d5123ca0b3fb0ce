"""A run as a row: opened before the first page, closed with counts that must add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Engine, and_, false, func, or_, select
from sqlalchemy.orm import Session

from crawler.database import reading, writing
from crawler.database.columns import now
from crawler.database.leases import GONE
from crawler.database.ledger import FINISHED, RunCounts, abandon, begin_run, tally, write_end
from crawler.database.processes import alive, this_host
from crawler.database.tables import CrawlRun, Fetch, Page
from crawler.errors import DatabaseError
from crawler.outcomes import Outcome

CRASHED = "crashed"
CIRCLE = "redirect loop"
_FIRST_LIST = and_(Page.kind == "list", Page.depth == 0)
_ANSWERED = func.coalesce(or_(Fetch.status.in_(GONE), Fetch.error.startswith(CIRCLE)), false())
_DEFINITE = and_(_ANSWERED, ~_FIRST_LIST)
SILENCE = timedelta(hours=1)  # a run without a sign for so long is dead, whoever has its number


@dataclass(frozen=True, slots=True)
class FailedPage:
    """One page of a run that could not be had or judged.

    ``definite``: the site gave a definite answer (gone, a redirect loop), asking again would not help. Of the
    first page of a list no failure is definite: the site file says that it must be there.
    """

    url: str
    kind: str
    status: int | None
    error: str
    attempts: int
    definite: bool = False


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One run, for the command line: ``faults`` names everything that makes it red, besides failed pages.

    ``unanswered`` pages failed without a definite answer: time-outs, refusals, server errors, faults of ours;
    they come first among the ``failures``.
    """

    id: int
    command: str
    sites: tuple[str, ...]
    started_at: datetime
    ended_at: datetime | None
    exit_reason: str | None
    counts: RunCounts
    faults: tuple[str, ...] = ()
    failures: tuple[FailedPage, ...] = field(default=())
    unanswered: int = 0

    @property
    def ok(self) -> bool:
        """Whether the run finished, its sum closes and every site gave a definite answer for every page."""
        return not self.faults and not self.unanswered and self.exit_reason == FINISHED


def open_run(engine: Engine, command: str, sites: Sequence[str]) -> int:
    """Begin a run of this process; gives its number."""
    with writing(engine) as session:
        return begin_run(session, command, sites)


def close_run(
    engine: Engine, run_id: int, exit_reason: str = FINISHED, counted: Mapping[Outcome, int] | None = None
) -> RunSummary:
    """End a run: count its rows, check the sum, write both.

    Pages still open are closed as failed and stay due. ``counted`` are the outcomes that the
    caller saw for report pages; when they differ from the rows, that is a fault. Gives the summary.
    """
    with writing(engine) as session:
        before = tally(session, run_id)
        faults = [f"{before.open} pages were left open"] if before.open and exit_reason == FINISHED else []
        abandon(session, run_id, f"left open: the run ended ({exit_reason})")
        counts = write_end(session, run_id, exit_reason)
        seen = {outcome: counted.get(outcome, 0) for outcome in Outcome} if counted is not None else {}
        faults += [
            f"{outcome}: {number} seen, {getattr(counts, outcome)} stored"
            for outcome, number in seen.items()
            if number + (before.open if outcome is Outcome.FAILED else 0) != getattr(counts, outcome)
        ]
        if not counts.closes:
            faults.append(f"the sum does not close: {counts}")
        return _summary(session, run_id, faults)


def recover(engine: Engine, host: str | None = None) -> int:
    """Close the runs of this host whose process died, and those of any host that have been silent for long.

    A container that is made anew has another name: nobody else would close what it left. Their open pages
    count as failed (interrupted) and are due at once, without blame. Gives how many runs there were.
    """
    here = host or this_host()
    with writing(engine) as session:
        running = session.scalars(select(CrawlRun).where(CrawlRun.ended_at.is_(None))).all()
        dead = [
            run
            for run in running
            if run.heartbeat_at < now() - SILENCE or (run.host == here and not alive(run.pid, run.started_at))
        ]
        for run in dead:
            abandon(session, run.id, f"interrupted: process {run.pid} on {run.host} died")
            write_end(session, run.id, CRASHED)
        return len(dead)


def list_runs(engine: Engine, limit: int = 20) -> list[RunSummary]:
    """The latest runs, newest first, without their failed pages."""
    with reading(engine) as session:
        numbers = session.scalars(select(CrawlRun.id).order_by(CrawlRun.id.desc()).limit(limit)).all()
        return [_summary(session, number, (), failures=0) for number in numbers]


def show_run(engine: Engine, run_id: int, failures: int = 1000) -> RunSummary:
    """One run with its failed pages. Raises DatabaseError when there is no such run."""
    with reading(engine) as session:
        return _summary(session, run_id, (), failures)


def _summary(session: Session, run_id: int, faults: Sequence[str], failures: int = 1000) -> RunSummary:
    run = session.get(CrawlRun, run_id, populate_existing=True)
    if run is None:
        raise DatabaseError(f"there is no run {run_id}: huixun runs lists them")
    counts = tally(session, run_id)
    wrong = list(faults)
    if run.ended_at is not None and run.due is not None and run.due != counts.due:
        wrong.append(f"{run.due} pages were due when the run ended, its rows now say {counts.due}")
    failed = (Fetch.run_id == run_id, Fetch.outcome == Outcome.FAILED.value)
    open_ended = select(func.count()).select_from(Fetch).join(Page).where(*failed, ~_DEFINITE)
    query = select(
        Page.url, Page.kind, Fetch.status, func.coalesce(Fetch.error, ""), Fetch.attempts, _DEFINITE
    )
    query = query.join(Page).where(*failed).order_by(_DEFINITE, Fetch.id).limit(failures)
    return RunSummary(
        id=run.id,
        command=run.command,
        sites=tuple(run.sites),
        started_at=run.started_at,
        ended_at=run.ended_at,
        exit_reason=run.exit_reason,
        counts=counts,
        faults=tuple(wrong),
        failures=tuple(FailedPage(*row) for row in session.execute(query)),
        unanswered=session.scalar(open_ended) or 0,
    )
