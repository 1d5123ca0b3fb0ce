"""Corrections: what a person says is right stays right, whatever a later reading finds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, get_args

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crawler.database.search import index, unindex
from crawler.database.tables import Correction, Meeting, Version
from crawler.errors import UsageError
from crawler.records import Evidence, Genre, Level, Report
from crawler.records import Meeting as MeetingRecord
from pipelines.spelling import normalised
from pipelines.store.rows import china_time

_MEETING = re.compile(r"meeting\.([1-9]\d{0,3})\.(\w+)")
_PAGE_FIELDS = ("title", "source", "published_at", "genre")
_MEETING_FIELDS = ("name", "kind", "date", "level", "region", "region_code", "venue", "organiser")
_CHOICES = {"genre": get_args(Genre), "level": get_args(Level)}
_NEVER_EMPTY = frozenset({"genre", "name"})
_NORMALISED = {"name": "normalised", "organiser": "organiser_normalised"}


def correct(
    session: Session, page_id: int, field: str, after: str | None, *, author: str, reason: str
) -> None:
    """Record a person's fix and apply it to the page's latest version.

    ``field`` is title, source, published_at, genre, or meeting.N.name|kind|date|level|region|region_code|
    venue|organiser; dates in ISO form, China time unless they name a zone; ``after`` None says that there is
    none. Raises UsageError for another field, a value that it cannot have, or a page without a version.
    """
    value = _value(field, after)
    latest = select(Version.id).where(Version.page_id == page_id).order_by(Version.number.desc()).limit(1)
    version_id = session.scalar(latest)
    if version_id is None:
        raise UsageError(f"page {page_id} has no version that could be corrected")
    before = _replace(session, version_id, field, value)
    row = Correction(page_id=page_id, field=field, after=after, author=author, reason=reason)
    row.before = None if before is None else str(before)
    session.add(row)
    session.flush()


def corrections_of(session: Session, page_id: int) -> list[Correction]:
    """The corrections of a page in the order they were made."""
    query = select(Correction).where(Correction.page_id == page_id).order_by(Correction.id)
    return list(session.scalars(query))


def corrected(report: Report, corrections: Sequence[Correction]) -> Report:
    """The report with the corrections applied and noted as evidence; a meeting that is not there is left."""
    for fix in corrections:
        value = _value(fix.field, fix.after)
        match = _MEETING.fullmatch(fix.field)
        change: dict[str, Any] = {}
        if match is None:
            change[fix.field] = value
        elif int(match[1]) <= len(report.meetings):
            meetings = list(report.meetings)
            meetings[int(match[1]) - 1] = _with(meetings[int(match[1]) - 1], match[2], value)
            change["meetings"] = tuple(meetings)
        note = Evidence("store", fix.field, fix.after or "", "correction", place=fix.author)
        report = replace(report, **change, evidence=(*report.evidence, note))
    return report


def _with(meeting: MeetingRecord, name: str, value: Any) -> MeetingRecord:  # noqa: ANN401 - as its field
    return replace(meeting, **_changes(name, value))


def _changes(name: str, value: Any) -> dict[str, Any]:  # noqa: ANN401 - as its field
    """A field of a meeting and, where it has one, its form for searches and joins."""
    beside = _NORMALISED.get(name)
    return {name: value} if beside is None else {name: value, beside: value and normalised(value)}


def _value(field: str, after: str | None) -> Any:  # noqa: ANN401 - text, day or moment
    """The value of a correction in its type. Raises UsageError."""
    match = _MEETING.fullmatch(field)
    name = match[2] if match else field
    if name not in (_MEETING_FIELDS if match else _PAGE_FIELDS):
        raise UsageError(f"{field!r} cannot be corrected: use {', '.join(_PAGE_FIELDS)} or meeting.N.…")
    wrong = after is None and name in _NEVER_EMPTY
    if wrong or (after is not None and name in _CHOICES and after not in _CHOICES[name]):
        raise UsageError(f"{field} cannot be {after!r}")
    if after is None or name not in ("published_at", "date"):
        return after
    try:
        if name == "published_at":
            return china_time(datetime.fromisoformat(after))
        return date.fromisoformat(after)
    except ValueError as error:
        raise UsageError(f"{field}: {after!r} is no date: write 2024-03-06") from error


def _replace(session: Session, version_id: int, field: str, value: object) -> object:
    """Set one column of the version or of its meeting; gives what it was."""
    match = _MEETING.fullmatch(field)
    if match is None:
        column = getattr(Version, field)
        before = session.scalar(select(column).where(Version.id == version_id))
        version = session.get_one(Version, version_id)
        unindex(session, version.id, version.title, version.body)
        setattr(version, field, value)
        index(session, version.id, version.title, version.body)
        return before
    where = (Meeting.version_id == version_id, Meeting.number == int(match[1]))
    if session.scalar(select(Meeting.id).where(*where)) is None:
        raise UsageError(f"the page's latest version has no meeting {match[1]}")
    before = session.scalar(select(getattr(Meeting, match[2])).where(*where))
    session.execute(update(Meeting).where(*where).values(_changes(match[2], value)))
    return before
