"""``huixun schedule``: jobs that start by themselves."""

from __future__ import annotations

import shlex
import signal
import subprocess
import sys
import threading
from typing import Annotated

import typer
from sqlalchemy import Engine

import crawler.schedule as jobs
from crawler.cli import output
from crawler.config import load_settings
from crawler.database import connect_checked
from crawler.errors import DatabaseError, HuixunError, UsageError

app = typer.Typer(help="Jobs that start by themselves (times are China time).", no_args_is_help=True)

_STARTABLE = ("crawl",)  # commands that make sense without a person


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Name of the job.")],
    cron: Annotated[str, typer.Argument(help="minute hour day month weekday, e.g. '30 6 * * *'.")],
    command: Annotated[str, typer.Argument(help="What to run, e.g. crawl SITE --since 2023-01-01.")],
) -> None:
    """Add a job: huixun schedule add daily '30 6 * * *' crawl SITE."""
    if command not in _STARTABLE:
        raise UsageError(f"schedule: {command!r} cannot be a job; use {', '.join(_STARTABLE)}")
    job = jobs.add(_engine(), name, cron, [command, *context.args])
    typer.echo(f"{job.name}: huixun {shlex.join(job.arguments)}; first at {output.written(job.next_run)}")


@app.command("list")
def list_() -> None:
    """List the jobs, the next one first."""
    rows = [
        (
            job.name,
            job.cron,
            shlex.join(job.arguments),
            job.next_run,
            job.last_claimed_at,
            job.last_claimed_by,
        )
        for job in jobs.list_jobs(_engine())
    ]
    output.out().print(output.table(("job", "cron", "huixun …", "next run", "last run", "by"), rows))


@app.command()
def remove(name: Annotated[str, typer.Argument(help="Name of the job.")]) -> None:
    """Remove a job."""
    jobs.remove(_engine(), name)
    typer.echo(f"{name}: removed")


@app.command()
def tick() -> None:
    """Run the jobs that are due, once; exit code 1 if one of them failed."""
    failed = _Runner().run_due(_engine())
    if failed:
        raise HuixunError(f"schedule: failed: {', '.join(failed)} (huixun runs shows why)")


@app.command()
def run(
    every: Annotated[float, typer.Option(min=1, help="Seconds between two looks at the clock.")] = 30.0,
) -> None:
    """Keep running due jobs until the process is told to stop (SIGTERM, Ctrl-C)."""
    engine, runner = _engine(), _Runner()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, runner.stop)
    output.note(f"scheduler: looking every {every:g} s")
    while not runner.stopped.is_set():
        try:
            for name in runner.run_due(engine):
                output.complain(f"schedule: job {name} failed (huixun runs shows why)")
        except DatabaseError as error:  # a database that starts anew is back at one of the next looks
            output.complain(f"schedule: {error}; looking again in {every:g} s")
        runner.stopped.wait(every)
    output.note("scheduler: stopped")


class _Runner:
    """Runs due jobs, one after the other, until it is told to stop."""

    def __init__(self) -> None:
        self.stopped = threading.Event()
        self._job: subprocess.Popen[bytes] | None = None

    def run_due(self, engine: Engine) -> list[str]:
        """Claim and run what is due; gives the names of the jobs that failed."""
        failed = []
        for job in jobs.tick(engine):
            late = f" (and {job.missed} missed starts folded into this one)" if job.missed else ""
            output.note(f"{job.name}: huixun {shlex.join(job.arguments)}{late}")
            command = [sys.executable, "-m", "crawler.cli", *job.arguments]
            self._job = subprocess.Popen(command)  # noqa: S603 - our own command line
            if self._job.wait():
                failed.append(job.name)
            if self.stopped.is_set():
                break
        return failed

    def stop(self, number: int, _: object) -> None:
        """Start nothing more; SIGTERM is passed on to the job, Ctrl-C has reached it already."""
        self.stopped.set()
        if self._job is not None and number == signal.SIGTERM:
            self._job.terminate()


def _engine() -> Engine:
    return connect_checked(load_settings().database_url)
