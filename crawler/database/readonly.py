"""Questions to the database that cannot change it, whatever a person types."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import psycopg
from sqlalchemy import Connection, Engine

from crawler.database.engine import honest
from crawler.errors import DatabaseError

PATIENCE: Final = 120.0  # seconds that a question may take
_STEPS: Final = 20_000  # SQLite's machine steps between two looks at the clock
_READS: Final = frozenset(
    (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE)
)
_QUESTION: Final = re.compile(
    r"(?:\s|--[^\n]*(?:\n|$)|/\*.*?\*/)*(select|with|values|explain|table)\b", re.I | re.S
)


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of a question; ``more`` when there were further ones beyond the limit."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    more: bool = False


def ask(engine: Engine, query: str, limit: int | None = None, patience: float = PATIENCE) -> Answer:
    """The answer to one SELECT (WITH, VALUES, EXPLAIN), at most ``limit`` rows, in ``patience`` seconds.

    Raises DatabaseError with the database's own words for anything else, and for mistakes.
    """
    if not _QUESTION.match(query) or "\0" in query:
        raise DatabaseError("only questions can be asked here: begin with SELECT or WITH")
    with read_only(engine, patience) as connection:
        cursor = connection.connection.cursor()
        try:
            _execute(cursor, query)
            columns = tuple(column[0] for column in cursor.description or ())
            rows = cursor.fetchall() if limit is None else cursor.fetchmany(limit + 1)
        except (sqlite3.Error, psycopg.Error, ValueError) as error:
            raise DatabaseError(_explain(error, patience)) from error
        finally:
            cursor.close()
    shown = rows if limit is None else rows[:limit]
    return Answer(columns, tuple(tuple(row) for row in shown), len(rows) > len(shown))


@contextmanager
def read_only(engine: Engine, patience: float = PATIENCE) -> Iterator[Connection]:
    """A connection in a transaction that can only read, for at most ``patience`` seconds a statement.

    On SQLite every statement is checked while it is compiled (no ATTACH, no PRAGMA, no write); on
    PostgreSQL the transaction is read-only. It is rolled back at the end.
    """
    with honest(engine), engine.connect() as connection, connection.begin() as transaction:
        raw: Any = connection.connection.driver_connection
        if engine.dialect.name == "sqlite":
            deadline = time.monotonic() + patience
            raw.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
            raw.set_authorizer(_judge)
        else:
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = {int(patience * 1000)}")
        try:
            yield connection
        finally:
            if engine.dialect.name == "sqlite":
                raw.set_authorizer(None)
                raw.set_progress_handler(None, 0)
            transaction.rollback()


def _judge(action: int, *_: str | None) -> int:
    return sqlite3.SQLITE_OK if action in _READS else sqlite3.SQLITE_DENY


def _execute(cursor: Any, query: str) -> None:  # noqa: ANN401 - a cursor of either driver
    """One statement: SQLite's driver takes no second one, PostgreSQL cannot prepare two."""
    if isinstance(cursor, psycopg.Cursor):
        cursor.execute(query.encode(), prepare=True)
    else:
        cursor.execute(query)


def _explain(error: Exception, patience: float) -> str:
    words = str(error).strip() or type(error).__name__
    if words == "interrupted" or isinstance(error, psycopg.errors.QueryCanceled):
        return f"the question took longer than {patience:g} seconds"
    if "not authorized" in words or isinstance(error, psycopg.errors.ReadOnlySqlTransaction):
        return f"nothing can be changed here ({words})"
    return words
