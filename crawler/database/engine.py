"""The connection: one engine for SQLite and PostgreSQL, and what a transaction means on each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, exc, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from crawler.errors import DatabaseError

# What a driver says of a database that is away, locked, full or none: not our mistake.
_GONE = (exc.OperationalError, exc.InterfaceError, exc.DatabaseError)
BUSY_SECONDS = 30  # how long a writer waits for another one on SQLite


def connect(url: str) -> Engine:
    """An engine for ``sqlite:///file`` or ``postgresql://…`` (through psycopg); nothing is opened yet.

    The folder of a SQLite file is made. Raises DatabaseError when it cannot be, or the address means nothing.
    """
    try:
        address = make_url(url)
    except exc.ArgumentError as error:
        raise DatabaseError(f"HUIXUN_DATABASE_URL is no database address: {url!r}") from error
    if address.drivername in ("postgres", "postgresql"):
        address = address.set(drivername="postgresql+psycopg")
    backend = address.get_backend_name()
    if backend not in ("sqlite", "postgresql"):
        raise DatabaseError(f"database {backend!r} is not supported: use sqlite:///… or postgresql://…")
    if backend == "sqlite" and address.database and not address.database.startswith((":memory:", "file:")):
        _make_folder(Path(address.database).parent)  # who writes a file: URI has made its folder
    try:
        engine = create_engine(
            address,
            pool_pre_ping=backend == "postgresql",
            json_serializer=partial(json.dumps, ensure_ascii=False),
        )
    except exc.NoSuchModuleError as error:
        raise DatabaseError(f"HUIXUN_DATABASE_URL: {error}") from error
    if backend == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseError(
            f"the folder of the database cannot be made: {folder}: {error.strerror}; set HUIXUN_DATA or "
            "HUIXUN_DATABASE_URL to another place"
        ) from error


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Transactions are ours to begin; readers never wait for the writer (WAL); foreign keys hold."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {BUSY_SECONDS * 1000}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its lock at once: one that began as a reader could never wait for another writer."""
    writes = connection.get_execution_options().get("huixun_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session in one transaction that writes: committed at the end, rolled back by any exception.

    Raises DatabaseError when the database is gone, locked for too long, or full.
    """
    with honest(engine), Session(engine.execution_options(huixun_writes=True)) as session, session.begin():
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that reads one consistent state. Raises DatabaseError when the database is gone."""
    with honest(engine), Session(engine) as session, session.begin():
        if engine.dialect.name == "postgresql":
            session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
        yield session


@contextmanager
def honest(engine: Engine) -> Iterator[None]:
    """Turn a database that is gone, locked or full, inside the block, into DatabaseError."""
    try:
        yield
    except exc.DBAPIError as error:
        if type(error) not in _GONE:
            raise
        cause = str(error.orig).strip().splitlines()
        raise DatabaseError(f"database {engine.url!r}: {cause[0] if cause else error}") from error
