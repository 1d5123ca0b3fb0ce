"""What a page said: its versions, and everything that was cut from or repaired in each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crawler.database.columns import PRINTED, Base, Data, Label, now


class Version(Base):
    """One state of a page's article; a later state is a further row, none is overwritten."""

    __tablename__ = "version"
    __table_args__ = (
        UniqueConstraint("page_id", "number"),
        {"comment": "One state of a page's article, with how it was read"},
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="number of the version")
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), comment="page that said it")
    fetch_id: Mapped[int] = mapped_column(ForeignKey("fetch.id"), index=True, comment="fetch that brought it")
    number: Mapped[int] = mapped_column(comment="1 for the page's first version, then 2, 3 …")
    stored_at: Mapped[datetime] = mapped_column(default=now, comment="when it was stored (UTC)")
    read_at: Mapped[datetime] = mapped_column(default=now, comment="when its facts were last extracted (UTC)")
    code_version: Mapped[str] = mapped_column(comment="version of the code that read it")
    text_sha256: Mapped[str] = mapped_column(comment="SHA-256 of title and body: differs between versions")
    facts_sha256: Mapped[str] = mapped_column(
        comment="SHA-256 of all that was read: differs between readings"
    )
    site_type: Mapped[str | None] = mapped_column(comment="portal, docshare or aggregator, as the page looks")
    title: Mapped[str | None] = mapped_column(comment="headline")
    body: Mapped[str] = mapped_column(comment="paragraphs, one a line; every position counts in it")
    body_as_found: Mapped[str] = mapped_column(comment="the body before repairs")
    published_at: Mapped[datetime | None] = mapped_column(
        PRINTED, index=True, comment="publication as printed, China time"
    )
    published_precision: Mapped[str | None] = mapped_column(comment="day, minute or second")
    source: Mapped[str | None] = mapped_column(comment="source as printed")
    reporters: Mapped[str | None] = mapped_column(comment="reporters, joined by 、")
    editors: Mapped[str | None] = mapped_column(comment="editors, joined by 、")
    encoding: Mapped[str] = mapped_column(comment="encoding of the bytes")
    script: Mapped[str] = mapped_column(comment="simplified, traditional, or mirror (damaged by a mirror)")
    genre: Mapped[str] = mapped_column(comment="report, speech, minutes, notice or other")
    is_meeting_report: Mapped[bool] = mapped_column(comment="whether it reports a meeting")
    truncated: Mapped[bool] = mapped_column(comment="whether the text ends before its end")
    quality: Mapped[float] = mapped_column(comment="0–1; what lowered it stands in evidence")
    document_id: Mapped[str | None] = mapped_column(comment="number at the document-sharing site")
    document_format: Mapped[str | None] = mapped_column(comment="format at the document-sharing site")
    document_pages: Mapped[int | None] = mapped_column(comment="pages of the document")
    document_size: Mapped[str | None] = mapped_column(comment="size as printed")
    uploader: Mapped[str | None] = mapped_column(comment="who uploaded the document")
    evidence: Mapped[list[dict[str, object]]] = mapped_column(
        Data, comment="choices made on the way: step, subject, value, rule, place, score, chosen"
    )


class Cut(Base):
    """Text of the page that is not in the body."""

    __tablename__ = "cut"
    __table_args__ = ({"comment": "Text that was taken out, with the rule"},)

    id: Mapped[int] = mapped_column(primary_key=True, comment="number of the cut")
    version_id: Mapped[int] = mapped_column(
        ForeignKey("version.id"), index=True, comment="version it was cut from"
    )
    rule: Mapped[str] = mapped_column(Label, index=True, comment="name of the rule")
    text: Mapped[str] = mapped_column(comment="text that was taken out")
    place: Mapped[str] = mapped_column(comment="where it stood in the page")


class Repair(Base):
    """Text of the body that stood otherwise in the page."""

    __tablename__ = "repair"
    __table_args__ = ({"comment": "Text that was changed, with the rule"},)

    id: Mapped[int] = mapped_column(primary_key=True, comment="number of the repair")
    version_id: Mapped[int] = mapped_column(
        ForeignKey("version.id"), index=True, comment="version it was made in"
    )
    rule: Mapped[str] = mapped_column(Label, index=True, comment="name of the rule")
    start: Mapped[int] = mapped_column(comment="place in the body when located, else in the page's text")
    before: Mapped[str] = mapped_column(comment="text as found")
    after: Mapped[str] = mapped_column(comment="text as repaired")
    certainty: Mapped[float] = mapped_column(comment="0–1: how far ahead of the runner-up")
    located: Mapped[bool] = mapped_column(comment="whether start counts in the body")
