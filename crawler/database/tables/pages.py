"""The frontier and the ledger: addresses that are known, and each time one was taken."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crawler.database.columns import Base, Label, now


class Page(Base):
    """One address of a site; a row of the frontier for as long as it is due now and then."""

    __tablename__ = "page"
    __table_args__ = (
        UniqueConstraint("site_id", "url_key"),
        Index("ix_page_due", "site_id", "next_due"),
        {"comment": "An address of a site: known, due now and then, leased by one run at a time"},
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="number of the page")
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), comment="site of the page")
    url: Mapped[str] = mapped_column(comment="canonical address")
    url_key: Mapped[str] = mapped_column(Label, comment="SHA-256 of the address, in hexadecimal")
    kind: Mapped[str] = mapped_column(Label, comment="list, report or file")
    depth: Mapped[int] = mapped_column(default=0, comment="links followed from a first list page")
    first_seen_on: Mapped[int | None] = mapped_column(
        ForeignKey("page.id"), index=True, comment="page that linked here first"
    )
    first_seen_at: Mapped[datetime] = mapped_column(
        default=now, comment="when the address was first seen (UTC)"
    )
    published: Mapped[date | None] = mapped_column(
        comment="day of publication that the list or address tells"
    )
    priority: Mapped[int] = mapped_column(default=0, comment="higher is taken first")
    position: Mapped[int] = mapped_column(
        default=0, comment="place among the links of the page that showed it first"
    )
    next_due: Mapped[datetime | None] = mapped_column(
        comment="to be taken from then on (UTC); NULL: when asked"
    )
    revisit_days: Mapped[int | None] = mapped_column(
        comment="days until the next visit; grows while unchanged"
    )
    lease_run_id: Mapped[int | None] = mapped_column(
        ForeignKey("crawl_run.id"), index=True, comment="run that has the page now"
    )
    lease_until: Mapped[datetime | None] = mapped_column(comment="end of the lease unless renewed (UTC)")
    etag: Mapped[str | None] = mapped_column(comment="ETag of the last answer that was used")
    last_modified: Mapped[str | None] = mapped_column(
        comment="Last-Modified of the last answer that was used"
    )
    content_sha256: Mapped[str | None] = mapped_column(comment="SHA-256 of the last body that was used")
    failures: Mapped[int] = mapped_column(default=0, comment="failures in a row")
    gone_at: Mapped[datetime | None] = mapped_column(comment="when the site first said 404 or 410 (UTC)")


class Fetch(Base):
    """One page taken by one run: open while the run has it, then closed with exactly one outcome."""

    __tablename__ = "fetch"
    __table_args__ = (
        UniqueConstraint("run_id", "page_id"),
        {"comment": "A page taken by a run; exactly one row for both, closed with exactly one outcome"},
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="number of the fetch")
    run_id: Mapped[int] = mapped_column(ForeignKey("crawl_run.id"), comment="run that took the page")
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), index=True, comment="page that was taken")
    leased_at: Mapped[datetime] = mapped_column(default=now, comment="when the run took it (UTC)")
    attempts: Mapped[int] = mapped_column(default=1, comment="requests made, retries included")
    fetched_at: Mapped[datetime | None] = mapped_column(comment="when the answer was complete (UTC)")
    status: Mapped[int | None] = mapped_column(comment="HTTP status of the last answer")
    etag: Mapped[str | None] = mapped_column(comment="ETag of this answer")
    last_modified: Mapped[str | None] = mapped_column(comment="Last-Modified of this answer")
    sha256: Mapped[str | None] = mapped_column(Label, index=True, comment="SHA-256 of the body")
    bytes: Mapped[int | None] = mapped_column(BigInteger, comment="length of the body in bytes")
    warc_file: Mapped[str | None] = mapped_column(comment="archive file that holds the answer")
    warc_offset: Mapped[int | None] = mapped_column(BigInteger, comment="its place in that file, in bytes")
    outcome: Mapped[str | None] = mapped_column(
        Label, comment="new, changed, unchanged, rejected or failed; NULL: not done yet"
    )
    error: Mapped[str | None] = mapped_column(comment="what went wrong, when the outcome is failed")
    links_found: Mapped[int | None] = mapped_column(comment="new addresses found on it (list pages)")
    ended_at: Mapped[datetime | None] = mapped_column(comment="when the outcome was known (UTC)")


class FetchPart(Base):
    """One further address of an article that its site splits over several."""

    __tablename__ = "fetch_part"
    __table_args__ = ({"comment": "Pages 2…n of an article that its site splits over several addresses"},)

    fetch_id: Mapped[int] = mapped_column(
        ForeignKey("fetch.id"), primary_key=True, comment="fetch of the article's first page"
    )
    number: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, comment="2 for the second page …"
    )
    url: Mapped[str] = mapped_column(comment="its address")
    status: Mapped[int] = mapped_column(comment="HTTP status of the answer")
    sha256: Mapped[str] = mapped_column(comment="SHA-256 of the body")
    warc_file: Mapped[str] = mapped_column(comment="archive file that holds the answer")
    warc_offset: Mapped[int] = mapped_column(BigInteger, comment="its place in that file, in bytes")


class Rejection(Base):
    """Why a page that came in full was not stored as a report."""

    __tablename__ = "rejection"
    __table_args__ = ({"comment": "A page that was refused, with the rule and what a person can act on"},)

    id: Mapped[int] = mapped_column(primary_key=True, comment="number of the rejection")
    fetch_id: Mapped[int] = mapped_column(
        ForeignKey("fetch.id"), unique=True, comment="fetch that was refused"
    )
    reason: Mapped[str] = mapped_column(Label, index=True, comment="name of the rule")
    detail: Mapped[str] = mapped_column(comment="figures or words that led to it")
