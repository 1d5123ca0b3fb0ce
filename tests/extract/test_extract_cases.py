"""Do the facts of short texts come out as a reader would write them down?

The case files hold label, group (wild, made, keep, known), input, expected. Texts are written in half
width and widened as cleaning would; ``known`` failures must fail (strict), so that a cure is noticed.
"""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.records import Cleaned, Facts
from pipelines.extract import extract

CASES = Path(__file__).parent / "cases"
WIDE = str.maketrans(",:;!?()", "，：；！？（）")
OWN = ("hosts", "speakers", "attendees", "absent", "meetings", "genres", "statements")


def load() -> list[Any]:
    found = []
    for name in OWN:
        path = CASES / f"{name}.toml"
        if not path.exists():
            continue
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            marks = [pytest.mark.xfail(strict=True)] if case["group"] == "known" else []
            found.append(pytest.param(case, id=f"{name}: {case['label']}", marks=marks))
    return found


def facts_of(case: dict[str, Any]) -> tuple[Facts, str]:
    paragraphs = tuple(line for line in case["input"].translate(WIDE).split("\n") if line)
    title = case["title"].translate(WIDE) if "title" in case else None
    published = datetime.fromisoformat(case["published"]) if "published" in case else None
    cleaned = Cleaned(None, title, published, None, None, (), (), paragraphs)
    return extract(cleaned), cleaned.body


def with_title(people: Any) -> list[str]:
    return sorted(f"{p.title} {p.name}" if p.title else p.name for p in people)


def names(people: Any) -> list[str]:
    return sorted(p.name for p in people)


def view(facts: Facts) -> dict[str, Any]:
    """The facts under the names that the case files use."""
    seen: dict[str, Any] = {
        "meeting": facts.is_meeting_report,
        "genre": facts.genre,
        "rule": next(e.rule for e in facts.evidence if e.subject == "genre"),
        "documents": list(facts.documents),
        "terms": list(facts.terms),
        "said": [[s.speaker, s.verb, s.text, len(s.points)] for s in facts.statements],
        "follow": facts.meetings[1].name if len(facts.meetings) > 1 else "",
        "follow_speakers": names(facts.meetings[1].speakers) if len(facts.meetings) > 1 else [],
        "follow_attendees": names(facts.meetings[1].attendees) if len(facts.meetings) > 1 else [],
    }
    if facts.meetings:
        first = facts.meetings[0]
        seen |= {
            key: getattr(first, key)
            for key in ("name", "ordinal", "kind", "organiser", "level", "format", "venue")
        }
        seen |= {"hosts": with_title(first.hosts), "speakers": with_title(first.speakers)}
        seen |= {"attendees": names(first.attendees), "absent": names(first.absent)}
        seen["date"] = first.date and first.date.isoformat()
    return seen


def wanted(key: str, value: Any) -> Any:
    if isinstance(value, str):
        return value.translate(WIDE)
    if key in ("hosts", "speakers", "attendees", "absent", "follow_speakers", "follow_attendees"):
        return sorted(value)
    return [wanted("", item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("case", load())
def test_facts_are_as_written_down(case: dict[str, Any]) -> None:
    facts, body = facts_of(case)
    seen = view(facts)
    for key, value in case["expected"].items():
        want = wanted(key, value)
        got = seen.get(key)
        if key == "said":
            got = [
                [who, verb, text[: len(first)], n]
                for (who, verb, text, n), (_, _, first, _) in zip(got, want, strict=False)
            ]
            assert len(seen["said"]) == len(want), seen["said"]
        assert got == want, f"{key}: {got} in {body}"


def test_there_are_enough_cases_of_every_group() -> None:
    groups = [case.values[0]["group"] for case in load()]
    assert len(groups) >= 150
    assert {"wild", "made", "keep", "known"} <= set(groups)
