"""``huixun runs``: what each crawl did, as a sum."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from crawler.cli import output
from crawler.config import load_settings
from crawler.database import connect_checked
from crawler.runs import RunSummary, list_runs, show_run

_COLUMNS = ("run", "started", "sites", "due", "new", "changed", "unchanged", "rejected", "failed", "end")
_NAMED = 50  # failed pages that are printed; the view v_failed_pages holds all


def runs(
    run_id: Annotated[
        int | None, typer.Argument(metavar="[ID]", help="One run; the latest 20 when absent.")
    ] = None,
) -> None:
    """List the latest runs, or show one with every page that failed; exit code 1 if that one is red."""
    engine = connect_checked(load_settings().database_url)
    if run_id is None:
        output.out().print(output.table(_COLUMNS, [_row(run) for run in list_runs(engine)]))
        return
    run = show_run(engine, run_id, failures=_NAMED)
    console = output.out()
    console.print(output.table(_COLUMNS, [_row(run)]))
    for fault in run.faults:
        console.print(Text(f"fault: {fault}"))
    for page in run.failures:
        console.print(Text(f"failed: {page.url} ({page.status or 'no answer'}): {page.error}"))
    if not run.ok:
        raise typer.Exit(1)


def _row(run: RunSummary) -> tuple[object, ...]:
    c = run.counts
    end = run.exit_reason or "still running"
    counts = (c.due, c.new, c.changed, c.unchanged, c.rejected, c.failed)
    return (run.id, run.started_at, run.sites, *counts, end if c.closes else f"{end}: THE SUM DOES NOT CLOSE")
