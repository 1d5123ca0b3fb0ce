"""Store one judged page: version, facts, copies and outcome in the caller's transaction."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from crawler.database import leases
from crawler.database.columns import Base
from crawler.database.leases import Leased
from crawler.database.search import index, unindex
from crawler.database.tables import (
    Cut,
    DocumentRef,
    Fetch,
    Meeting,
    PersonRole,
    Point,
    Repair,
    Statement,
    Term,
    Version,
)
from crawler.outcomes import Outcome
from crawler.records import Report
from pipelines.store import rows
from pipelines.store.copies import is_copy, join_copies, rejoin_copies
from pipelines.store.corrections import corrected, corrections_of


def store(session: Session, leased: Leased, report: Report) -> Outcome:
    """Store what ``process`` made of a leased page and close its fetch; gives the outcome.

    A text or title that differs from the page's latest version is a further version; the same text
    with other facts (a better reading) replaces the facts and counts as unchanged. A rejection
    ``error`` is a fault of the program and counts as failed. Raises LeaseLost when the page no
    longer belongs to the run: then nothing may be committed.
    """
    leases.hold(session, leased)
    rejection = report.rejection
    if rejection is not None and rejection.reason == "error":
        leases.close_failed(session, leased, rejection.detail)
        return Outcome.FAILED
    if rejection is not None:
        leases.close_rejected(session, leased, rejection.reason, rejection.detail)
        return Outcome.REJECTED
    outcome = write_version(session, leased.page_id, leased.fetch_id, report)
    leases.close_report(session, leased, outcome)
    return outcome


def write_version(session: Session, page_id: int, fetch_id: int, report: Report) -> Outcome:
    """Write a report as the page's latest version: new, changed, or unchanged (facts brought up to date)."""
    latest = latest_version(session, page_id)
    if latest is not None and latest.text_sha256 == rows.text_digest(report):
        other_facts = latest.facts_sha256 != rows.facts_digest(report)
        if other_facts:
            if _is_archived(session, fetch_id):
                latest.fetch_id = fetch_id  # reading the archive again must find the bytes that say so
            rewrite(session, latest, report)
        if other_facts or not is_copy(session, latest.id):
            rejoin_copies(session, latest)
        return Outcome.UNCHANGED
    version = Version(page_id=page_id, fetch_id=fetch_id, number=latest.number + 1 if latest else 1)
    rewrite(session, version, report)
    join_copies(session, version)
    return Outcome.CHANGED if latest else Outcome.NEW


def _is_archived(session: Session, fetch_id: int) -> bool:
    return session.scalar(select(Fetch.warc_file).where(Fetch.id == fetch_id)) is not None


def latest_version(session: Session, page_id: int) -> Version | None:
    """The latest version of a page."""
    query = select(Version).where(Version.page_id == page_id).order_by(Version.number.desc()).limit(1)
    return session.scalars(query).one_or_none()


def rewrite(session: Session, version: Version, report: Report) -> None:
    """Make a version say what the report says, corrections of people applied; older facts of it go."""
    if version.id is not None:
        _clear(session, version.id)
        unindex(session, version.id, version.title, version.body)
    right = corrected(report, corrections_of(session, version.page_id))
    digests = {"text_sha256": rows.text_digest(report), "facts_sha256": rows.facts_digest(report)}
    for name, value in {**rows.version_values(right), **digests}.items():
        setattr(version, name, value)
    session.add(version)
    session.flush()
    _write_traces(session, version.id, right)
    _write_facts(session, version.id, right)
    index(session, version.id, right.title, right.body)


def _clear(session: Session, version_id: int) -> None:
    meetings = select(Meeting.id).where(Meeting.version_id == version_id)
    statements = select(Statement.id).where(Statement.version_id == version_id)
    session.execute(delete(Point).where(Point.statement_id.in_(statements)))
    session.execute(delete(PersonRole).where(PersonRole.meeting_id.in_(meetings)))
    tables: tuple[type[Statement | Meeting | Cut | Repair | DocumentRef | Term], ...]
    tables = (Statement, Meeting, Cut, Repair, DocumentRef, Term)
    for table in tables:
        session.execute(delete(table).where(table.version_id == version_id))


def _write_traces(session: Session, version_id: int, report: Report) -> None:
    """What was cut and repaired, and which documents and phrases the text names."""
    of = {"version_id": version_id}
    _insert(session, Cut, [{**of, **asdict(cut)} for cut in report.cuts])
    _insert(session, Repair, [{**of, **asdict(repair)} for repair in report.repairs])
    _insert(session, DocumentRef, [{**of, "name": name} for name in dict.fromkeys(report.documents)])
    _insert(session, Term, [{**of, "name": name} for name in dict.fromkeys(report.terms)])


def _write_facts(session: Session, version_id: int, report: Report) -> None:
    meetings = [
        Meeting(version_id=version_id, **rows.meeting_values(meeting, number))
        for number, meeting in enumerate(report.meetings, 1)
    ]
    session.add_all(meetings)
    session.flush()
    people = [
        {"meeting_id": row.id, **person}
        for row, meeting in zip(meetings, report.meetings, strict=True)
        for person in rows.people(meeting)
    ]
    _insert(session, PersonRole, people)
    _write_statements(session, version_id, report, meetings)


def _write_statements(session: Session, version_id: int, report: Report, meetings: list[Meeting]) -> None:
    statements = [
        Statement(
            version_id=version_id,
            meeting_id=meetings[said.meeting].id if 0 <= said.meeting < len(meetings) else None,
            number=number,
            speaker=said.speaker,
            speaker_normalised=said.speaker_normalised,
            verb=said.verb,
            text=said.text,
            start=said.start,
            end=said.end,
        )
        for number, said in enumerate(report.statements, 1)
    ]
    session.add_all(statements)
    session.flush()
    points = [
        {"statement_id": row.id, **asdict(point), "number": rows.small(point.number) or place}
        for row, said in zip(statements, report.statements, strict=True)
        for place, point in enumerate(said.points, 1)
    ]
    _insert(session, Point, points)


def _insert(session: Session, table: type[Base], values: list[dict[str, object]]) -> None:
    if values:
        session.execute(insert(table), values)
