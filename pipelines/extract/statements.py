"""Statements: who said (or reported) what, from the verb to the next speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.records import Statement
from pipelines.extract.people import Seen
from pipelines.extract.points import points_of

_MEETING = re.compile(
    r"(?P<who>会议|大会|全会|会上)(?:还|同时|最后|一致|再次|特别|进一步|并|又)*(?P<verb>强调|指出|要求|认为|明确|决定|提出|号召|希望|部署|表示)(?:了)?[,:]"
)
_MARK = re.compile(r"(?:说|道|到|了|指出|要求)?[,:]")
_COLON = re.compile(r"(?:说|道|了)?[::]")
_CORE = re.compile(r"(?:强调|指出|要求|说|表示|认为|希望|号召)$")
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}(?:要|是|、)|第[一二三四五六七八九十],|首先|其次|再次|\([一二三四五六七八九十]\)|\d{1,2}[.、])"
)
_REPORTS = frozenset(["reports", "heard"])


@dataclass(frozen=True, slots=True)
class _Opening:
    speaker: str
    verb: str
    at: int
    start: int


def find_statements(
    body: str, masked: str, seen: Sequence[Seen], starts: Sequence[int]
) -> tuple[Statement, ...]:
    """The statements of a body; ``starts`` are where its meetings begin. ``body[start:end] == text`` for each.

    >>> found = find_statements("会议强调,要抓紧。", "会议强调,要抓紧。", [], [0])
    >>> found[0].speaker, found[0].verb, found[0].text
    ('会议', '强调', '要抓紧。')
    """
    openings = sorted(
        {o.start: o for o in (*_by_people(masked, seen), *_by_meeting(masked))}.values(), key=lambda o: o.at
    )
    out = []
    for number, opening in enumerate(openings):
        limit = openings[number + 1].at if number + 1 < len(openings) else len(body)
        end = _end(body, masked, opening.start, limit)
        text = body[opening.start : end].rstrip()
        if not text:
            continue
        meeting = max(0, sum(start <= opening.at for start in starts) - 1)
        points = points_of(text, opening.start)
        out.append(
            Statement(
                opening.speaker, opening.verb, text, opening.start, opening.start + len(text), points, meeting
            )
        )
    return tuple(out)


def _by_meeting(masked: str) -> Iterator[_Opening]:
    for match in _MEETING.finditer(masked):
        yield _Opening("会议", match["verb"], match.start(), match.end())


def _by_people(masked: str, seen: Sequence[Seen]) -> Iterator[_Opening]:
    for one in seen:
        base = one.sentence.start
        for number, act in enumerate(one.series.acts):
            if act.role != "speaker" or not one.series.people:
                continue
            behind = base + act.at + len(act.verb)
            core = _CORE.search(act.verb) is not None
            mark = (_MARK if core else _COLON).match(masked, behind)
            if mark is None and not core and act.rule not in _REPORTS:
                continue
            for person in one.series.people[:1]:
                start = mark.end() if mark else behind if core else base + act.at
                yield _Opening(person.name, act.verb, base + (act.at if number else person.first), start)


def _end(body: str, masked: str, start: int, limit: int) -> int:
    """Up to the next speaker's sentence or the end of the paragraph; numbered paragraphs behind belong to it."""
    end = _line_end(body, start, limit)
    while end < limit and _NUMBERED.match(body, end + 1):
        end = _line_end(body, end + 1, limit)
    if end >= limit:
        sentence = max(masked.rfind(mark, start, limit) for mark in "。;!?\n")
        end = sentence + 1 if sentence >= start else limit
    return end


def _line_end(body: str, start: int, limit: int) -> int:
    end = body.find("\n", start, limit)
    return limit if end < 0 else end
