"""Insert what is not there yet, on both databases, without asking first."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from crawler.database.columns import Base, storable
from crawler.database.tables import Site
from crawler.sites import Site as SiteFile


def url_key(url: str) -> str:
    """SHA-256 of an address in hexadecimal: what makes a page unique in its site.

    >>> url_key("http://example.com/")[:12]
    '2a1b402420ef'
    """
    return hashlib.sha256(storable(url).encode()).hexdigest()


def insert_unseen(
    session: Session, table: type[Base], rows: Sequence[Mapping[str, object]], unique: Sequence[str]
) -> int:
    """Insert the rows whose ``unique`` columns are new; gives how many were. Known rows stay untouched."""
    if not rows:
        return 0
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).on_conflict_do_nothing(index_elements=list(unique))
    returned = session.execute(statement.returning(getattr(table, unique[0])), [dict(row) for row in rows])
    return len(returned.all())


def register_site(session: Session, site: SiteFile) -> int:
    """The number of a site; its row is made, or brought up to its file."""
    facts = {"name": site.name, "type": site.type, "region": site.region, "hosts": list(site.hosts)}
    return register(session, site.key, facts)


def register(session: Session, key: str, facts: Mapping[str, object]) -> int:
    """The number of the site ``key``; ``facts`` are the columns of its row."""
    insert_unseen(session, Site, [{"key": key, **facts}], ["key"])
    row = session.scalars(select(Site).where(Site.key == key)).one()
    for name, value in facts.items():
        setattr(row, name, value)
    session.flush()
    return row.id
