"""A report as rows: what each field becomes in the database, and the notes that go with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta, timezone

from crawler.config import code_version
from crawler.database.columns import LABEL_LENGTH, now, storable, unstorable
from crawler.records import Document, Evidence, Meeting, Person, Report

CHINA = timezone(timedelta(hours=8))
_LARGEST = 2**31 - 1
_ROLES = ("host", "speaker", "attendee", "absent")


def text_digest(report: Report) -> str:
    """SHA-256 of title and body: two readings with the same one are one version."""
    return _sha256(f"{report.title or ''}\0{report.body}")


def facts_digest(report: Report) -> str:
    """SHA-256 of all that was read; the address of the page does not count."""
    return _sha256(repr(replace(report, url="")))


def version_values(report: Report) -> dict[str, object]:
    """The columns of ``version`` that come from the report."""
    document = report.document or Document()
    return {
        "read_at": now(),
        "code_version": code_version(),
        "text_sha256": text_digest(report),
        "facts_sha256": facts_digest(report),
        "site_type": report.site_type,
        "title": report.title,
        "body": report.body,
        "body_as_found": report.body_as_found,
        "published_at": china_time(report.published_at),
        "published_precision": report.published_precision,
        "source": report.source,
        "reporters": joined(report.reporters),
        "editors": joined(report.editors),
        "encoding": report.encoding,
        "script": report.script,
        "genre": report.genre,
        "is_meeting_report": report.is_meeting_report,
        "truncated": report.truncated,
        "quality": report.quality,
        "document_id": document.id,
        "document_format": document.format,
        "document_pages": small(document.pages),
        "document_size": document.size,
        "uploader": document.uploader,
        "evidence": [asdict(evidence) for evidence in (*report.evidence, *notes(report))],
    }


def meeting_values(meeting: Meeting, number: int) -> dict[str, object]:
    """The columns of ``meeting``; ``number`` counts from 1."""
    return {
        "number": number,
        "name": meeting.name,
        "normalised": meeting.normalised,
        "ordinal": small(meeting.ordinal),
        "kind": meeting.kind,
        "date": meeting.date,
        "date_rule": meeting.date_rule,
        "level": meeting.level,
        "region": meeting.region,
        "region_code": meeting.region_code,
        "format": meeting.format,
        "venue": meeting.venue,
        "organiser": meeting.organiser,
        "organiser_normalised": meeting.organiser_normalised,
        "follows": None if meeting.follows is None else meeting.follows + 1,
        "start": meeting.start,
        "end": meeting.end,
    }


def people(meeting: Meeting) -> list[dict[str, object]]:
    """The rows of ``person_role`` of one meeting, in the order of the text within each role."""
    groups = zip(_ROLES, (meeting.hosts, meeting.speakers, meeting.attendees, meeting.absent), strict=True)
    return [{"role": role, **asdict(person)} for role, group in groups for person in group]


def notes(report: Report) -> list[Evidence]:
    """What could not be kept as it was: characters that no database takes, labels longer than an index."""
    texts = {"title": report.title or "", "body": report.body, "body_as_found": report.body_as_found}
    lost = [
        Evidence("store", name, f"{count} characters became U+FFFD", "unstorable_characters")
        for name, text in texts.items()
        if (count := unstorable(text))
    ]
    long = [
        Evidence("store", label[:20], f"{len(label)} characters cut to {LABEL_LENGTH}", "long_label")
        for label in _labels(report)
        if len(label) > LABEL_LENGTH
    ]
    return lost + long


def _labels(report: Report) -> Iterable[str]:
    everyone: list[Person] = []
    for meeting in report.meetings:
        everyone += (*meeting.hosts, *meeting.speakers, *meeting.attendees, *meeting.absent)
        yield meeting.region or ""
    yield from (person.name for person in everyone)
    yield from (statement.speaker for statement in report.statements)
    yield from report.documents
    yield from report.terms


def joined(names: Sequence[str]) -> str | None:
    """Names as one text, None when there are none.

    >>> joined(("柏远", "秦川"))
    '柏远、秦川'
    """
    return "、".join(names) or None


def small(number: int | None) -> int | None:
    """The number when an integer column can hold it; a text may name any.

    >>> small(12), small(10**30)
    (12, None)
    """
    return number if number is not None and 0 <= number <= _LARGEST else None


def china_time(moment: datetime | None) -> datetime | None:
    """A publication's time as printed in China: without a zone, to the second."""
    if moment is None:
        return None
    local = moment if moment.tzinfo is None else moment.astimezone(CHINA)
    return local.replace(tzinfo=None, microsecond=0)


def _sha256(text: str) -> str:
    return hashlib.sha256(storable(text).encode()).hexdigest()
