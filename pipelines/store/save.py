"""Save a single page that no crawl took: ``huixun scrape --save``."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Protocol

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from crawler.database import writing
from crawler.database.columns import now
from crawler.database.leases import Leased
from crawler.database.ledger import FINISHED, begin_run, write_end
from crawler.database.tables import Fetch, FetchPart
from crawler.database.tables import Page as PageRow
from crawler.database.upsert import insert_unseen, register, register_site, url_key
from crawler.errors import DatabaseError
from crawler.outcomes import Outcome
from crawler.records import Page, Report
from pipelines.store.store import store

SINGLE = "scrape"  # the site of pages that belong to none


class Place(Protocol):
    """Where the archive keeps the answer."""

    @property
    def file(self) -> str:
        """Name of the archive file."""

    @property
    def offset(self) -> int:
        """Place in the file, in bytes."""

    @property
    def sha256(self) -> str:
        """SHA-256 of the body, in hexadecimal."""


Places = Mapping[int, Place]
"""Where the archive keeps a page (1) and those of its further pages (2…n) that were had."""


def save(
    engine: Engine, page: Page, report: Report, places: Places | None = None, *, run_id: int | None = None
) -> Outcome:
    """Store one page; gives its outcome. Its site, its row and, without ``run_id``, a run are made for it.

    The page is not visited again by itself. Raises DatabaseError when a crawl has the page now.
    """
    with writing(engine) as session:
        number = run_id or begin_run(session, SINGLE, [page.site.key if page.site else SINGLE])
        outcome = store(session, _take(session, page, places or {}, number), report)
        if run_id is None:
            write_end(session, number, FINISHED)
        return outcome


def _take(session: Session, page: Page, places: Places, run_id: int) -> Leased:
    """A fetch row for the page, as a lease would have made it."""
    if page.site is not None:
        site_id = register_site(session, page.site)
    else:
        site_id = register(session, SINGLE, {"name": "single pages", "type": SINGLE, "hosts": []})
    key = url_key(page.url)
    fresh = {"site_id": site_id, "url": page.url, "url_key": key, "kind": "report", "first_seen_at": now()}
    zeros = {"depth": 0, "priority": 0, "position": 0, "failures": 0}
    insert_unseen(session, PageRow, [fresh | zeros], ("site_id", "url_key"))
    query = select(PageRow).where(PageRow.site_id == site_id, PageRow.url_key == key)
    row = session.scalars(query.with_for_update()).one()
    if row.lease_until is not None and row.lease_until > now():
        raise DatabaseError(f"{page.url}: run {row.lease_run_id} has this page now; try again later")
    fetch = Fetch(run_id=run_id, page_id=row.id, status=page.status, fetched_at=page.fetched_at or now())
    fetch.sha256, fetch.bytes = hashlib.sha256(page.body).hexdigest(), len(page.body)
    if first := places.get(1):
        fetch.warc_file, fetch.warc_offset = first.file, first.offset
    session.add(fetch)
    session.flush()
    session.add_all(
        FetchPart(
            fetch_id=fetch.id,
            number=part.number,
            url=part.url,
            status=200,
            sha256=place.sha256,
            warc_file=place.file,
            warc_offset=place.offset,
        )
        for part in page.parts
        if (place := places.get(part.number))
    )
    return Leased(row.id, fetch.id, run_id, site_id, row.url, row.kind, row.depth, failures=row.failures)
