"""The command line: ``huixun …``. Each command has a file of its name; this one puts them together.

Exit codes: 0 done and the sum closes, 1 something failed and is named, 2 wrong usage.
"""

from __future__ import annotations

import sys

import typer

from crawler.cli import crawl, db, demo, doctor, reprocess, runs, schedule, scrape, search, sites, sql
from crawler.cli.output import complain
from crawler.errors import HuixunError, UsageError

app = typer.Typer(
    name="huixun",
    help="Huixun 会讯: reports of Chinese government meetings, crawled, restored, stored.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(demo.demo)
app.command()(crawl.crawl)
app.command()(scrape.scrape)
app.command()(sql.sql)
app.command()(search.search)
app.command()(runs.runs)
app.command()(reprocess.reprocess)
app.command()(doctor.doctor)
app.add_typer(sites.app, name="sites")
app.add_typer(schedule.app, name="schedule")
app.add_typer(db.app, name="db")


def main() -> None:
    """Run the command line; a known error is one line on standard error and exit code 1 (usage: 2)."""
    try:
        app()
    except UsageError as error:
        complain(str(error))
        sys.exit(2)
    except HuixunError as error:
        complain(str(error))
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
