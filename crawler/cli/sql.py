"""``huixun sql``: read-only questions to the database."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlalchemy import Engine

from crawler.cli import output
from crawler.config import load_settings
from crawler.database import connect_checked
from crawler.database.queries import Query, named_queries
from crawler.database.readonly import Answer, ask
from crawler.errors import DatabaseError, UsageError

_PROMPT = "huixun> "


def sql(
    query: Annotated[
        str | None, typer.Argument(help="A SELECT, or the name of a ready query; a prompt when absent.")
    ] = None,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a row.")] = False,
    list_: Annotated[bool, typer.Option("--list", help="List the ready queries.")] = False,
) -> None:
    """Ask the database; nothing can be changed this way."""
    if csv and json:
        raise UsageError("sql: choose one of --csv and --json")
    if list_:
        rows = [(ready.name, ready.description) for ready in named_queries().values()]
        output.out().print(output.table(("name", "what it answers"), rows))
        return
    engine = connect_checked(load_settings().database_url)
    if query is None:
        _converse(engine)
        return
    print_answer(ask(engine, expand(query)), csv=csv, json=json)


def expand(query: str) -> str:
    """The SQL of a ready query's name, anything else as it is."""
    ready: Query | None = named_queries().get(query.strip())
    return ready.sql if ready else query


def print_answer(answer: Answer, *, csv: bool = False, json: bool = False) -> None:
    """Print rows as a table, CSV or JSON lines."""
    if csv:
        typer.echo(output.as_csv(answer.columns, answer.rows), nl=False)
    elif json:
        for row in answer.rows:
            typer.echo(output.as_json(dict(zip(answer.columns, row, strict=True))))
    else:
        output.out().print(output.table(answer.columns, answer.rows))
        number = f"{len(answer.rows)} {'row' if len(answer.rows) == 1 else 'rows'}"
        output.note(f"the first {number}; there are more" if answer.more else number)


def _converse(engine: Engine) -> None:
    """A prompt: one question a line, until an empty line or the end of the input."""
    output.note("a SELECT or the name of a ready query (huixun sql --list); an empty line ends")
    while True:
        try:
            query = input(_PROMPT).strip()
        except (EOFError, KeyboardInterrupt):
            return
        if not query:
            return
        try:
            print_answer(ask(engine, expand(query)))
        except DatabaseError as error:
            output.complain(str(error))
