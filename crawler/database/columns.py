"""Column types that hold on both databases: moments in UTC, text that any database can keep."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from sqlalchemy import JSON, DateTime, Dialect, MetaData, Text
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
LABEL_LENGTH = 500  # characters of an indexed text; a PostgreSQL index row ends at 2704 bytes


# A time as a page prints it: China time without a zone, to the second, also as SQLite keeps it.
_TO_THE_SECOND = sqlite.DATETIME(truncate_microseconds=True)  # type: ignore[no-untyped-call]
PRINTED = DateTime().with_variant(_TO_THE_SECOND, "sqlite")


def now() -> datetime:
    """The moment, in UTC: the one clock of everything that is stored."""
    return datetime.now(UTC)


def storable(text: str) -> str:
    """The text as a database can keep it: NUL and lone surrogates become U+FFFD, so that no position moves.

    >>> storable("会议\\x00强调")
    '会议\\ufffd强调'
    """
    return _UNSTORABLE.sub("\ufffd", text)


def unstorable(text: str) -> int:
    """How many characters of the text no database can keep.

    >>> unstorable("会议\\x00强调")
    1
    """
    return len(_UNSTORABLE.findall(text))


class Moment(TypeDecorator[datetime]):
    """A machine's time: UTC with its zone, also on SQLite, which keeps none."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; a naive time is taken as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text of any length from the web, made storable."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """See ``storable``."""
        return None if value is None else storable(value)


class Label(Words):
    """A short text that is looked up by an index: storable, at most ``LABEL_LENGTH`` characters."""

    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Cut at ``LABEL_LENGTH``; no name, place or address of a real page is as long."""
        return None if value is None else storable(value[:LABEL_LENGTH])


class Data(TypeDecorator[object]):
    """A small structure as JSON; its strings are made storable."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> object:
        """Each string storable, however deep."""
        return storable_data(value)


def storable_data(value: object) -> object:
    """A structure with each string storable, however deep; tuples become lists, as in JSON."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {key: storable_data(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [storable_data(part) for part in value]
    return value


class Base(DeclarativeBase):
    """Mother of all tables; names of keys and indexes are the same on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment, str: Words}  # noqa: RUF012 - SQLAlchemy's own protocol
