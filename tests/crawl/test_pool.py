"""The pool: a worker that dies or hangs costs its own task only."""

from __future__ import annotations

import os
import signal
import time

import pytest

from crawler.pool import Pool, WorkerFault


@pytest.fixture(scope="module")
def pool():
    with Pool(2, timeout=3) as pool:
        yield pool


def test_tasks_come_back_in_any_order_but_each_with_its_answer(pool):
    futures = [pool.submit(pow, 2, n) for n in range(40)]
    assert [future.result() for future in futures] == [2**n for n in range(40)]


def test_what_the_work_raises_is_raised(pool):
    with pytest.raises(ZeroDivisionError):
        pool.submit(divmod, 1, 0).result()


def test_a_worker_that_dies_fails_its_task_only(pool):
    dying = pool.submit(os.kill, 0, 0) if os.name == "nt" else pool.submit(os._exit, 3)
    others = [pool.submit(pow, 3, n) for n in range(10)]
    with pytest.raises(WorkerFault, match="died"):
        dying.result()
    assert [future.result() for future in others] == [3**n for n in range(10)]


def test_a_worker_that_hangs_is_replaced(pool):
    started = time.monotonic()
    hanging = pool.submit(time.sleep, 60)
    others = [pool.submit(pow, 5, n) for n in range(4)]
    assert [future.result() for future in others] == [5**n for n in range(4)]
    with pytest.raises(WorkerFault, match="no answer within 3 seconds"):
        hanging.result()
    assert time.monotonic() - started < 30
    assert pool.submit(pow, 2, 2).result() == 4


def test_an_answer_that_does_not_travel_is_the_fault_of_its_task(pool):
    with pytest.raises(Exception, match="pickle"):
        pool.submit(eval, "lambda: 0").result()
    assert pool.submit(pow, 2, 3).result() == 8


def test_work_that_does_not_travel_is_refused_and_the_pool_goes_on(pool):
    with pytest.raises(Exception, match="pickle"):
        pool.submit(lambda: 1).result()
    assert pool.submit(pow, 2, 4).result() == 16


def test_workers_leave_ctrl_c_to_the_parent(pool):
    pid = pool.submit(os.getpid).result()
    os.kill(pid, signal.SIGINT)
    assert all(future.result() == 32 for future in [pool.submit(pow, 2, 5) for _ in range(4)])


def test_closing_ends_waiting_tasks():
    pool = Pool(1, timeout=60)
    pool.submit(pow, 1, 1).result()
    hanging = pool.submit(time.sleep, 50)
    time.sleep(0.3)
    started = time.monotonic()
    pool.close()
    with pytest.raises(WorkerFault):
        hanging.result()
    assert time.monotonic() - started < 10
