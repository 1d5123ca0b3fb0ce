"""The frontier: every known address is a row, due or not, and belongs to one run at a time.

Rows with leases instead of a queue in memory: a run that is killed loses nothing, and two runs
never take the same page. Each method is one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from sqlalchemy import Engine, and_, func, select, update
from sqlalchemy.orm import Session

from crawler import runs
from crawler.database import due, leases, reading, writing
from crawler.database.columns import now
from crawler.database.leases import Leased, LeaseLost
from crawler.database.tables import CrawlRun, Fetch, FetchPart, Page
from crawler.database.upsert import insert_unseen, url_key
from crawler.outcomes import Outcome

__all__ = ["Frontier", "LeaseLost", "Leased", "Link", "Place"]


@dataclass(frozen=True, slots=True)
class Link:
    """An address that was found, in canonical form; ``published`` when the list or the address tells."""

    url: str
    published: date | None = None
    priority: int = 0


class Place(Protocol):
    """Where the archive keeps an answer; ``sha256`` of the body in hexadecimal."""

    @property
    def file(self) -> str:
        """Name of the archive file."""

    @property
    def offset(self) -> int:
        """Place in the file, in bytes."""

    @property
    def sha256(self) -> str:
        """Of the body."""


class Frontier:
    """The frontier of one database; ``lease_seconds`` is how long a silent run keeps its pages."""

    def __init__(self, engine: Engine, lease_seconds: int = 300) -> None:
        self.engine = engine
        self.lease_time = timedelta(seconds=lease_seconds)

    def add(
        self,
        links: Sequence[Link],
        *,
        site_id: int,
        kind: str = "report",
        depth: int = 0,
        seen_on: int | None = None,
        session: Session | None = None,
    ) -> int:
        """Add addresses that are not known yet, due at once; gives how many. Known pages are not touched.

        With ``session`` it is part of the caller's transaction.
        """
        moment = now()
        rows = {
            (key := url_key(link.url)): {
                "site_id": site_id,
                "url": link.url,
                "url_key": key,
                "kind": kind,
                "depth": depth,
                "first_seen_on": seen_on,
                "first_seen_at": moment,
                "published": link.published,
                "priority": link.priority,
                "position": position,
                "next_due": moment,
                "failures": 0,
            }
            for position, link in reversed(list(enumerate(links)))
        }
        ordered = [rows[key] for key in sorted(rows)]  # one order for all: two adders never wait in a ring
        with self._part_of(session) as part:
            return insert_unseen(part, Page, ordered, ("site_id", "url_key"))

    def start_lists(self, urls: Sequence[str], *, site_id: int) -> None:
        """Make the first pages of a site's lists known and due, as each run begins.

        A page that was known as something else (a report, a later page) is a first list page from now on.
        """
        first = Page.url_key.in_([url_key(url) for url in urls])
        with writing(self.engine) as session:
            self.add([Link(url) for url in urls], site_id=site_id, kind="list", depth=0, session=session)
            listed = update(Page).where(Page.site_id == site_id, first).values(kind="list", depth=0)
            session.execute(listed)
            due.make_due(session, site_id, first)

    def make_due(self, site_id: int, *, urls: Sequence[str] = (), since: date | None = None) -> int:
        """A person asks for pages again: the given addresses, or all reports published since a day."""
        wanted = Page.url_key.in_([url_key(url) for url in urls]) if urls else Page.kind != "list"
        if since is not None:
            wanted = and_(wanted, Page.published >= since)
        with writing(self.engine) as session:
            return due.make_due(session, site_id, wanted)

    def lease(
        self,
        run_id: int,
        site_id: int,
        limit: int,
        *,
        kinds: Sequence[str] = ("list", "report", "file"),
        since: date | None = None,
        until: date | None = None,
    ) -> list[Leased]:
        """Take up to ``limit`` due pages for a run: higher priority, nearer to the list's top, newer first.

        Each gets its fetch row. A page that this run already had is never given to it again; the
        fetch of another run whose lease has ended is closed as failed. Pages whose known day lies
        outside ``since``–``until`` (inclusive) are left.
        """
        moment = now()
        newest_first = (
            Page.priority.desc(),
            Page.depth,
            (Page.kind != "list"),
            Page.published.desc().nulls_last(),
            Page.position,
            Page.id,
        )
        query = select(Page).where(
            due.free(site_id, run_id, moment), Page.kind.in_(kinds), due.between(since, until)
        )
        query = query.order_by(*newest_first).limit(limit).with_for_update(of=Page, skip_locked=True)
        with writing(self.engine) as session:
            pages = session.scalars(query).all()
            due.close_expired(session, [page for page in pages if page.lease_run_id is not None], moment)
            fetches = [Fetch(run_id=run_id, page_id=page.id, leased_at=moment) for page in pages]
            session.add_all(fetches)
            for page in pages:
                page.lease_run_id, page.lease_until = run_id, moment + self.lease_time
            session.flush()
            return [due.leased(page, fetch) for page, fetch in zip(pages, fetches, strict=True)]

    def fetched(
        self,
        leased: Leased,
        place: Place,
        *,
        status: int,
        size: int,
        fetched_at: datetime,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> None:
        """Note where the archive keeps the answer, before anybody judges it. ``size`` in bytes."""
        self._note(
            leased,
            status=status,
            bytes=size,
            fetched_at=fetched_at,
            etag=etag,
            last_modified=last_modified,
            sha256=place.sha256,
            warc_file=place.file,
            warc_offset=place.offset,
        )

    def fetched_part(self, leased: Leased, number: int, url: str, place: Place, *, status: int) -> None:
        """Note where the archive keeps page ``number`` (2…n) of an article that is split over several."""
        part = {"url": url, "status": status, "sha256": place.sha256}
        part |= {"warc_file": place.file, "warc_offset": place.offset}
        with writing(self.engine) as session:
            session.merge(FetchPart(fetch_id=leased.fetch_id, number=number, **part))

    def retried(self, leased: Leased, attempts: int, status: int | None = None) -> None:
        """Note how many requests a page has taken so far in this run."""
        self._note(leased, attempts=attempts, status=status)

    def close_list(
        self,
        leased: Leased,
        *,
        links: Sequence[Link],
        next_links: Sequence[Link] = (),
        outcome: Outcome | None = None,
        kind: str = "report",
    ) -> int:
        """Close a list page: its links, its next pages, its outcome; gives how many links were new.

        A known next page is made due only when this page had new links. Without ``outcome`` the
        body's hash decides. First list pages (depth 0) are due again at once, for the next run.
        """
        with writing(self.engine) as session:
            outcome = outcome or self._list_outcome(session, leased)
            below = {"site_id": leased.site_id, "depth": leased.depth + 1, "seen_on": leased.page_id}
            found = self.add(links, kind=kind, session=session, **below)
            self.add(next_links, kind="list", session=session, **below)
            if found and next_links:
                due.make_due(session, leased.site_id, Page.url_key.in_([url_key(n.url) for n in next_links]))
            again = now() if leased.depth == 0 else None
            leases.close(session, leased, outcome, next_due=again, links_found=found)
        return found

    def unchanged(self, leased: Leased) -> None:
        """Close a page whose site says that it did not change (304)."""
        with writing(self.engine) as session:
            if leased.kind == "list":
                again = now() if leased.depth == 0 else None
                leases.close(session, leased, Outcome.UNCHANGED, next_due=again, links_found=0)
            else:
                leases.close_report(session, leased, Outcome.UNCHANGED)

    def fail(self, leased: Leased, error: str, status: int | None = None) -> None:
        """Close a page that could not be had; it stays due for the next run (404, 410: ever later)."""
        with writing(self.engine) as session:
            leases.close_failed(session, leased, error, status)

    def reject(self, leased: Leased, reason: str, detail: str) -> None:
        """Close a page that is refused before it is judged (robots, trap, type), with the rule."""
        with writing(self.engine) as session:
            leases.close_rejected(session, leased, reason, detail)

    def renew(self, run_id: int) -> None:
        """A sign of life: the run keeps its pages for another lease."""
        moment = now()
        with writing(self.engine) as session:
            session.execute(update(CrawlRun).where(CrawlRun.id == run_id).values(heartbeat_at=moment))
            session.execute(
                update(Page).where(Page.lease_run_id == run_id).values(lease_until=moment + self.lease_time)
            )

    def recover(self, host: str | None = None) -> int:
        """Close the runs of this host that died, and those long silent; gives how many (``runs.recover``)."""
        return runs.recover(self.engine, host)

    def due_count(self, site_id: int, run_id: int | None = None) -> int:
        """How many pages of a site a run could take now."""
        with reading(self.engine) as session:
            query = select(func.count()).select_from(Page).where(due.free(site_id, run_id, now()))
            return session.scalar(query) or 0

    def _part_of(self, session: Session | None) -> AbstractContextManager[Session]:
        return writing(self.engine) if session is None else nullcontext(session)

    def _note(self, leased: Leased, **values: object) -> None:
        with writing(self.engine) as session:
            session.execute(update(Fetch).where(Fetch.id == leased.fetch_id).values(**values))

    def _list_outcome(self, session: Session, leased: Leased) -> Outcome:
        sha256 = session.scalar(select(Fetch.sha256).where(Fetch.id == leased.fetch_id))
        if leased.content_sha256 is None:
            return Outcome.NEW
        return Outcome.UNCHANGED if sha256 == leased.content_sha256 else Outcome.CHANGED
