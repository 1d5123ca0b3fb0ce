"""The schema in words: ``python -m crawler.database.describe`` writes docs/schema.md."""

from __future__ import annotations

import sys
from pathlib import Path

from sqlalchemy import Column, Table

from crawler.database.queries import named_queries
from crawler.database.tables import Base
from migrations.views import latest

_KINDS = {
    "INTEGER": "integer",
    "BIGINT": "integer",
    "TEXT": "text",
    "JSON": "JSON",
    "DOUBLE": "number",
    "FLOAT": "number",
    "BOOLEAN": "yes/no",
    "DATE": "day",
    "DATETIME": "moment",
}
_HEAD = """# The database

Written by `python -m crawler.database.describe`; a test fails when it is out of date.

Tables hold what was found; views are made for questions: begin with `v_reports` and `v_attendance`.
The same tables and views stand on SQLite and PostgreSQL. Moments of the machine are UTC; days and moments of
publication are China time as printed. Positions (`start`, `end`) count characters of the body from 0.
`search_term` is the index behind `huixun search`: pairs of neighbouring characters, each database's own kind.
`"fetch"` and `"end"` are words of SQL itself: PostgreSQL wants them in double quotes.
"""


def describe() -> str:
    """The whole schema as Markdown: diagram, views, tables, ready questions."""
    tables = Base.metadata.sorted_tables
    parts = [_HEAD, "## How the tables hang together", _diagram(tables), "## Views"]
    parts += [_section(view.name, view.comment, _view_rows(view.columns)) for view in latest()]
    parts += ["## Tables"]
    parts += [_section(table.name, table.comment or "", _table_rows(table)) for table in tables]
    ready = "\n".join(f"- `{query.name}`: {query.description}" for query in named_queries().values())
    parts += ["## Ready questions", "`huixun sql NAME` asks one of these.", ready]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def main() -> None:
    """Write the file named on the command line, docs/schema.md of the project by default."""
    default = Path(__file__).resolve().parents[2] / "docs" / "schema.md"
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    path.write_text(describe(), encoding="utf-8")


def _diagram(tables: list[Table]) -> str:
    lines = ["```mermaid", "erDiagram"]
    for table in tables:
        for column in table.columns:
            for key in column.foreign_keys:
                child = "o|" if _single(column) else "o{"
                lines.append(f"    {key.column.table.name} ||--{child} {table.name} : {column.name}")
    return "\n".join([*lines, "```"])


def _single(column: Column[object]) -> bool:
    """Whether at most one row can point at the other table's row."""
    return bool(column.unique) or [c.name for c in column.table.primary_key] == [column.name]


def _section(name: str, comment: str, rows: list[str]) -> str:
    return "\n".join([f"### {name}", "", f"{comment}.".replace("..", "."), "", *rows])


def _table_rows(table: Table) -> list[str]:
    rows = [f"| `{c.name}` | {_kind(c)} | {_cell(c.comment or '')} |" for c in table.columns]
    return ["| column | kind | what |", "|---|---|---|", *rows]


def _view_rows(columns: dict[str, str]) -> list[str]:
    return ["| column | what |", "|---|---|"] + [
        f"| `{name}` | {_cell(what)} |" for name, what in columns.items()
    ]


def _kind(column: Column[object]) -> str:
    kind = str(column.type).partition("(")[0].partition(" ")[0].upper()
    links = [f"→ {key.column.table.name}" for key in column.foreign_keys]
    empty = ["may be empty"] if column.nullable else []
    return ", ".join([_KINDS.get(kind, kind.lower()), *links, *empty])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    main()
