"""Jobs that start by themselves: rows with a cron expression, claimed by one ticker each time.

Several machines may tick at once: a due job goes to the one that moves its ``next_run`` on
(compare and set). Starts that were missed while nobody ticked are folded into one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import islice, takewhile
from typing import Final

from cronsim import CronSim, CronSimError
from sqlalchemy import CursorResult, Engine, delete, select, update

from crawler.database import reading, writing
from crawler.database.columns import now
from crawler.database.processes import this_host
from crawler.database.tables import Schedule
from crawler.database.upsert import insert_unseen
from crawler.errors import UsageError

CHINA: Final = timezone(timedelta(hours=8), "China")
_MOST_MISSED: Final = 1000  # beyond, the exact number of missed starts tells nothing more


@dataclass(frozen=True, slots=True)
class Job:
    """One job; ``arguments`` follow ``huixun``; ``missed`` counts earlier starts folded into the last one."""

    name: str
    cron: str
    arguments: tuple[str, ...]
    next_run: datetime
    last_claimed_at: datetime | None = None
    last_claimed_by: str | None = None
    missed: int = 0


def following(cron: str, after: datetime) -> datetime:
    """The next start after a moment, in China time. Raises UsageError for what is no cron expression.

    >>> following("30 6 * * 1", datetime(2024, 3, 6, tzinfo=CHINA)).isoformat()
    '2024-03-11T06:30:00+08:00'
    """
    try:
        return next(CronSim(cron, after.astimezone(CHINA)))
    except (CronSimError, StopIteration) as error:
        raise UsageError(
            f"{cron!r} is no time that ever comes ({error}): write minute hour day month weekday, "
            "e.g. '30 6 * * *' for every day at half past six"
        ) from error


def add(engine: Engine, name: str, cron: str, arguments: Sequence[str]) -> Job:
    """Add a job; its first start is the next one from now.

    Raises UsageError when the name is taken or the expression is none.
    """
    first = following(cron, now())
    row = {"name": name, "cron": cron, "arguments": list(arguments), "next_run": first}
    with writing(engine) as session:
        made = insert_unseen(session, Schedule, [row | {"created_at": now(), "last_missed": 0}], ["name"])
    if not made:
        raise UsageError(f"there is a job {name!r} already: huixun schedule remove {name}")
    return Job(name, cron, tuple(arguments), first)


def remove(engine: Engine, name: str) -> None:
    """Remove a job. Raises UsageError when there is none of that name."""
    with writing(engine) as session:
        gone = session.execute(delete(Schedule).where(Schedule.name == name).returning(Schedule.id)).all()
    if not gone:
        raise UsageError(f"there is no job {name!r}: huixun schedule list")


def list_jobs(engine: Engine) -> list[Job]:
    """All jobs, the next one first."""
    with reading(engine) as session:
        query = select(Schedule).order_by(Schedule.next_run, Schedule.name)
        return [_job(row, row.last_missed) for row in session.scalars(query)]


def tick(engine: Engine) -> Iterator[Job]:
    """The jobs that are due, each claimed for this process as it is given; another ticker does not get it.

    What is given is to be run by the caller before the next one is asked for: a process that dies loses the
    start of the job under way, never of those that wait.
    """
    moment = now()
    with reading(engine) as session:
        due = [
            _job(row, _missed(row, moment))
            for row in session.scalars(select(Schedule).where(Schedule.next_run <= moment))
        ]
    return (job for job in due if _claim(engine, job, moment))


def _claim(engine: Engine, job: Job, moment: datetime) -> bool:
    """Move ``next_run`` on from the value that was read; False when someone else was first."""
    values = {
        "next_run": following(job.cron, moment),
        "last_claimed_at": moment,
        "last_claimed_by": f"{this_host()}:{os.getpid()}",
        "last_missed": job.missed,
    }
    unmoved = (Schedule.name == job.name, Schedule.next_run == job.next_run)
    with writing(engine) as session:
        result = session.execute(update(Schedule).where(*unmoved).values(**values))
        return isinstance(result, CursorResult) and result.rowcount == 1


def _missed(row: Schedule, moment: datetime) -> int:
    """Starts after the one that was due, up to now: they are folded into it."""
    times = CronSim(row.cron, row.next_run.astimezone(CHINA))
    return sum(1 for _ in islice(takewhile(lambda time: time <= moment, times), _MOST_MISSED))


def _job(row: Schedule, missed: int) -> Job:
    return Job(
        name=row.name,
        cron=row.cron,
        arguments=tuple(row.arguments),
        next_run=row.next_run,
        last_claimed_at=row.last_claimed_at,
        last_claimed_by=row.last_claimed_by,
        missed=missed,
    )
