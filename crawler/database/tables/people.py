"""What people decide: corrections of facts, and when runs start by themselves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from crawler.database.columns import Base, Data, Label, now


class Correction(Base):
    """A person's fix of one fact of a page; applied to every later reading, never overwritten."""

    __tablename__ = "correction"
    __table_args__ = ({"comment": "A person's fix; every later reading of the page obeys it"},)

    id: Mapped[int] = mapped_column(primary_key=True, comment="number of the correction; the latest counts")
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), index=True, comment="page")
    field: Mapped[str] = mapped_column(comment="fact, e.g. title, published_at, meeting.1.date")
    before: Mapped[str | None] = mapped_column(comment="value that was read")
    after: Mapped[str | None] = mapped_column(comment="value that is right; NULL: there is none")
    author: Mapped[str] = mapped_column(comment="who says so")
    reason: Mapped[str] = mapped_column(comment="why, or where it can be seen")
    made_at: Mapped[datetime] = mapped_column(default=now, comment="when it was made (UTC)")


class Schedule(Base):
    """One job that starts by itself."""

    __tablename__ = "schedule"
    __table_args__ = ({"comment": "A job that starts by itself"},)

    id: Mapped[int] = mapped_column(primary_key=True, comment="number of the job")
    name: Mapped[str] = mapped_column(Label, unique=True, comment="name that a person gave it")
    cron: Mapped[str] = mapped_column(comment="five fields: minute hour day month weekday, China time")
    arguments: Mapped[list[str]] = mapped_column(
        Data, comment="what follows huixun, e.g. crawl --type portal"
    )
    created_at: Mapped[datetime] = mapped_column(default=now, comment="when it was added (UTC)")
    next_run: Mapped[datetime] = mapped_column(index=True, comment="next start (UTC)")
    last_claimed_at: Mapped[datetime | None] = mapped_column(comment="last start (UTC)")
    last_claimed_by: Mapped[str | None] = mapped_column(comment="machine and process that started it")
    last_missed: Mapped[int] = mapped_column(default=0, comment="earlier starts folded into the last one")
