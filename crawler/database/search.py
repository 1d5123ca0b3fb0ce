"""Search in what reports say: an index of character pairs finds candidates, the text itself decides.

Chinese has no blanks, and most names have two characters: an index of words or of three characters
misses them. Pairs miss nothing; each word is then looked for in the text, so nothing wrong is found.
A word of one character is looked for in all texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import Date, Engine, Select, Subquery, Text, and_, column, or_, select, table, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from crawler.database.columns import PRINTED, Words, storable
from crawler.database.engine import reading
from crawler.errors import UsageError

_SPACE: Final = re.compile(r"\s")
_AROUND: Final = 30  # characters shown before and after a hit
_REPORTS = table(
    "v_reports",
    column("report_id"),
    column("version_id"),
    column("title", Words),
    column("body", Words),
    column("meeting", Words),
    column("date", Date),
    column("published_at", PRINTED),
    column("region", Words),
    column("level", Words),
    column("url", Words),
)
_PEOPLE = table(
    "v_attendance", column("report_id"), column("person", Words), column("person_normalised", Words)
)
_TERMS = table("search_term", column("version_id"), column("pairs", ARRAY(Text)))
_ADD = {
    "sqlite": "INSERT INTO search_term (rowid, pairs) VALUES (:id, :pairs)",
    "postgresql": "INSERT INTO search_term (version_id, pairs) VALUES (:id, :pairs)",
}
_REMOVE = {
    "sqlite": "INSERT INTO search_term (search_term, rowid, pairs) VALUES ('delete', :id, :pairs)",
    "postgresql": "DELETE FROM search_term WHERE version_id = :id",
}
_CANDIDATES = text("SELECT rowid AS version_id FROM search_term WHERE search_term MATCH :pairs")


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that has all the words; ``excerpt`` shows the first one where it stands."""

    report_id: int
    title: str | None
    meeting: str | None
    date: date | None
    published_at: datetime | None
    region: str | None
    url: str
    excerpt: str


def pairs(text: str) -> list[str]:
    """The pairs of neighbouring characters, each once, in a spelling that any index takes as one word.

    >>> pairs("会议 A")
    ['4f1ax8bae']
    """
    lower = storable(text).lower()
    found = {one + two for one, two in pairwise(lower)}
    return sorted(f"{ord(pair[0]):x}x{ord(pair[1]):x}" for pair in found if not _SPACE.search(pair))


def index(session: Session, version_id: int, title: str | None, body: str) -> None:
    """Make a version findable, in the caller's transaction."""
    _change(session, _ADD, version_id, title, body)


def unindex(session: Session, version_id: int, title: str | None, body: str) -> None:
    """Take a version out of the index; title and body as they were when it was indexed."""
    _change(session, _REMOVE, version_id, title, body)


def as_typed(word: str) -> tuple[str, ...]:
    """The spellings of a word that is looked for in one spelling only."""
    return (word,)


def search(
    engine: Engine,
    words: Sequence[str],
    *,
    spell: Callable[[str], Sequence[str]] = as_typed,
    since: date | None = None,
    until: date | None = None,
    region: str | None = None,
    person: str | None = None,
    level: str | None = None,
    limit: int = 50,
) -> list[Hit]:
    """The reports whose title or body has all the words, the latest first.

    ``since`` and ``until`` bound the day of publication, ``region`` is a part of the region's name,
    ``person`` a full name in any role. ``spell`` gives the spellings under which a word may be kept; one of
    them is enough. Raises UsageError when there is nothing to look for.
    """
    wanted = [list(map(storable, spell(part))) for word in words for part in word.split()]
    view = _REPORTS.c
    if not wanted and not any((since, until, region, person, level)):
        raise UsageError("nothing to look for: give a word, or --since, --region, --person, --level")
    query = select(*(c for c in view if c.name not in ("version_id", "level")))
    query = _with_words(engine.dialect.name, query, wanted)
    if since is not None:
        query = query.where(view.published_at >= datetime.combine(since, time()))
    if until is not None:
        query = query.where(view.published_at < datetime.combine(until, time()) + timedelta(days=1))
    if region is not None:
        query = query.where(view.region.contains(storable(region), autoescape=True))
    if level is not None:
        query = query.where(view.level == level)
    if person is not None:
        names = [storable(name) for name in spell("".join(person.split()))]
        known = or_(_PEOPLE.c.person == storable(person), _PEOPLE.c.person_normalised.in_(names))
        query = query.where(view.report_id.in_(select(_PEOPLE.c.report_id).where(known)))
    query = query.order_by(view.published_at.desc().nulls_last(), view.report_id.desc()).limit(limit)
    with reading(engine) as session:
        flat = [spelled for word in wanted for spelled in word]
        return [_hit(row._asdict(), flat) for row in session.execute(query)]


def _with_words(dialect: str, query: Select[Any], wanted: Sequence[Sequence[str]]) -> Select[Any]:
    """Candidates by their pairs, then each word, in one of its spellings, in the title or the body itself."""
    view = _REPORTS.c
    needed = [[pairs(spelled) for spelled in word] for word in wanted if pairs(word[0])]
    if needed:
        found = _candidates(dialect, needed)
        query = query.where(view.version_id.in_(select(found.c.version_id)))
    for word in wanted:
        texts = (view.title, view.body)
        query = query.where(or_(*(t.icontains(spelled, autoescape=True) for t in texts for spelled in word)))
    return query


def _candidates(dialect: str, needed: Sequence[Sequence[Sequence[str]]]) -> Subquery:
    """The versions that have, of each word, all pairs of one of its spellings."""
    if dialect == "sqlite":
        words = [" OR ".join(f"({' '.join(spelled)})" for spelled in word) for word in needed]
        match = " AND ".join(f"({word})" for word in words)
        return _CANDIDATES.bindparams(pairs=match).columns(column("version_id")).subquery()
    has = [or_(*(_TERMS.c.pairs.contains(spelled) for spelled in word)) for word in needed]
    return select(_TERMS.c.version_id).where(and_(*has)).subquery()


def _change(
    session: Session, by_dialect: dict[str, str], version_id: int, title: str | None, body: str
) -> None:
    dialect = session.get_bind().dialect.name
    found = pairs(f"{title or ''}\n{body}")
    value: object = " ".join(found) if dialect == "sqlite" else found
    parameters = {"id": version_id, "pairs": value}
    statement = by_dialect[dialect]
    session.execute(text(statement), {name: v for name, v in parameters.items() if f":{name}" in statement})


def _hit(row: dict[str, Any], wanted: Sequence[str]) -> Hit:
    body = row.pop("body")
    lower = body.lower()
    at = next((found for word in wanted if (found := lower.find(word.lower())) >= 0), 0)
    start, end = max(0, at - _AROUND), at + 2 * _AROUND
    excerpt = body[start:end].replace("\n", " ")
    return Hit(**row, excerpt=f"{'…' if start else ''}{excerpt}{'…' if end < len(body) else ''}")
