"""The end of a page in a run: its fetch gets one outcome, its lease ends, its next visit is set.

All in the caller's transaction, so that what was stored and that it was stored are one commit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from crawler.database.columns import now
from crawler.database.tables import Fetch, Page, Rejection
from crawler.errors import DatabaseError
from crawler.outcomes import Outcome

FIRST_REVISIT_DAYS: Final = 7
LAST_REVISIT_DAYS: Final = 90
REJECTED_REVISIT_DAYS: Final = 180
PATIENCE: Final = 3  # failures in a row after which a page is asked less often
GONE: Final = frozenset({404, 410})


class LeaseLost(DatabaseError):
    """The page was taken by another run meanwhile, or was closed already: nothing may be stored for it."""


@dataclass(frozen=True, slots=True)
class Leased:
    """One page that a run has: what is needed to ask for it, and to close it."""

    page_id: int
    fetch_id: int
    run_id: int
    site_id: int
    url: str
    kind: str
    depth: int
    etag: str | None = None
    last_modified: str | None = None
    content_sha256: str | None = None
    failures: int = 0
    first_seen_on: int | None = None


def hold(session: Session, leased: Leased) -> None:
    """Make sure that the page still belongs to the run, and that it will until the transaction ends.

    Raises LeaseLost.
    """
    still = select(Fetch.id).where(Fetch.id == leased.fetch_id, Fetch.outcome.is_(None)).with_for_update()
    if session.scalar(still) is None:
        raise LeaseLost(f"{leased.url}: run {leased.run_id} no longer has this page")


def close(
    session: Session,
    leased: Leased,
    outcome: Outcome,
    *,
    next_due: datetime | None,
    revisit_days: int | None = None,
    error: str | None = None,
    links_found: int | None = None,
) -> None:
    """Close the fetch of a page with its one outcome and release the lease.

    Raises LeaseLost when the fetch was closed before (by time, or by a recovery): the caller's
    transaction must not stand.
    """
    hold(session, leased)
    ended = {"outcome": outcome.value, "error": error, "links_found": links_found, "ended_at": now()}
    session.execute(update(Fetch).where(Fetch.id == leased.fetch_id).values(**ended))
    values: dict[str, object] = {"lease_run_id": None, "lease_until": None, "next_due": next_due}
    if outcome is not Outcome.FAILED:
        values |= {"failures": 0, "gone_at": None}
    if outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED):
        values |= {"revisit_days": revisit_days, **_answer(leased)}
    session.execute(update(Page).where(Page.id == leased.page_id).values(**values))


def _answer(leased: Leased) -> dict[str, object]:
    """The answer's tags become the page's only now that it was used; a 304 leaves the old ones."""
    fetched = (Fetch.id == leased.fetch_id, Fetch.sha256.is_not(None))
    return {
        name: func.coalesce(
            select(getattr(Fetch, column)).where(*fetched).scalar_subquery(), getattr(Page, name)
        )
        for name, column in (
            ("etag", "etag"),
            ("last_modified", "last_modified"),
            ("content_sha256", "sha256"),
        )
    }


def close_report(session: Session, leased: Leased, outcome: Outcome) -> None:
    """Close a page that was stored or found unchanged: asked again after 7 days, then ever more rarely."""
    before = session.scalar(select(Page.revisit_days).where(Page.id == leased.page_id))
    days = FIRST_REVISIT_DAYS
    if outcome is Outcome.UNCHANGED and before:
        days = min(LAST_REVISIT_DAYS, 2 * before)
    close(session, leased, outcome, next_due=now() + timedelta(days=days), revisit_days=days)


def close_rejected(session: Session, leased: Leased, reason: str, detail: str) -> None:
    """Close a page that is refused, with the rule and its figures."""
    close(session, leased, Outcome.REJECTED, next_due=now() + timedelta(days=REJECTED_REVISIT_DAYS))
    session.add(Rejection(fetch_id=leased.fetch_id, reason=reason, detail=detail))


def close_failed(session: Session, leased: Leased, error: str, status: int | None = None) -> None:
    """Close a page that could not be had: the next run takes it, later and later ones."""
    failures, moment = leased.failures + 1, now()
    gone = status in GONE
    late = failures - 1 if gone else failures - PATIENCE
    wait = timedelta(hours=2 ** min(late, 10)) if late > 0 else timedelta()
    close(session, leased, Outcome.FAILED, next_due=moment + wait, error=error)
    values: dict[str, object] = {"failures": failures}
    if gone:
        values["gone_at"] = func.coalesce(Page.gone_at, moment)
    session.execute(update(Page).where(Page.id == leased.page_id).values(**values))
    if status is not None:
        session.execute(update(Fetch).where(Fetch.id == leased.fetch_id).values(status=status))
