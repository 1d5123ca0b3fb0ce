"""From a clean article to its facts: meetings with their people, statements, documents, terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from crawler.records import Cleaned, Evidence, Facts, Genre, Meeting, Rejection
from crawler.sites import Site
from pipelines.extract.dates import date_meeting
from pipelines.extract.genre import Verdict, judge
from pipelines.extract.labels import BELOW, LABELLED
from pipelines.extract.level import LevelBy, level_of
from pipelines.extract.meetings import Announced, find_meetings
from pipelines.extract.mentions import key_of
from pipelines.extract.naming import kind_of_meeting, normalise_name, object_name, ordinal_of, title_name
from pipelines.extract.people import (
    at_home,
    attendance_of,
    is_national,
    titles_of,
    with_deliverer,
    with_host_of_title,
    without_national,
)
from pipelines.extract.references import documents_of, terms_of
from pipelines.extract.regions import Told, as_of, home_of, resolve_region
from pipelines.extract.roles import Seen
from pipelines.extract.setting import frame_of, setting_of
from pipelines.extract.sightings import see_people
from pipelines.extract.statements import MEETING, find_statements
from pipelines.extract.text import fold, mask, sentences

_SUBTITLE = re.compile(r"^[—―-]{1,3} ?(在.{4,80})$", re.MULTILINE)
_WHEN = re.compile(
    r"(?:^|(?<=\s))(?:[一二三四五]、)?(?:(?:会议|开会|召开)?时[^\S\n]*间|会议日期)[^\S\n]*[: \n]\s*[^\n]*",
    re.MULTILINE,
)
_NAMED = re.compile(r"^会议名称[^\S\n]*:[^\S\n]*(?P<name>[^\n]{4,60}?会议?)[^\S\n]*$", re.MULTILINE)
_DATE_LINE = re.compile(
    r"(?:[^\n,。]{3,40}\n)?\s*\(?[\d〇○零一二三四五六七八九]{4}年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日"
    r"(?:,[^\n()]{2,20})?\)?\s*\n"
)
_CHAIRED = re.compile(r"会议?由[^。]{2,40}主持")
_AGENDA = re.compile(r"(?:会议|大会)进行第[一二三四五六]项[^。]{0,8}请")
_CALLS = re.compile("召开|举行")
_OPENING = 6  # sentences of a speech in which its meeting is named
_LISTS = ("listed", LABELLED, BELOW)
_READ = 40_000  # characters: no report is as long; what stands behind is stored but not read for facts


class _Article:
    """What one call of ``extract`` shares among its steps; nothing outlives the call."""

    def __init__(self, cleaned: Cleaned, url: str, site: Site | None) -> None:
        self.cleaned, self.url, self.site = cleaned, url, site
        self.body = cleaned.body
        self.read = self.body[:_READ]
        self.folded = fold(self.read)
        self.title = fold(cleaned.title or "")
        self.masked = mask(self.read)
        self.sentences = list(sentences(self.masked))
        self.seen: Sequence[Seen] = see_people(self.masked, self.sentences)
        self.titles: Mapping[str, str] = titles_of(self.seen, self.folded)
        self.announced: Sequence[Announced] = find_meetings(self.masked, self.sentences)
        self.margin = "\n".join(cut.text for cut in cleaned.cuts if cut.rule != "related")
        region = site.region if site else None
        self.told = Told(self.body, cleaned.title or "", cleaned.source or "", url, region, self.margin)
        self.evidence: list[Evidence] = []
        if len(self.body) > _READ:
            self.note("body", f"{len(self.body)} characters", "read_to_limit", _READ)

    @cached_property
    def home(self) -> str | None:
        """The place the report comes from; only meetings need it."""
        return home_of(self.told)

    def note(self, subject: str, value: str, rule: str, start: int | None = None) -> None:
        """Record one choice and its place in the body."""
        place = "" if start is None else f"body {start}"
        self.evidence.append(Evidence("extract", subject, value, rule, place))


def extract(cleaned: Cleaned, *, url: str = "", site: Site | None = None) -> Facts:
    """Read the facts of an article; positions count in ``cleaned.body``. Never raises, whatever the text.

    >>> body = "3月6日,县长柏远主持召开县安委会第一次全体会议。柏远要求,隐患要逐条销号。"
    >>> facts = extract(Cleaned(None, "县安委会全体会议召开", None, None, None, (), (), (body,)))
    >>> facts.meetings[0].name, facts.meetings[0].hosts[0].name, facts.statements[0].text
    ('县安委会第一次全体会议', '柏远', '隐患要逐条销号。')
    """
    article = _Article(cleaned, url, site)
    verdict = judge(article.title, article.folded, article.announced, article.seen, fold(article.margin))
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
    starts = [0, *(m.sentence.start for m in article.announced[1:])]
    heard = _heard(article.seen, meetings) if verdict.genre != "speech" else article.seen
    statements = find_statements(article.read, article.masked, heard, starts)
    return Facts(
        True,
        verdict.genre,
        meetings,
        statements,
        documents_of(article.body),
        terms_of(article.body),
        tuple(article.evidence),
    )


def _heard(seen: Sequence[Seen], meetings: Sequence[Meeting]) -> list[Seen]:
    """What those say who were there or sent word; whose words are only passed on said them elsewhere."""
    known = {person.normalised for meeting in meetings for person in (*meeting.attendees, *meeting.absent)}
    return [one for one in seen if one.series.people and key_of(one.series.people[0].name) in known]


def _meetings(article: _Article, verdict: Verdict) -> Iterator[Meeting]:
    if verdict.genre == "speech" or not article.announced:
        meeting = _from_title(article, verdict.genre)
        if meeting is not None:
            yield meeting
        return
    start, main = 0, None
    for announced in article.announced:
        meeting = _meeting(article, announced, start, main if announced.follows else None)
        yield meeting
        start, main = announced.until, main or meeting.date


def _meeting(article: _Article, announced: Announced, start: int, main: date | None) -> Meeting:
    name = announced.name
    text = article.body[name.start : name.end]
    sentence, body = announced.sentence, article.body
    people = attendance_of(article.seen, start, announced.until, article.titles)
    if not people.hosts and not start:
        people = with_host_of_title(people, article.title, body, article.titles)
    dated = date_meeting(body, sentence.start, sentence.end, article.cleaned.published_at, article.url, main)
    comma = article.masked.find(",", announced.until, announced.until + 60)
    setting = setting_of(text, frame_of(article.masked[start : max(announced.until, comma)]))
    article.note("meeting", text, name.rule, name.start)
    article.note("format", setting.format, setting.rule)
    for branch in setting.branches:
        article.note("branch_venue", branch, "branch")
    return _placed(
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
            start=name.start,
            end=name.end,
            normalised=normalise_name(text, name.organiser),
            organiser_normalised=name.organiser and "".join(name.organiser.split()),
        ),
        sentence.start,
        sentence.end,
        name.rule,
    )


def _subtitle(margin: str) -> str | None:
    """The meeting that the line under a speech's headline names (——在全县护林工作会议上的讲话)."""
    line = _SUBTITLE.search(margin)
    return title_name(line[1]) if line else None


