"""Ready questions: one .sql file each, its first line a comment that says what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crawler.errors import UsageError


@dataclass(frozen=True, slots=True)
class Query:
    """A ready question: the file's name, its comment, its SQL."""

    name: str
    description: str
    sql: str


@cache
def named_queries() -> dict[str, Query]:
    """All ready questions by name, in alphabetical order."""
    return {path.stem: _read(path) for path in sorted(Path(__file__).parent.glob("*.sql"))}


def named_query(name: str) -> Query:
    """One ready question. Raises UsageError that lists what there is."""
    try:
        return named_queries()[name]
    except KeyError:
        raise UsageError(f"there is no query {name!r}; there are {', '.join(named_queries())}") from None


def _read(path: Path) -> Query:
    description, _, sql = path.read_text(encoding="utf-8").partition("\n")
    return Query(path.stem, description.removeprefix("-- "), sql.strip())
