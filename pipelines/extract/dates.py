"""The day a meeting was held, read from the sentence that announces it; null rather than a guess.

Two choices, each a ladder. Which words: the sentence > a dateline > an earlier date (会后, 当日) > a later
one. Which year, when the words have none: the body > the publication line > the address > what the agenda
speaks of. ``rule`` names both rungs: ``sentence/published``. A meeting is never held after its report was
published.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from pipelines.extract.date_words import Mention, mentions
from pipelines.extract.known_day import Known, day_or_none, known_from, latest_day, next_day
from pipelines.extract.told_year import told_year

WINDOW, HEAD, AGENDA = 4_000, 200, 20_000
"""Characters looked at around a sentence, at the body's head, and for the years it speaks of."""

STALE = timedelta(days=300)
"""A report of a meeting is not published later than this; what would be older is a date to come."""

UNTOLD = timedelta(days=150)
"""On a page put up later than this nothing tells the year of a day."""

MOVED = timedelta(days=60)
"""No report waits as long for publication; one that seems to was moved to another site."""

RECENT = timedelta(days=31)
"""How far back a day lies whose month and day run together; one further off may be read wrongly."""

_CONVENES = re.compile(r"召开|举行|举办|开幕|闭幕|主持|召集")
_YEARS = re.compile(
    r"(?<![-—–~至])((?:19|20)\d\d)(?<!\d{5})[ \u3000]{0,2}学?年"
    r"(?![前来底末]|以[来前]|之前|\d{1,2}月(?:底|末|\d{1,2}日)?前)"  # until when
)
_NAMED_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年?(?:春季|秋季|[上下]半年|第[一二三四]季度|年?度|学年))")
_SCHOOL_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)[-—–~至/]((?:19|20)\d\d)学年")
_FAR_YEAR = re.compile(r"(?:[到至]|截至|力争|预计|自|从)[ \u3000]{0,2}$")
_REVIEW = re.compile(r"(?:总结|回顾|述职|考核|表彰|通报|决算)")
_TO_COME = re.compile("[^,。、]{0,6}民生实事|工作(?:要点|安排|思路|打算)")  # 通过了2026年民生实事项目
_JUDGED = re.compile("度[^,。、]{0,12}(?:考[核评]|绩效|决算)")  # 2021年度绩效考评, told in the next year
_PLAN = re.compile(r"(?:部署|安排|谋划|筹备|研究|预算)")


@dataclass(frozen=True, slots=True)
class DatedBy:
    """A date and the rungs that gave it; ``body[start:end]`` is the wording it rests on."""

    date: date | None
    rule: str
    start: int
    end: int


def date_meeting(
    body: str, start: int, end: int, published: datetime | None, url: str, main: date | None = None
) -> DatedBy:
    """The day of the meeting that ``body[start:end]`` (a sentence, positions in characters) announces.

    ``published`` is the day of the publication line, ``url`` the page's address; either may be empty.
    ``main`` is the day of the meeting that this one follows up.

    >>> date_meeting("10月21日晚,全县调度会召开。", 0, 14, datetime(2021, 10, 22), "")
    DatedBy(date=datetime.date(2021, 10, 21), rule='sentence/published', start=0, end=6)
    """
    known = known_from(published, url)
    if known and known.rung == "url" and (told_year(body) or known.latest.year) != known.latest.year:
        known = None  # a number in an address is no year against 今年是“十三五”收官之年
    inside = list(mentions(body, start, end))
    own = [mention for mention in inside if not mention.dateline]
    told = [mention for mention in own if mention.kind not in ("vague", "same")]
    before = _before_verb(body, start, end, told)
    if before:
        first = _most_exact(before)
        dated = _resolve(first, "sentence", body, known, _context(body, start, first))
        dated = _unless_moved(_in_named_year(dated, body[start:end], known), body, known)
        return _shifted(dated, _days_on(body, own, before[-1], end), known)
    if any(mention.kind == "vague" for mention in own):
        return DatedBy(None, "vague", own[0].start, own[0].end)
    shift = own[0].offset if own else 0
    if main is not None:
        return _shifted(DatedBy(main, "earlier/main_meeting", start, end), shift, known)
    datelines = [mention for mention in inside if mention.dateline]
    if datelines and not own:
        return _resolve(datelines[0], "dateline", body, known, [])
    earlier = [mention for mention in _before(body, start) if mention.kind != "vague"] + datelines
    if earlier:
        return _shifted(_resolve(_anchor(earlier), "earlier", body, known, earlier), shift, known)
    if told:
        return _resolve(told[0], "sentence", body, known, [])
    return _later(body, end, known) or DatedBy(None, "no_date", start, start)