def _from_title(article: _Article, genre: Genre) -> Meeting | None:
    """A meeting that the body does not announce: of a speech, or of a report that only says 会议."""
    body = article.body
    label = _NAMED.search(article.folded) if genre == "minutes" else None
    place = label.span("name") if label else None
    found = body[slice(*place)] if place else title_name(article.title)
    if found is None and genre == "speech":
        found = _subtitle(article.margin)
        place = None if found else _called_here(article)
    name = found or (body[slice(*place)] if place else MEETING if genre != "speech" else None)
    if name is None:
        return None
    chair = "主持词" in article.title or _AGENDA.search(article.masked) is not None
    told = genre != "speech"
    seen = [
        one
        for one in article.seen
        if told or _before_him(article, one) or (chair and _is_asked(article, one))
    ]
    people = attendance_of(seen, 0, len(body), article.titles)
    if genre == "speech":
        people = with_deliverer(people, body, chair=chair)
    end = article.sentences[0].end if article.sentences else 0
    line = _DATE_LINE.match(article.folded) if genre == "speech" else None
    when = _WHEN.search(article.folded) if genre == "minutes" else line
    start, stop = when.span() if when else (0, end)
    dated = date_meeting(body, start, stop, article.cleaned.published_at, article.url)
    setting = setting_of(name, "" if genre == "speech" else frame_of(article.masked))
    rule = "label" if label else "opening" if place else "title" if found else "unnamed"
    article.note("meeting", name, rule)
    article.note("format", setting.format, setting.rule)
    meeting = Meeting(
        name=name,
        ordinal=ordinal_of(name),
        kind=kind_of_meeting(name),
        date=dated.date if line or genre != "speech" else None,
        date_rule=dated.rule,
        format=setting.format,
        hosts=people.hosts,
        speakers=people.speakers,
        attendees=people.attendees,
        absent=people.absent,
        venue=setting.venue,
        start=place[0] if place else None,
        end=place[1] if place else None,
        normalised=normalise_name(name, None),
    )
    return _placed(article, meeting, 0, end)


