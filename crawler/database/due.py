"""Which pages are due: the conditions of the frontier, as expressions and single statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, or_, update
from sqlalchemy.orm import Session

from crawler.database.columns import now
from crawler.database.leases import Leased
from crawler.database.tables import Fetch, Page
from crawler.outcomes import Outcome


def free(site_id: int, run_id: int | None, moment: datetime) -> ColumnElement[bool]:
    """Due, not leased, and never before in this run."""
    had = exists().where(Fetch.page_id == Page.id, Fetch.run_id == run_id)
    return and_(
        Page.site_id == site_id,
        Page.next_due <= moment,
        or_(Page.lease_run_id.is_(None), Page.lease_until < moment),
        ~had,
    )


def between(since: date | None, until: date | None) -> ColumnElement[bool]:
    """Published on or between two days, as far as the day is known."""
    unknown = Page.published.is_(None)
    return and_(
        or_(unknown, Page.published >= (since or date.min)),
        or_(unknown, Page.published <= (until or date.max)),
    )


def make_due(session: Session, site_id: int, wanted: ColumnElement[bool]) -> int:
    """Due now, unless it is due or leased already; gives how many."""
    idle = or_(Page.next_due.is_(None), Page.next_due > now())
    query = update(Page).where(Page.site_id == site_id, wanted, idle).values(next_due=now())
    return len(session.execute(query.returning(Page.id)).all())


def close_expired(session: Session, pages: Sequence[Page], moment: datetime) -> None:
    """Close the fetches of runs whose lease on these pages has ended."""
    for page in pages:
        session.execute(
            update(Fetch)
            .where(Fetch.page_id == page.id, Fetch.run_id == page.lease_run_id, Fetch.outcome.is_(None))
            .values(
                outcome=Outcome.FAILED.value, error="interrupted: the lease ended by time", ended_at=moment
            )
        )


def leased(page: Page, fetch: Fetch) -> Leased:
    """What a run needs of a page that it took."""
    return Leased(
        page_id=page.id,
        fetch_id=fetch.id,
        run_id=fetch.run_id,
        site_id=page.site_id,
        url=page.url,
        kind=page.kind,
        depth=page.depth,
        etag=page.etag,
        last_modified=page.last_modified,
        content_sha256=page.content_sha256,
        failures=page.failures,
        first_seen_on=page.first_seen_on,
    )