def _before_verb(body: str, start: int, end: int, told: list[Mention]) -> list[Mention]:
    """The mentions before the last convening verb: after it stand the dates of what was discussed."""
    verbs = [found.end() for found in _CONVENES.finditer(body, start, end)]
    return [mention for mention in told if not verbs or mention.start < verbs[-1]]


def _in_named_year(dated: DatedBy, sentence: str, known: Known | None) -> DatedBy:
    """The day in the year of the meeting's name, where an address alone told a quite different one, or the
    page was put up months later."""
    if dated.date is None or known is None or not dated.rule.endswith(("/url", "/published")):
        return dated
    moved = dated.rule.endswith("/published")
    named = list((_YEARS if moved else _NAMED_YEAR).finditer(sentence))
    if len({found[1] for found in named}) != 1:
        return dated
    year, of_what = int(named[0][1]), re.split("[,，]", sentence[named[0].end() :])[0]
    later = dated.date.year - year
    late = later == 1 and known.latest - dated.date > MOVED and not _REVIEW.search(of_what)
    if not (late if moved else abs(later) >= 2):
        return dated
    day = day_or_none(year, dated.date.month, dated.date.day)
    return DatedBy(day, "sentence/named_year", dated.start, dated.end)


def _unless_moved(dated: DatedBy, body: str, known: Known | None) -> DatedBy:
    """No day where the page was put up so much later that its year is not the meeting's, for all we know."""
    guessed = dated.date is not None and dated.rule.endswith(("/url", "/published"))
    if not guessed or dated.date is None or known is None or known.span != "day":
        return dated
    said = any(word in body[max(0, dated.start - 2) : dated.end] for word in ("今年", "去年", "前年"))
    return dated if said or known.latest - dated.date <= UNTOLD else replace(dated, date=None, rule="moved")


def _days_on(body: str, own: list[Mention], last: Mention, end: int) -> int:
    """1 when 次日 or 第二天 opens a clause between the last date and the verb that convenes."""
    for mention in own:
        if mention.kind == "same" and mention.head and mention.start > last.end:
            told = _CONVENES.search(body, last.end, mention.start)
            return mention.offset if not told and _CONVENES.search(body, mention.end, end) else 0
    return 0


def _most_exact(told: list[Mention]) -> Mention:
    """The first mention that opens a clause, or the date that explains it: 今天，10月8日."""
    heads = [mention for mention in told if mention.head] or told
    first = heads[0]
    if first.kind in ("relative", "weekday"):
        near = (m for m in told if m.kind in ("date", "day") and 0 <= m.start - first.end <= 4)
        return next(near, first)
    return first


def _context(body: str, start: int, mention: Mention) -> list[Mention]:
    """The mentions before this one, read only when it needs them (a day without month, a year unsaid)."""
    if mention.kind == "date" and mention.year is not None:
        return []
    return _before(body, mention.start)


def _before(body: str, end: int) -> list[Mention]:
    """The mentions of the text before ``end``, as far back as ``WINDOW``, and the dateline of the body."""
    near = max(0, end - WINDOW)
    head = [mention for mention in mentions(body, 0, min(near, HEAD)) if mention.dateline] if near else []
    return head + list(mentions(body, near, end))


def _anchor(earlier: list[Mention]) -> Mention:
    """The date that a follow-up hangs on: the last one with a day of its own that opens a clause."""
    dated = [m for m in earlier if m.kind in ("date", "day", "relative")]
    return next((m for m in reversed(dated) if m.head), (dated or earlier)[0])


def _shifted(dated: DatedBy, days: int, known: Known | None) -> DatedBy:
    if dated.date is None or not days:
        return dated
    day = dated.date + timedelta(days=days)
    if known is not None and day > known.latest:
        return DatedBy(None, "after_publication", dated.start, dated.end)
    return DatedBy(day, dated.rule, dated.start, dated.end)


def _later(body: str, end: int, known: Known | None) -> DatedBy | None:
    """A date that a later sentence gives to the meeting: 会议于3月2日召开."""
    for mention in mentions(body, end, min(len(body), end + WINDOW)):
        clause = body[mention.end : mention.end + 30].split("。")[0]
        if mention.kind == "date" and re.search(r"召开|举行|会议", clause):
            return _resolve(mention, "later", body, known, [])
    return None


def _resolve(mention: Mention, where: str, body: str, known: Known | None, context: list[Mention]) -> DatedBy:
    """The day a mention means, not later than what is known of publication."""
    day, rung = _day_of(mention, body, known, context)
    if day is not None and known is not None and day > known.latest:
        day, rung = None, "after_publication"
    if day is None:
        rung = rung if rung in ("no_year", "after_publication") else "no_such_day"
    else:
        rung = f"{where}/{rung}"
    return DatedBy(day, rung, mention.start, mention.end)


