"""The latest day a meeting can have had: the publication line says it, or the address of the page."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

_URL_DAY = re.compile(
    r"(?<!\d)(199[5-9]|20[0-3]\d)[-_/]?(0[1-9]|1[0-2])(?P<apart>[-_/])?(0[1-9]|[12]\d|3[01])"
    r"(?(apart)(?!\d)|(?:(?=[0-2]\d[0-5]\d[0-5]\d)|(?!\d{6})))"
)
_URL_LOOSE_DAY = re.compile(r"(?<!\d)(199[5-9]|20[0-3]\d)[-_/](1[0-2]|[1-9])[-_/](3[01]|[12]\d|[1-9])(?!\d)")
_URL_MONTH = re.compile(r"(?<!\d)(199[5-9]|20[0-3]\d)[-_/]?(0[1-9]|1[0-2])(?!\d)")
_URL_YEAR = re.compile(r"/(199[5-9]|20[0-3]\d)(?:-\d{2,4})?/")
_URL_MILLISECONDS = re.compile(r"(?<!\d)(1[0-9]{9})\d{3}(?!\d)")


@dataclass(frozen=True, slots=True)
class Known:
    """The latest day a meeting can have had: a day, or the end of a month or year, and who says so."""

    latest: date
    rung: str
    span: Literal["day", "month", "year"] = "day"


def url_day(url: str) -> date | None:
    """The day in an address, such as the day a page was put up.

    >>> url_day("http://example.gov.cn/art/2021/10/22/art_1_2.html")
    datetime.date(2021, 10, 22)
    """
    found = _URL_DAY.search(url)
    if found:
        return day_or_none(int(found[1]), int(found[2]), int(found[4]))
    if found := _URL_LOOSE_DAY.search(url):
        return day_or_none(int(found[1]), int(found[2]), int(found[3]))
    stamp = _URL_MILLISECONDS.search(url)
    return date(1970, 1, 1) + timedelta(seconds=int(stamp[1]) + 8 * 3600) if stamp else None


def known_from(published: datetime | None, url: str) -> Known | None:
    """What the publication line says, else the address; None when neither names a day, month or year."""
    if published is not None:
        return Known(published.date(), "published")
    if day := url_day(url):
        return Known(day, "url")
    month = _URL_MONTH.search(url)
    if month:
        year, number = int(month[1]), int(month[2])
        return Known(date(year, number, calendar.monthrange(year, number)[1]), "url", "month")
    found = _URL_YEAR.search(url)
    return Known(date(int(found[1]), 12, 31), "url", "year") if found else None


def day_or_none(year: int, month: int, day: int) -> date | None:
    """The day of these numbers; None for one that no calendar has (2月30日) or no page speaks of."""
    if not 1949 <= year <= 2100 or not 1 <= month <= 12:
        return None
    return date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None


def latest_day(day: int, today: date, months: int) -> date | None:
    """The last day of that number not after ``today``; ``months`` is -1 for 上月.

    >>> latest_day(28, date(2021, 3, 5), 0)
    datetime.date(2021, 2, 28)
    """
    year, month = today.year, today.month
    if months or day > today.day:
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    return day_or_none(year, month, day)


def next_day(day: int, before: date) -> date | None:
    """The first day of that number from ``before`` on: 8月30日 … 31日, 8月30日 … 1日.

    >>> next_day(1, date(2021, 8, 30))
    datetime.date(2021, 9, 1)
    """
    year, month = before.year, before.month
    if day < before.day:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return day_or_none(year, month, day)
