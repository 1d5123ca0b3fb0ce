"""Golden pages: raw bytes in, every field as a person checked it.

A case is a folder ``<site or family>/<case>/`` with ``body.bin`` (the bytes that came over the wire),
``response.toml`` (url, content_type, status, site) and ``expected.toml``; ``part_2.bin`` and on are the further
pages of an article. Drop the first two in and run the test: it
writes the third and fails once, so that a person looks at it before it becomes the truth.
"""

from __future__ import annotations

import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
import tomli_w

from crawler.demo.web import demo_sites
from crawler.files.reader import read_file
from crawler.records import Part
from crawler.sites import load_sites
from pipelines import Page, Report, process

FOLDER = Path(__file__).parent
CASES = sorted(path.parent for path in FOLDER.glob("*/*/body.bin"))
FIELDS = (
    "title",
    "published_at",
    "source",
    "reporters",
    "editors",
    "paragraphs",
    "encoding",
    "script",
    "site_type",
    "genre",
    "is_meeting_report",
    "truncated",
    "meetings",
    "statements",
    "documents",
    "document",
    "rejection",
)


@cache
def sites():
    return {**load_sites(), **demo_sites()}


@cache
def report_of(case: Path) -> Report:
    response = tomllib.loads((case / "response.toml").read_text(encoding="utf-8"))
    site = sites()[response["site"]] if "site" in response else None
    fetched = datetime.fromisoformat(response["fetched_at"])
    body = (case / "body.bin").read_bytes()
    parts = tuple(
        Part(number, f"{response['url']}?{number}", path.read_bytes())
        for number, path in enumerate(sorted(case.glob("part_*.bin")), 2)
    )
    return process(
        Page(
            response["url"],
            body,
            response["content_type"],
            fetched_at=fetched,
            site=site,
            parts=parts,
            reading=read_file(body),
        )
    )


def plain(report: Report) -> dict[str, object]:
    """The fields that a person checks, as TOML holds them; what is not there is left out."""
    fields = {name: getattr(report, name) for name in FIELDS}
    fields["published_at"] = report.published_at and report.published_at.isoformat()
    fields["meetings"] = [_meeting(m) for m in report.meetings]
    fields["statements"] = [f"{s.speaker} {s.verb}: {s.text}" for s in report.statements]
    fields["document"] = report.document and {
        name: value
        for name in report.document.__slots__
        if (value := getattr(report.document, name)) is not None
    }
    fields["rejection"] = report.rejection and report.rejection.reason
    fields["cuts"] = sorted({cut.rule for cut in report.cuts})
    fields["repairs"] = sorted({repair.rule for repair in report.repairs})
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in fields.items()
        if value is not None
    }


def _meeting(meeting) -> dict[str, object]:
    people = {
        role: [f"{p.name} {p.title or ''}".strip() for p in getattr(meeting, role)]
        for role in ("hosts", "speakers", "attendees", "absent")
    }
    facts = {
        "name": meeting.name,
        "date": meeting.date and meeting.date.isoformat(),
        "level": meeting.level,
        "region": meeting.region,
        "format": meeting.format,
    }
    return {key: value for key, value in {**facts, **people}.items() if value}


def expected_of(case: Path) -> dict[str, object]:
    path = case / "expected.toml"
    if not path.exists():
        path.write_text(tomli_w.dumps(plain(report_of(case)), multiline_strings=False), encoding="utf-8")
        pytest.fail(f"{path} has been written: look at it, and run again")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("field", [*FIELDS, "cuts", "repairs"])
@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.parent.name}/{c.name}")
def test_field(case, field):
    assert plain(report_of(case)).get(field) == expected_of(case).get(field)


def test_every_site_has_a_golden_page():
    covered = {tomllib.loads((c / "response.toml").read_text(encoding="utf-8")).get("site") for c in CASES}
    assert set(sites()) <= covered


def test_the_same_page_gives_the_same_report_twice():
    for case in CASES:
        first = plain(report_of(case))
        report_of.cache_clear()
        assert plain(report_of(case)) == first
