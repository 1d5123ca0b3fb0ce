"""Statements: who said (or reported) what, from the verb to the next speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.records import Statement
from pipelines.extract.mentions import key_of
from pipelines.extract.points import points_of
from pipelines.extract.predicates import Act
from pipelines.extract.roles import Seen
from pipelines.extract.text import fold

MEETING = "会议"
"""The speaker of what a meeting as a whole says."""

_MEETING = re.compile(
    r"(?P<who>会议|大会|全会|(?<!在)会上)(?:还|同时|最后|一致|再次|特别|进一步|并|又)*(?P<verb>强调|指出|要求|认为|明确|决定|提出|号召|希望|部署|表示)(?:了)?[,:]"
)
_MARK = re.compile(r"(?:说|道|到|了|指出|要求)?[,:]")
_COLON = re.compile(r"(?:说|道|了)?[::]")
_CORE = re.compile(r"(?:强调|指出|要求|说|表示|认为|希望|号召|提出|建议)$")
_ITEM = re.compile(r"(\(?)(?:[一二三四五六七八九十]{1,2}|(\d{1,2}))([)、.])")
_NO_WORDS = re.compile(r"(?:讲话|发言|致辞|致词|述职|表态)$")
_NEXT_CLAUSE = re.compile(r"[,;](?=会议|大会|与会|[^,。]{0,30}(?:主持|出席|参加|列席))")
_HEARD_OUT = re.compile(r"(?<=报告|汇报|说明|介绍|发言),|[,;](?=会议|大会|听取)")  # what else was done
_DIRECT = re.compile(r"(?:(?<!提出)了)?(?=[一-鿿“《])(?!了)")
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}(?:要|是|、)|第[一二三四五六七八九十],|首先|其次|再次|\([一二三四五六七八九十]\)|\d{1,2}[.、])"
)
_CLOSING = "”’)》"
_LONGEST_QUOTATION = 2_000  # characters before who said it
_REPORTS = frozenset(["reports", "heard"])


@dataclass(frozen=True, slots=True)
class _Opening:
    """A statement's beginning: ``at`` its speaker or verb, ``start`` its words; it may not pass ``stop``."""

    speaker: str
    verb: str
    at: int
    start: int
    stop: int


def find_statements(
    body: str, masked: str, seen: Sequence[Seen], starts: Sequence[int]
) -> tuple[Statement, ...]:
    """The statements of a body, ``body[start:end] == text``; ``starts`` are where its meetings begin.

    >>> found = find_statements("会议强调,要抓紧。", "会议强调,要抓紧。", [], [0])
    >>> found[0].speaker, found[0].verb, found[0].text
    ('会议', '强调', '要抓紧。')
    """
    openings = sorted(
        {o.start: o for o in (*_by_people(body, masked, seen), *_by_meeting(masked))}.values(),
        key=lambda o: o.at,
    )
    out, folded = [], fold(body)
    for number, opening in enumerate(openings):
        limit = openings[number + 1].at if number + 1 < len(openings) else len(body)
        end = _end(folded, opening.start, min(limit, opening.stop))
        text = body[opening.start : end].strip().rstrip("，、")
        if not text:
            continue
        start = body.index(text[0], opening.start)
        begun = max((start for start in starts if start <= opening.at), default=starts[0])
        points = points_of(text, start)
        end, speaker = start + len(text), key_of(opening.speaker)
        meeting = starts.index(begun)
        out.append(Statement(opening.speaker, opening.verb, text, start, end, points, meeting, speaker))
    return tuple(out)


def _by_meeting(masked: str) -> Iterator[_Opening]:
    for match in _MEETING.finditer(masked):
        yield _Opening(MEETING, match["verb"], match.start(), match.end(), len(masked))


def _by_people(body: str, masked: str, seen: Sequence[Seen]) -> Iterator[_Opening]:
    for one, following in zip(seen, [*seen[1:], None], strict=False):
        if not one.series.people:
            continue
        near = following if following and following.sentence.start == one.sentence.start else None
        limit = near.sentence.start + near.series.people[0].first if near else one.sentence.end
        speaker = one.series.people[0]
        for number, act in enumerate(one.series.acts):
            at = one.sentence.start + act.at
            first = at if number or act.rule in ("pronoun", "surname") else one.sentence.start + speaker.first
            span = _words(masked, act, at, max(limit, at)) if act.role == "speaker" else None
            if span is None and act.role == "speaker":
                span = _quoted_before(masked, first, act)
                first = span[0] if span else first
            if span is not None:
                verb = act.verb if act.rule == "heard" else body[at : at + len(act.verb)]
                yield _Opening(speaker.name, verb, first, *span)


def _words(masked: str, act: Act, at: int, limit: int) -> tuple[int, int] | None:
    """Where the words of an act begin and may end, before the next person of the sentence at ``limit``.

    None for an act that quotes nothing (出席并讲话).
    """
    behind = at + len(act.verb)
    core = _CORE.search(act.verb) is not None
    mark = (_MARK if core else _COLON).match(masked, behind)
    if mark is not None:
        return mark.end(), len(masked)
    if core and (words := _DIRECT.match(masked, behind)):
        return words.end(), limit
    if act.rule in _REPORTS and not _NO_WORDS.search(act.verb):
        clause = (_HEARD_OUT if act.rule == "heard" else _NEXT_CLAUSE).search(masked, at, limit)
        return at, clause.start() if clause else limit
    return None


def _quoted_before(masked: str, speaker: int, act: Act) -> tuple[int, int] | None:
    """The quotation that stands before who said it: “要加快改造。”方晓梅说."""
    if not _CORE.search(act.verb) or masked[speaker - 1 : speaker] != "”":
        return None
    opened = masked.rfind("“", max(0, speaker - _LONGEST_QUOTATION), speaker)
    return (opened, speaker) if opened >= 0 and "\n" not in masked[opened:speaker] else None


def _end(folded: str, start: int, limit: int) -> int:
    """Up to the next speaker's sentence or the paragraph's end; numbered paragraphs behind belong to it."""
    end = _line_end(folded, start, limit)
    while end < limit and _NUMBERED.match(folded, end + 1) and not _is_next_heading(folded, start, end + 1):
        end = _line_end(folded, end + 1, limit)
    if end >= limit:
        sentence = max(folded.rfind(mark, start, limit) for mark in "。;!?\n")
        end = sentence + 1 if sentence >= start else limit
        while end < limit and folded[end] in _CLOSING:
            end += 1
    return end


def _is_next_heading(folded: str, start: int, line: int) -> bool:
    """Whether a line's number goes on a count that began before the statement: a heading of minutes."""
    item = _ITEM.match(folded, line)
    first = item and f"{item[1]}{'1' if item[2] else '一'}{item[3]}"
    return first is not None and not folded.startswith(first, line) and first not in folded[start:line]


def _line_end(body: str, start: int, limit: int) -> int:
    end = body.find("\n", start, limit)
    return limit if end < 0 else end
