"""The places that a report claims in its body."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.records import Report


def positions(report: Report) -> Iterator[tuple[int | None, int | None, str]]:
    """Start, end and wording of every person, statement and point; no place for whom the headline names."""
    for meeting in report.meetings:
        for role in ("hosts", "speakers", "attendees", "absent"):
            yield from ((p.start, p.end, p.name) for p in getattr(meeting, role))
    for statement in report.statements:
        yield statement.start, statement.end, statement.text
        yield from ((p.start, p.end, p.text) for p in statement.points)
