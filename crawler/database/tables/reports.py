"""One report per text in the world, and every copy of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from crawler.database.columns import Base, Label, now


class Report(Base):
    """One text in the world, wherever it was printed; points at its best version."""

    __tablename__ = "report"
    __table_args__ = ({"comment": "One text in the world; its copies stand in copy"},)

    id: Mapped[int] = mapped_column(primary_key=True, comment="number of the report")
    version_id: Mapped[int] = mapped_column(
        ForeignKey("version.id"), unique=True, comment="its best version: whole, sound, near the source"
    )
    first_seen_at: Mapped[datetime] = mapped_column(
        default=now, comment="when its first copy was stored (UTC)"
    )


class Copy(Base):
    """One version as a copy of a report."""

    __tablename__ = "copy"
    __table_args__ = ({"comment": "A version that prints a report"},)

    id: Mapped[int] = mapped_column(primary_key=True, comment="number of the copy")
    report_id: Mapped[int] = mapped_column(
        ForeignKey("report.id"), index=True, comment="report that it prints"
    )
    version_id: Mapped[int] = mapped_column(
        ForeignKey("version.id"), unique=True, comment="version that prints it"
    )
    relation: Mapped[str] = mapped_column(Label, comment="original, reprint, excerpt or mirror")
    similarity: Mapped[float] = mapped_column(comment="0–1: likeness to the report's original")
    exact: Mapped[str] = mapped_column(Label, index=True, comment="SHA-256 of the folded text")
    length: Mapped[int] = mapped_column(comment="characters of the folded text")


class CopyKey(Base):
    """One key under which copies of like text meet."""

    __tablename__ = "copy_key"
    __table_args__ = ({"comment": "Keys of likeness: copies that share one are compared"},)

    copy_id: Mapped[int] = mapped_column(
        ForeignKey("copy.id"), primary_key=True, comment="copy that has the key"
    )
    key: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, index=True, autoincrement=False, comment="hash of a band or a paragraph"
    )
