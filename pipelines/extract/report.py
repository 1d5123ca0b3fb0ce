"""From a clean article to its facts: meetings with their people, statements, documents, terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from crawler.records import Cleaned, Facts, Meeting, Rejection
from crawler.sites import Site
from pipelines.extract.article import Article, day_at, placed
from pipelines.extract.date_words import Mention, mentions
from pipelines.extract.dates import DatedBy, date_meeting
from pipelines.extract.genre import Verdict, judge
from pipelines.extract.headline import title_name
from pipelines.extract.known_day import day_or_none
from pipelines.extract.meetings import Announced
from pipelines.extract.mentions import key_of
from pipelines.extract.naming import kind_of_meeting, normalise_name, ordinal_of
from pipelines.extract.people import attendance_of
from pipelines.extract.references import documents_of, terms_of
from pipelines.extract.roles import Seen
from pipelines.extract.roles_beside import with_host_of_post, with_roles_of_title
from pipelines.extract.setting import frame_of, setting_of
from pipelines.extract.statements import find_statements
from pipelines.extract.text import fold
from pipelines.extract.unannounced import unannounced
from pipelines.extract.watched import with_watchers
from pipelines.extract.written import as_in_body

_SAYS_NOTHING = re.compile(r"我[一-鿿]{1,3}(?:召开|举行)了?会议")  # a headline may name the meeting
_PLANNED = re.compile(r"于\d{1,2}月\d{1,2}日|会期")
_SOON_HELD = timedelta(days=40)
_LATELY = timedelta(days=120)
_ANY_YEAR = 2000
_QUOTED = 120  # characters of names in the evidence
_SOON = 600  # characters behind a sentence without a date in which the meeting may be named again


def extract(cleaned: Cleaned, *, url: str = "", site: Site | None = None) -> Facts:
    """Read the facts of an article; positions count in ``cleaned.body``. Never raises, whatever the text.

    >>> body = "3月6日,县长柏远主持召开县安委会第一次全体会议。柏远要求,隐患要逐条销号。"
    >>> facts = extract(Cleaned(None, "县安委会全体会议召开", None, None, None, (), (), (body,)))
    >>> facts.meetings[0].name, facts.meetings[0].hosts[0].name, facts.statements[0].text
    ('县安委会第一次全体会议', '柏远', '隐患要逐条销号。')
    """
    article = Article(cleaned, url, site)
    margin = fold(article.margin)
    verdict = judge(article.title, article.folded, article.announced, lambda: article.seen, margin)
    if verdict.is_meeting and verdict.genre == "report" and _is_coming(article):
        verdict = Verdict(False, "notice", "day_to_come", verdict.words)
    article.note("is_meeting_report", str(verdict.is_meeting), verdict.rule)
    article.note("genre", verdict.genre, verdict.rule)
    if not verdict.is_meeting:
        detail = f"{verdict.rule}: {verdict.words}" if verdict.words else verdict.rule
        return Facts(
            False,
            verdict.genre,
            documents=documents_of(article.body),
            terms=terms_of(article.body),
            evidence=tuple(article.evidence),
            rejection=Rejection("not_a_meeting", detail),
        )
    meetings = tuple(_meetings(article, verdict))
    if len(meetings) == len(article.announced):
        known = article.announced, article.sentences, article.masked, article.home
        meetings = tuple(with_watchers(meetings, *known))
    starts = [announced.start for announced in article.announced] or [0]
    heard = _heard(article.seen, meetings) if verdict.genre != "speech" else article.seen
    statements = find_statements(article.read, article.masked, heard, starts)
    facts = Facts(
        True,
        verdict.genre,
        meetings,
        statements,
        documents_of(article.body),
        terms_of(article.body),
        tuple(article.evidence),
    )
    return as_in_body(facts, article.body) if "." in article.body and "·" in article.folded else facts


def _is_coming(article: Article) -> bool:
    """True for a meeting of a day behind the publication that nobody chairs yet."""
    published = article.cleaned.published_at
    if published is None or not article.announced:
        return False
    first = article.announced[0].sentence
    planned = _PLANNED.search(article.masked, first.start, first.end)
    told = next(mentions(article.body, first.start, first.end), None) if planned else None
    day = _in_year(told, published.year) if told else None
    coming = day is not None and timedelta(0) < day - published.date() < _SOON_HELD
    return coming and not any(act.role == "host" for one in article.seen for act in one.series.acts)


def _heard(seen: Sequence[Seen], meetings: Sequence[Meeting]) -> list[Seen]:
    """What those say who were there or sent word; whose words are only passed on said them elsewhere."""
    known = {person.normalised for meeting in meetings for person in (*meeting.attendees, *meeting.absent)}
    return [one for one in seen if one.series.people and key_of(one.series.people[0].name) in known]


def _meetings(article: Article, verdict: Verdict) -> Iterator[Meeting]:
    if verdict.genre == "speech" or not article.announced:
        meeting = unannounced(article, verdict.genre)
        if meeting is not None:
            yield meeting
        return
    main = None
    for announced in article.announced:
        meeting = _meeting(article, announced, main if announced.follows else None)
        yield meeting
        main = meeting.date or main  # one follows the one before it, which may be of a later day


def _meeting(article: Article, announced: Announced, main: date | None) -> Meeting:
    name, start = announced.name, announced.start
    sentence, body = announced.sentence, article.body
    said = body[name.start : name.end]
    told = title_name(article.title) if _SAYS_NOTHING.fullmatch(said) else None
    text = told or said
    dated = _dated(article, announced, main)
    there = [one for one in _not_before(article, dated) if one.sentence.paragraph not in article.visits]
    seen = _not_of_others(there, announced)
    people = attendance_of(seen, start, announced.until, article.titles)
    people = with_host_of_post(people, article.masked[start : announced.until])
    if start == article.announced[0].start:
        people = with_roles_of_title(people, article.title, body, article.titles, _spoke(article.seen))
    comma = article.masked.find(",", announced.until, announced.until + 60)
    setting = setting_of(text, frame_of(article.masked[start : max(announced.until, comma)]))
    article.note("meeting", text, "title" if told else name.rule, None if told else name.start)
    article.note("format", setting.format, setting.rule)
    for branch in setting.branches:
        article.note("branch_venue", branch, "branch")
    return placed(
        article,
        Meeting(
            name=text,
            ordinal=ordinal_of(text),
            kind=kind_of_meeting(text),
            date=dated.date,
            date_rule=dated.rule,
            format=setting.format,
            hosts=people.hosts,
            speakers=people.speakers,
            attendees=people.attendees,
            absent=people.absent,
            venue=setting.venue,
            organiser=name.organiser,
            follows=0 if announced.follows else None,
            start=None if told else name.start,
            end=None if told else name.end,
            normalised=normalise_name(text, name.organiser),
            organiser_normalised=name.organiser and "".join(name.organiser.split()),
        ),
        sentence.start,
        sentence.end,
        "title" if told else name.rule,
    )


def _spoke(seen: Sequence[Seen]) -> set[str]:
    """Who speaks, at whatever meeting."""
    speaking = (one.series.people for one in seen if any(act.role == "speaker" for act in one.series.acts))
    return {key_of(mention.name) for people in speaking for mention in people}


def _not_of_others(seen: Sequence[Seen], announced: Announced) -> Sequence[Seen]:
    """Whom the body tells of, without the paragraphs on a meeting that was named beside this one."""
    return [
        one
        for one in seen
        if not any(start <= one.sentence.start < end for start, end in announced.of_others)
    ]


def _not_before(article: Article, dated: DatedBy) -> Sequence[Seen]:
    """Whom the body tells of, without paragraphs that begin with an earlier day: what came before."""
    own = day_at(article.body[dated.start : dated.end])
    day = dated.date or (_in_year(own, _ANY_YEAR) if own else None)
    if day is None:
        return article.seen
    told = ((number, _in_year(first, day.year)) for number, first in article.days.items())
    earlier = {number for number, before in told if before and timedelta(0) < day - before < _LATELY}
    left_out = [one for one in article.seen if one.sentence.paragraph in earlier]
    if not left_out:
        return article.seen
    names = dict.fromkeys(m.name for one in left_out for m in one.series.people)
    article.note("attendance", "、".join(names)[:_QUOTED], "earlier_day", left_out[0].sentence.start)
    return [one for one in article.seen if one.sentence.paragraph not in earlier]


def _in_year(told: Mention, year: int) -> date | None:
    """The day that a date tells, in a year if it has none of its own."""
    return day_or_none(told.year or year, told.month or 0, told.day or 0)


def _dated(article: Article, announced: Announced, main: date | None) -> DatedBy:
    """The day of a meeting by its sentence; one without a date gives way to the next that names it."""
    body, published, url = article.body, article.cleaned.published_at, article.url
    first = announced.sentence
    dated = date_meeting(body, first.start, first.end, published, url, main)
    name = body[announced.name.start : announced.name.end]
    again = body.find(name, first.end, first.end + _SOON) if dated.rule == "no_date" else -1
    for sentence in article.sentences if again >= 0 else ():
        if sentence.start <= again < sentence.end:
            later = date_meeting(body, sentence.start, sentence.end, published, url, main)
            return later if later.date else dated
    return dated