def _called_here(article: _Article) -> tuple[int, int] | None:
    """Where the opening of a speech names its meeting: 今天,我们召开全县护林工作会议."""
    for sentence in article.sentences[:_OPENING]:
        for verb in _CALLS.finditer(article.masked, sentence.start, sentence.end):
            name = object_name(article.masked, verb.start(), verb.end(), sentence.start)
            if name is not None and name.rule == "object":
                return name.start, name.end
    return None


def _before_him(article: _Article, one: Seen) -> bool:
    """True for people who spoke before him (刚才,副县长柏远通报了情况), chair or came; others are talk."""
    start, end = one.sentence.start, one.sentence.end
    said = article.masked[article.masked.rfind("\n", 0, start) + 1 : end]
    here = article.masked[start:end]
    if "刚才" in here or _CHAIRED.search(here) or any(act.rule in _LISTS for act in one.series.acts):
        return True
    return "刚才" in said and "下面" not in said and any("了" in act.verb for act in one.series.acts)


def _is_asked(article: _Article, one: Seen) -> bool:
    """True for whom the chair gives the floor: 请镇长柏远同志发言."""
    return article.masked.find("请", one.sentence.start, one.sentence.end) >= 0


def _placed(article: _Article, meeting: Meeting, start: int, end: int, name_rule: str = "") -> Meeting:
    """The meeting with its level and region; ``start:end`` is the sentence that announces it."""
    cleaned = article.cleaned
    titles = [p.title for p in (*meeting.hosts, *meeting.speakers) if p.title and not is_national(p)]
    text = "\n".join((article.body[start:end], cleaned.title or "", article.body))
    own = "" if name_rule == "after_the_meeting" else meeting.name
    level = level_of(own, meeting.organiser, titles, text, home=article.home)
    if any(is_national(person) and start <= person.start < end for person in meeting.hosts):
        level = LevelBy("central", "chaired")
    day = meeting.date or cleaned.published_at
    region = as_of(resolve_region(article.told, level.level, meeting.name), day.year if day else None)
    article.note("level", level.level or "", level.rule)
    article.note("region", region.path or "", region.rule)
    for candidate in region.candidates:
        article.evidence.append(Evidence("extract", "region", candidate, region.rule, chosen=False))
    meeting = replace(meeting, level=level.level, region=region.path, region_code=region.code)
    if region.path:
        meeting = at_home(meeting, region.path.rpartition("/")[2])
    return meeting if level.level == "central" else without_national(meeting, start, end)
