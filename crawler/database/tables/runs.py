"""A run is a sum: what was due ends as new, changed, unchanged, rejected or failed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from crawler.database.columns import Base, Data, now


class CrawlRun(Base):
    """One run of a command that takes pages; its counts are written when it ends."""

    __tablename__ = "crawl_run"
    __table_args__ = ({"comment": "A run of a command that takes pages"},)

    id: Mapped[int] = mapped_column(primary_key=True, comment="number of the run")
    command: Mapped[str] = mapped_column(comment="what was called, e.g. crawl")
    sites: Mapped[list[str]] = mapped_column(Data, comment="keys of the sites that the run visits")
    host: Mapped[str] = mapped_column(comment="name of the machine that runs it")
    pid: Mapped[int] = mapped_column(comment="process number on that machine")
    started_at: Mapped[datetime] = mapped_column(default=now, index=True, comment="start (UTC)")
    heartbeat_at: Mapped[datetime] = mapped_column(default=now, comment="last sign of life (UTC)")
    ended_at: Mapped[datetime | None] = mapped_column(comment="end (UTC); NULL: still running")
    exit_reason: Mapped[str | None] = mapped_column(
        comment="finished, interrupted, crashed, or what went wrong"
    )
    due: Mapped[int | None] = mapped_column(comment="report and file pages that the run took")
    new: Mapped[int | None] = mapped_column(comment="pages stored for the first time")
    changed: Mapped[int | None] = mapped_column(comment="pages whose text differs from the version before")
    unchanged: Mapped[int | None] = mapped_column(comment="pages that are as they were")
    rejected: Mapped[int | None] = mapped_column(comment="pages refused, each with a reason")
    failed: Mapped[int | None] = mapped_column(comment="pages that could not be had or judged")
    lists_due: Mapped[int | None] = mapped_column(comment="list pages that the run took")
    lists_failed: Mapped[int | None] = mapped_column(comment="list pages that could not be read")
    links_found: Mapped[int | None] = mapped_column(comment="addresses seen for the first time in this run")
