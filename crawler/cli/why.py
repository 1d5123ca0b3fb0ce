"""A report for the eye: its facts and body, and with ``--why`` each choice, cut and repair."""

from __future__ import annotations

from rich.text import Text

from crawler.cli import output
from crawler.records import Meeting, Person, Report

_GAPS = {
    "part_missing": "this page of the article could not be had",
    "part_limit": "this page of the article and later ones were not read, it has too many",
    "part_without_text": "this page of the article holds no text",
    "part_of_another": "this address shows another article",
    "page_without_text": "no text on this page, run OCR on the file to have it",
    "file_limit": "the file is too long to be read further",
}
_SHOWN = 60  # characters of a cut or repair that are shown


def print_report(report: Report) -> None:
    """Print the facts as tables, then the body."""
    console = output.out()
    console.print(Text(report.title or "(no title)", style="bold"))
    console.print(
        output.table(
            ("page", report.url),
            [
                ("published", report.published_at),
                ("source", report.source),
                ("reporters", report.reporters),
                ("editors", report.editors),
                ("site type", report.site_type),
                ("encoding", report.encoding),
                ("script", report.script),
                ("genre", report.genre),
                ("truncated", report.truncated),
                ("quality", report.quality),
            ],
        )
    )
    for number, meeting in enumerate(report.meetings, 1):
        console.print(output.table((f"meeting {number}", meeting.name), _meeting_rows(meeting)))
    for name, found in (("documents", report.documents), ("terms", report.terms)):
        if found:
            console.print(Text(f" {name}: {output.written(found)}"))
    console.print(Text(f"\n{report.body}"), soft_wrap=True)


def gaps(report: Report) -> list[str]:
    """What is missing of a report that is not whole, one line each."""
    return [
        f"{e.place}: {_GAPS[e.rule]} ({e.value})"
        for e in report.evidence
        if e.subject in ("parts", "file") and e.rule in _GAPS
    ]


def print_why(report: Report) -> None:
    """Print each piece of evidence, each cut and each repair, with its rule and its place."""
    console = output.out()
    rows = [
        (
            e.step,
            e.subject,
            _short(e.value) if e.chosen else f"({_short(e.value)})",
            e.rule,
            e.place,
            _score(e.score),
        )
        for e in report.evidence
    ]
    console.print(output.table(("step", "subject", "value", "rule", "place", "score"), rows, title="choices"))
    cuts = [(cut.rule, _short(cut.text), cut.place) for cut in report.cuts]
    console.print(output.table(("rule", "text", "place"), cuts, title=f"cuts: {len(cuts)}"))
    repairs = [
        (
            r.rule,
            _short(r.before),
            _short(r.after),
            f"{'body' if r.located else 'page'} {r.start}",
            f"{r.certainty:.2f}",
        )
        for r in report.repairs
    ]
    columns = ("rule", "before", "after", "place", "certainty")
    console.print(output.table(columns, repairs, title=f"repairs: {len(repairs)}"))


def _meeting_rows(meeting: Meeting) -> list[tuple[str, object]]:
    return [
        ("date", f"{output.written(meeting.date)} ({meeting.date_rule})" if meeting.date else None),
        ("level", meeting.level),
        ("region", meeting.region),
        ("format", meeting.format),
        *(
            (role, [_person(p) for p in getattr(meeting, role)])
            for role in ("hosts", "speakers", "attendees", "absent")
        ),
    ]


def _person(person: Person) -> str:
    return f"{person.name}（{person.title}）" if person.title else person.name


def _score(score: float | None) -> str:
    return "" if score is None else f"{score:.2f}"


def _short(text: str) -> str:
    folded = text.replace("\n", "⏎")
    return folded if len(folded) <= _SHOWN else f"{folded[:_SHOWN]}… ({len(folded)} characters)"
