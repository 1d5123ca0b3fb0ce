"""Days as people type them."""

from __future__ import annotations

from datetime import date, datetime

from crawler.errors import UsageError


def day(text: str | None, option: str) -> date | None:
    """The day that an option names; None stays None. Raises UsageError naming the option.

    >>> day("2023-01-31", "crawl: --since")
    datetime.date(2023, 1, 31)
    """
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError as error:
        raise UsageError(f"{option} is {text!r}; write a day as 2023-01-31") from error


def days(since: str | None, until: str | None, command: str) -> tuple[date | None, date | None]:
    """The two ends of a time. Raises UsageError for what is no day, and for a time without a day in it."""
    first, last = day(since, f"{command}: --since"), day(until, f"{command}: --until")
    if first and last and first > last:
        raise UsageError(f"{command}: --since {since} is after --until {until}: no day lies between them")
    return first, last
