"""Jobs start once each, whoever ticks; starts that nobody saw are folded into one."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import Engine

from crawler.database import connect
from crawler.errors import UsageError
from crawler.schedule import CHINA, Job, add, following, list_jobs, remove
from crawler.schedule import tick as due_jobs

DAILY = "30 6 * * *"
BEFORE = datetime(2024, 3, 6, 6, 0, tzinfo=CHINA)


def tick(engine: Engine) -> list[Job]:
    return list(due_jobs(engine))


@pytest.mark.parametrize(
    ("cron", "after", "expected"),
    [
        (DAILY, datetime(2024, 3, 6, 6, 29, tzinfo=CHINA), "2024-03-06T06:30:00+08:00"),
        (DAILY, datetime(2024, 3, 6, 6, 30, tzinfo=CHINA), "2024-03-07T06:30:00+08:00"),
        (DAILY, datetime(2024, 3, 5, 22, 0, tzinfo=UTC), "2024-03-06T06:30:00+08:00"),
        ("*/15 * * * *", datetime(2024, 12, 31, 23, 50, tzinfo=CHINA), "2025-01-01T00:00:00+08:00"),
        ("0 0 29 2 *", datetime(2024, 3, 1, tzinfo=CHINA), "2028-02-29T00:00:00+08:00"),
    ],
)
def test_following(cron: str, after: datetime, expected: str) -> None:
    assert following(cron, after).isoformat() == expected


@pytest.mark.parametrize("cron", ["", "每天", "61 * * * *", "* * * *", "0 0 30 2 *", "@daily\x00", "* " * 99])
def test_what_is_no_time(cron: str) -> None:
    with pytest.raises(UsageError, match="no time that ever comes"):
        following(cron, BEFORE)


def test_add_list_remove(engine: Engine) -> None:
    with time_machine.travel(BEFORE, tick=False):
        add(engine, "weekly", "0 7 * * 1", ["crawl", "--type", "portal"])
        add(engine, "daily", DAILY, ["crawl"])
        assert [job.name for job in list_jobs(engine)] == ["daily", "weekly"]
        assert list_jobs(engine)[1].arguments == ("crawl", "--type", "portal")
    with pytest.raises(UsageError, match="already"):
        add(engine, "daily", DAILY, ["crawl"])
    with pytest.raises(UsageError, match="no time"):
        add(engine, "broken", "每天", ["crawl"])
    remove(engine, "daily")
    assert [job.name for job in list_jobs(engine)] == ["weekly"]
    with pytest.raises(UsageError, match="no job 'daily'"):
        remove(engine, "daily")


def test_a_job_is_claimed_once_when_due(engine: Engine) -> None:
    with time_machine.travel(BEFORE, tick=False) as clock:
        add(engine, "daily", DAILY, ["crawl"])
        assert tick(engine) == []
        clock.shift(timedelta(minutes=30))
        (job,) = tick(engine)
        assert (job.name, job.missed) == ("daily", 0)
        assert tick(engine) == []
        (listed,) = list_jobs(engine)
        assert listed.next_run == BEFORE + timedelta(days=1, minutes=30)
        assert listed.last_claimed_at == BEFORE + timedelta(minutes=30)
        assert listed.last_claimed_by


def test_missed_starts_are_folded_into_one(engine: Engine) -> None:
    with time_machine.travel(BEFORE, tick=False) as clock:
        add(engine, "daily", DAILY, ["crawl"])
        clock.shift(timedelta(days=4))
        (job,) = tick(engine)
        assert job.missed == 3
        assert tick(engine) == []
        assert list_jobs(engine)[0].missed == 3
        clock.shift(timedelta(hours=1))
        assert tick(engine)[0].missed == 0


def test_years_of_missed_minutes_end_soon(engine: Engine) -> None:
    with time_machine.travel(BEFORE, tick=False) as clock:
        add(engine, "minutely", "* * * * *", ["crawl"])
        clock.shift(timedelta(days=3650))
        (job,) = tick(engine)
        assert job.missed == 1000


def test_many_tickers_one_start(database_url: str) -> None:
    first = connect(database_url)
    with time_machine.travel(BEFORE, tick=False) as clock:
        add(first, "daily", DAILY, ["crawl"])
        add(first, "hourly", "0 * * * *", ["crawl"])
        clock.shift(timedelta(hours=1))
        claimed: list[str] = []
        gate = threading.Barrier(6)

        def ticker() -> None:
            engine = connect(database_url)
            gate.wait()
            claimed.extend(job.name for job in tick(engine))
            engine.dispose()

        threads = [threading.Thread(target=ticker) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    first.dispose()
    assert sorted(claimed) == ["daily", "hourly"]
