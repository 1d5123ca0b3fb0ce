"""Whom the crawler visits: sites, and the regions that reports belong to."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crawler.database.columns import Base, Data, Label, now


class Site(Base):
    """One site that pages come from; the file of its key in spiders/sites says the rest."""

    __tablename__ = "site"
    __table_args__ = ({"comment": "A site that pages come from"},)

    id: Mapped[int] = mapped_column(primary_key=True, comment="number of the site")
    key: Mapped[str] = mapped_column(Label, unique=True, comment="name of the site file without .toml")
    name: Mapped[str] = mapped_column(comment="the site's own name")
    type: Mapped[str] = mapped_column(comment="portal, docshare, aggregator, or scrape for single pages")
    region: Mapped[str | None] = mapped_column(comment="region of the site's own reports, e.g. 省/市/县")
    hosts: Mapped[list[str]] = mapped_column(Data, comment="hosts that belong to the site")
    first_seen_at: Mapped[datetime] = mapped_column(
        default=now, comment="when the site was first known (UTC)"
    )
    quiet_until: Mapped[date | None] = mapped_column(
        comment="no alarm about silence before this day; set by a person"
    )
    quiet_reason: Mapped[str | None] = mapped_column(comment="why a person expects silence")


class Region(Base):
    """One name of a region of the official list of codes (GB/T 2260); a renamed one has several rows."""

    __tablename__ = "region"
    __table_args__ = (
        UniqueConstraint("adcode", "name"),
        {"comment": "Names of regions by their official code (GB/T 2260)"},
    )

    id: Mapped[int] = mapped_column(primary_key=True, comment="number of the row")
    adcode: Mapped[str] = mapped_column(Label, comment="official code, e.g. 430525")
    name: Mapped[str] = mapped_column(Label, index=True, comment="name, e.g. 洞口县")
    level: Mapped[str] = mapped_column(comment="province, prefecture, county or township")
    parent: Mapped[str | None] = mapped_column(Label, comment="code of the region above")
    valid_from: Mapped[date | None] = mapped_column(comment="first day under this name and code, if known")
    valid_to: Mapped[date | None] = mapped_column(comment="last day under this name and code; NULL: still")
