"""A bounded pool of processes for CPU work: a worker that dies or hangs costs its own task, never the others.

Workers are spawned (no forked locks, the same on every system) and serve one task at a time over a pipe. They
end by themselves when the parent is gone, and leave Ctrl-C to the parent.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from types import TracebackType
from typing import TypeVar, cast

from crawler.errors import HuixunError

T = TypeVar("T")

TIMEOUT = 30.0  # seconds for one task; a page takes milliseconds
START_TIMEOUT = 60.0  # seconds for a process to start and import its code, on a busy machine
_SPAWN = multiprocessing.get_context("spawn")


class WorkerFault(HuixunError):
    """A worker died or hung on a task; the task's page is to be counted as failed."""


class Pool:
    """``size`` processes (default: one a core), each started when first needed; close it after use."""

    def __init__(self, size: int | None = None, timeout: float = TIMEOUT) -> None:
        self.size = size or os.cpu_count() or 1
        self._threads = ThreadPoolExecutor(self.size, thread_name_prefix="pool")
        self._workers = [_Worker(timeout) for _ in range(self.size)]
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)

    def submit(self, work: Callable[..., T], *arguments: object) -> Future[T]:
        """Run a function of a module in a worker, from any thread; it and its arguments must pickle.

        The future raises what the work raised, or WorkerFault when the worker died or hung.
        """
        return self._threads.submit(self._run, work, arguments)

    def warm(self, work: Callable[[], object]) -> None:
        """Start every worker and let it run ``work`` once (imports, word lists); does not wait."""
        for _ in range(self.size):
            self.submit(work)

    def close(self) -> None:
        """End the workers; tasks that have not begun are dropped."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.stop()
        self._threads.shutdown()

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self, work: Callable[..., T], arguments: tuple[object, ...]) -> T:
        worker = self._idle.get()
        try:
            return cast(T, worker.ask(work, arguments))
        finally:
            self._idle.put(worker)


class _Worker:
    """One process and the pipe to it; after a death the next task starts a new one."""

    def __init__(self, timeout: float) -> None:
        self._timeout = timeout
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None

    def ask(self, work: Callable[..., object], arguments: tuple[object, ...]) -> object:
        """What the work gives. Raises what it raises, or WorkerFault when the process dies or is too slow."""
        try:
            pipe = self._pipe or self._start()
            pipe.send((work, arguments))
            if not pipe.poll(self._timeout):
                raise WorkerFault(f"no answer within {self._timeout:g} seconds")
            answer, error = pipe.recv()
        except WorkerFault:
            self.kill()
            raise
        except (EOFError, OSError) as fault:
            self.kill()
            raise WorkerFault("the worker process died") from fault
        if error is not None:
            raise error
        return answer

    def stop(self) -> None:
        """End the process at once; a thread that waits for its answer sees the pipe end."""
        if self._process is not None:
            self._process.kill()
            self._process.join()

    def kill(self) -> None:
        """End the process and forget it."""
        self.stop()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None

    def _start(self) -> Connection:
        self._pipe, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        if not self._pipe.poll(START_TIMEOUT):
            raise WorkerFault(f"the worker process did not start within {START_TIMEOUT:g} seconds")
        self._pipe.recv()
        return self._pipe


def _serve(pipe: Connection) -> None:
    """A worker's life: answer tasks until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pipe.send("ready")
    while True:
        try:
            work, arguments = pipe.recv()
        except EOFError:
            return
        try:
            answer, error = work(*arguments), None
        except Exception as fault:  # noqa: BLE001 - travels to the parent, which raises it
            answer, error = None, fault
        try:
            pipe.send((answer, error))
        except Exception as fault:  # noqa: BLE001 - an answer that cannot travel is the fault of its task
            pipe.send((None, WorkerFault(f"the answer does not pickle: {fault}")))
