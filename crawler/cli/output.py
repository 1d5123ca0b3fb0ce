"""How the command line speaks: tables, one-line complaints, values as people write them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta, timezone
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.records import Report

CHINA = timezone(timedelta(hours=8), "China")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is run by a spreadsheet


def out() -> Console:
    """The console on standard output."""
    return Console(highlight=False, soft_wrap=False)


def err() -> Console:
    """The console on standard error."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def complain(message: str) -> None:
    """Print an error, as text that no mark-up in it can colour or break."""
    err().print(Text.assemble(("error: ", "bold red"), message))


def note(message: str) -> None:
    """Print a remark that does not belong to the result."""
    err().print(Text(message, style="dim"))


def written(value: object) -> str:
    """A value as a person writes it; machine times (with a zone) in China time.

    >>> written(None), written(datetime(2023, 1, 28, 5, 42)), written(("李哲", "张宏"))
    ('', '2023-01-28 05:42', '李哲、张宏')
    """
    match value:
        case None:
            return ""
        case datetime(tzinfo=timezone()):
            return written(value.astimezone(CHINA).replace(tzinfo=None))
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M:%S" if value.second else "%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case tuple() | list():
            return "、".join(written(part) for part in value)
        case bool():
            return "yes" if value else "no"
        case _:
            return str(value)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str | None = None) -> Table:
    """A rich table; cells are plain text, so HTML or mark-up from a page stays what it is."""
    grid = Table(title=title, title_justify="left", header_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        grid.add_column(column, overflow="fold")
    for row in rows:
        grid.add_row(*(Text(written(cell)) for cell in row))
    return grid


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV with a header; a cell that a spreadsheet would run as a formula gets a quote before it.

    >>> as_csv(["name"], [["=1+1"]])
    "name\\r\\n'=1+1\\r\\n"
    """
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_harmless(written(cell)) for cell in row])
    return stream.getvalue()


def as_json(value: object) -> str:
    """JSON on one line, Chinese as Chinese."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def report_fields(report: Report) -> dict[str, Any]:
    """A report as nested plain values, its body included."""
    return {**asdict(report), "body": report.body}


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