def _day_of(
    mention: Mention, body: str, known: Known | None, context: list[Mention]
) -> tuple[date | None, str]:
    if mention.kind == "date" and mention.month is not None and mention.day is not None:
        if mention.year is not None:
            return day_or_none(mention.year, mention.month, mention.day), "written"
        return _with_year(mention.month, mention.day, mention.offset, body, known, context)
    today, rung = _today(body, known, context)
    if mention.kind == "run" and mention.day is not None and known is not None and known.span == "month":
        today, rung = today or known.latest, known.rung
    if today is None:
        return None, "no_year"
    if mention.kind == "run" and mention.day is not None:
        return _run_together(mention.day, today), f"{rung}/run_together"
    if mention.kind == "day" and mention.day is not None:
        following = next_day(mention.day, today) if rung == "date_before" and not mention.offset else None
        if following and (known is None or following <= known.latest):
            return following, rung
        return latest_day(mention.day, today, mention.offset), rung
    if mention.kind == "weekday" and mention.day is not None:
        monday = today - timedelta(days=today.weekday())
        day = monday + timedelta(days=mention.day + 7 * mention.offset)
        return (day if day <= today else day - timedelta(days=7)), rung
    if mention.offset and rung == "dateline" and known is not None and known.span == "day":
        today, rung = known.latest, known.rung
    return today + timedelta(days=mention.offset), rung


def _run_together(digits: int, today: date) -> date | None:
    """The one day of the last weeks that month and day written without a sign between spell: 1017日."""
    parts = ((digits // split, digits % split) for split in (10, 100))
    days = (day_or_none(today.year - (month > today.month), month, day) for month, day in parts)
    found = {day for day in days if day is not None and timedelta(0) <= today - day <= RECENT}
    return found.pop() if len(found) == 1 else None


def _today(body: str, known: Known | None, context: list[Mention]) -> tuple[date | None, str]:
    """The day of writing: a dateline or date before the mention, else the day of publication."""
    for mention in [m for m in context if m.dateline] + [m for m in reversed(context) if m.kind == "date"]:
        day, _ = _day_of(mention, body, known, [])
        if day is not None:
            return day, "dateline" if mention.dateline else "date_before"
    if known is not None and known.span == "day":
        return known.latest, known.rung
    return None, "no_year"


def _with_year(
    month: int, day: int, shift: int, body: str, known: Known | None, context: list[Mention]
) -> tuple[date | None, str]:
    """Month and day with the year from the body's own dates, publication, address or agenda."""
    for before in reversed(context):
        if before.kind == "date" and before.year is not None:
            written = day_or_none(before.year, before.month or 1, before.day or 1)
            found = day_or_none(before.year, month, day)
            if written and found and found < written - timedelta(days=180):
                found = day_or_none(before.year + 1, month, day)
            if found and (known is None or found <= known.latest):
                return found, "body"
    if known is not None:
        if shift:
            return day_or_none(known.latest.year + shift, month, day), known.rung
        found = day_or_none(known.latest.year, month, day) or day_or_none(known.latest.year - 1, month, day)
        if found and found > known.latest:
            found = day_or_none(known.latest.year - 1, month, day)
        if found and known.span != "year" and known.latest - found > STALE:
            return None, "after_publication"
        return found, known.rung
    year = told_year(body) or _agenda_year(body, month)
    return (day_or_none(year, month, day), "agenda") if year else (None, "no_year")


def _agenda_year(body: str, month: int) -> int | None:
    """The year that the body speaks of: the only one, moved when it is plainly last year's or next year's.

    A review of a year (总结, 述职) is held in it or in the first months after; a plan (部署, 安排) in it or
    at the end of the year before. More than two years, or two without that order, say nothing.
    """
    if school := _SCHOOL_YEAR.search(body, 0, AGENDA):
        return int(school[1]) if month >= 8 else int(school[2])
    found = [
        m
        for m in _YEARS.finditer(body, 0, AGENDA)
        if not _FAR_YEAR.search(body, max(0, m.start() - 6), m.start())
    ]
    years = sorted({int(match[1]) for match in found})
    if len(years) == 2 and years[1] == years[0] + 1 and (month >= 11 or month <= 7):
        return years[0] if month >= 11 else years[1]
    if len(years) != 1:
        return None
    if all(_JUDGED.match(body, match.end()) for match in found):
        return years[0] + 1 if month <= 8 else None
    before = [body[max(0, m.start() - 8) : m.start()] for m in found]
    after = [body[m.end() : m.end() + 14] for m in found]
    if month <= 3 and any(map(_REVIEW.search, before + after)) and not any(map(_PLAN.search, before)):
        return years[0] + 1
    if month >= 11 and (any(map(_PLAN.search, before)) or any(map(_TO_COME.match, after))):
        return years[0] - 1
    return years[0]
