"""The ledger of runs: opening one, counting its rows, writing its end, in the caller's transaction."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import case, func, select, update
from sqlalchemy.orm import Session

from crawler.database.columns import now
from crawler.database.processes import this_host
from crawler.database.tables import CrawlRun, Fetch, Page
from crawler.outcomes import Outcome

FINISHED: Final = "finished"


@dataclass(frozen=True, slots=True)
class RunCounts:
    """The sum of a run: pages by outcome; list pages are counted apart."""

    due: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    failed: int = 0
    open: int = 0
    lists_due: int = 0
    lists_failed: int = 0
    links_found: int = 0

    @property
    def closes(self) -> bool:
        """Whether every page that was due ended as exactly one outcome."""
        return self.due == self.new + self.changed + self.unchanged + self.rejected + self.failed


def begin_run(session: Session, command: str, sites: Sequence[str]) -> int:
    """The row of a run of this process; gives its number."""
    run = CrawlRun(command=command, sites=list(sites), host=this_host(), pid=os.getpid())
    session.add(run)
    session.flush()
    return run.id


def abandon(session: Session, run_id: int, error: str) -> None:
    """Close all that a run still has as failed, and release its pages; they stay due."""
    session.execute(
        update(Fetch)
        .where(Fetch.run_id == run_id, Fetch.outcome.is_(None))
        .values(outcome=Outcome.FAILED.value, error=error, ended_at=now())
    )
    session.execute(
        update(Page).where(Page.lease_run_id == run_id).values(lease_run_id=None, lease_until=None)
    )


def tally(session: Session, run_id: int) -> RunCounts:
    """The sum of a run as its fetch rows say."""
    listed = Page.kind == "list"

    def count(condition: Any) -> Any:  # noqa: ANN401 - SQL expressions of two kinds
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    columns = {outcome.value: count(~listed & (Fetch.outcome == outcome.value)) for outcome in Outcome}
    columns |= {
        "due": count(~listed),
        "open": count(Fetch.outcome.is_(None)),
        "lists_due": count(listed),
        "lists_failed": count(listed & (Fetch.outcome == Outcome.FAILED.value)),
        "links_found": func.coalesce(func.sum(Fetch.links_found), 0),
    }
    query = select(*(column.label(name) for name, column in columns.items()))
    row = session.execute(query.select_from(Fetch).join(Page).where(Fetch.run_id == run_id)).one()
    return RunCounts(**row._asdict())


def write_end(session: Session, run_id: int, exit_reason: str) -> RunCounts:
    """Count the rows of a run and write the sum as its end."""
    counts = tally(session, run_id)
    names = [o.value for o in Outcome] + ["due", "lists_due", "lists_failed", "links_found"]
    values = {name: getattr(counts, name) for name in names}
    session.execute(
        update(CrawlRun)
        .where(CrawlRun.id == run_id)
        .values(ended_at=now(), exit_reason=exit_reason, **values)
    )
    return counts
