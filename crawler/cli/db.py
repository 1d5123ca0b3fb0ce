"""``huixun db``: the schema of the database."""

from __future__ import annotations

from typing import Annotated

import typer

from crawler import database
from crawler.cli import output
from crawler.config import load_settings

app = typer.Typer(help="The database's schema.", no_args_is_help=True)


@app.command()
def upgrade() -> None:
    """Bring the schema up to date (safe to run twice; several callers wait for one another)."""
    settings = load_settings()
    from pipelines.store import load_regions

    database.upgrade(settings.database_url)
    with database.writing(database.connect(settings.database_url)) as session:
        load_regions(session)
    typer.echo(f"schema at {database.check(settings.database_url)}")


@app.command()
def downgrade(
    revision: Annotated[str, typer.Argument(help="Revision to go back to, or base (drops all data).")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Take the schema back to an older revision; data of newer tables is lost."""
    settings = load_settings()
    if not yes:
        typer.confirm(f"Take the schema back to {revision}? Data of newer tables is lost", abort=True)
    database.downgrade(settings.database_url, revision)
    typer.echo(f"schema at {revision}")


@app.command()
def check() -> None:
    """Say whether the database can be reached and its schema is the code's; exit code 1 if not."""
    settings = load_settings()
    typer.echo(f"schema at {database.check(settings.database_url)}, as the code wants it")
    output.note(f"database: {database.connect(settings.database_url).url!r}")
