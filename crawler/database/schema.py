"""The shape of the database: brought up, down and checked by the migrations, and by nothing else."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

import migrations
from crawler.database.engine import connect, reading, writing
from crawler.errors import DatabaseError, UsageError

_LOCK = 0x4855_5853  # any fixed number: two upgrades at once wait for each other


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database at ``url`` to a revision, the newest by default; all or nothing.

    Raises DatabaseError when the database cannot be reached or is newer than the program, UsageError for a
    revision that there is not.
    """
    _migrate(url, command.upgrade, revision)


def downgrade(url: str, revision: str) -> None:
    """Take the database back to a revision (``base``: empty, ``-1``: one step); rows of dropped tables go."""
    _migrate(url, command.downgrade, revision)


def check(url: str) -> str:
    """The revision of the database, when it is the code's.

    Raises DatabaseError saying which way it differs and what to call.
    """
    engine = connect(url)
    try:
        return check_engine(engine)
    finally:
        engine.dispose()


def check_engine(engine: Engine) -> str:
    """``check`` for an engine that is already there."""
    head = _revisions()[-1]
    with reading(engine) as session:
        current = _current(session.connection())
    if current == head and current is not None:
        return current
    stands = f"is at {current}" if current else "has no tables yet"
    raise DatabaseError(f"the database {stands}, the program needs {head}: huixun db upgrade")


def connect_checked(url: str) -> Engine:
    """An engine on a database whose shape is the code's.

    Raises DatabaseError as ``check`` does, so that a command never stumbles over a missing table.
    """
    engine = connect(url)
    check_engine(engine)
    return engine


def _migrate(url: str, step: object, revision: str) -> None:
    engine = connect(url)
    try:
        with writing(engine) as session:
            connection = session.connection()
            _lock(connection)
            _current(connection)
            config = _config()
            config.attributes["connection"] = connection
            step(config, revision)  # type: ignore[operator]
    except CommandError as error:
        known = ", ".join(("base", *_revisions()))
        raise UsageError(f"there is no way to revision {revision!r} ({error}); there are {known}") from error
    finally:
        engine.dispose()


def _revisions() -> list[str]:
    """All revisions, the oldest first."""
    script = ScriptDirectory.from_config(_config())
    return [revision.revision for revision in script.walk_revisions()][::-1]


def _current(connection: Connection) -> str | None:
    """The revision of a database, None when it has no tables. Raises DatabaseError for one of the future."""
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in _revisions():
        raise DatabaseError(f"the database is newer than the program ({current}): install a newer huixun")
    return current


def _config() -> Config:
    """Alembic's settings without a file; the migrations are found wherever they are installed."""
    config = Config()
    config.set_main_option("script_location", str(Path(next(iter(migrations.__path__)))).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
