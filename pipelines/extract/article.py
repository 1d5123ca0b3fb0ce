"""What the steps of one reading share: the article, its people, its meetings; where a meeting took place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from crawler.records import Cleaned, Evidence, Meeting
from crawler.sites import Site
from pipelines.extract.date_words import Mention, mentions
from pipelines.extract.level import LevelBy, level_of
from pipelines.extract.meetings import MOST, Announced, find_meetings
from pipelines.extract.people import at_home, is_national, place_of, titles_of, without_national
from pipelines.extract.regions import Told, as_of, home_of, resolve_region
from pipelines.extract.roles import Seen
from pipelines.extract.sightings import see_people
from pipelines.extract.text import fold, mask, sentences

_DAY, _INDENT = 16, 3  # characters of a day that a paragraph begins with, and before it
_WENT = re.compile(
    r"(?<![^\n])(?:会议?(?:一?结束)?后|散会后),[^。;]{0,40}?"
    r"(?:来到|前往|深入|赶赴|先后[到赴]|实地|走访|察看|查看|看望|慰问|参观|观摩)"
)
"""Of a paragraph on a visit: 会后,县长柏远又来到水库工地…."""
READ = 40_000  # characters: no report is as long; what stands behind is stored but not read for facts


class Article:
    """What one call of ``extract`` shares among its steps; nothing outlives the call."""

    def __init__(self, cleaned: Cleaned, url: str, site: Site | None) -> None:
        self.cleaned, self.url, self.site = cleaned, url, site
        self.body = cleaned.body
        self.read = self.body[:READ]
        self.folded = fold(self.read)
        self.title = fold(cleaned.title or "")
        self.masked = mask(self.read)
        self.sentences = list(sentences(self.masked))
        self.announced: Sequence[Announced] = find_meetings(self.masked, self.sentences)
        self.margin = "\n".join(cut.text for cut in cleaned.cuts if cut.rule != "related")
        region = site.region if site else None
        self.told = Told(self.body, cleaned.title or "", cleaned.source or "", url, region, self.margin)
        self.evidence: list[Evidence] = []
        if len(self.announced) >= MOST:
            self.note("meeting", f"{MOST} meetings", "read_to_limit", self.announced[-1].sentence.start)
        if len(self.body) > READ:
            self.note("body", f"{len(self.body)} characters", "read_to_limit", READ)

    @cached_property
    def seen(self) -> Sequence[Seen]:
        """Who is seen in the text; pages that plainly tell of no meeting are not searched for people."""
        return see_people(self.masked, self.sentences)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The best title of each person."""
        return titles_of(self.seen, self.folded)

    @cached_property
    def home(self) -> str | None:
        """The place the report comes from; only meetings need it."""
        return home_of(self.told)

    @cached_property
    def days(self) -> Mapping[int, Mention]:
        """The month and day that a paragraph begins with, by the paragraph's number."""
        told = ((number, day_at(line[:_DAY])) for number, line in enumerate(self.read.split("\n")))
        return {number: day for number, day in told if day is not None}

    @cached_property
    def visits(self) -> frozenset[int]:
        """The paragraphs that begin with where people went behind the meeting, by their numbers."""
        held = {announced.sentence.paragraph for announced in self.announced}
        went = (one.paragraph for one in self.sentences if _WENT.match(self.masked, one.start, one.end))
        return frozenset(went) - held

    def note(self, subject: str, value: str, rule: str, start: int | None = None) -> None:
        """Record one choice and its place in the body."""
        place = "" if start is None else f"body {start}"
        self.evidence.append(Evidence("extract", subject, value, rule, place))


def day_at(text: str) -> Mention | None:
    """The date that a text begins with, if it tells month and day."""
    first = next(mentions(text), None)
    if first is None or first.kind != "date" or first.start >= _INDENT:
        return None
    return first if first.month and first.day else None


def placed(article: Article, meeting: Meeting, start: int, end: int, name_rule: str = "") -> Meeting:
    """The meeting with its level and region; ``start:end`` is the sentence that announces it."""
    cleaned = article.cleaned
    titles = [p.title for p in (*meeting.hosts, *meeting.speakers) if p.title and not is_national(p)]
    text = "\n".join((article.body[start:end], cleaned.title or "", article.body))
    own = "" if name_rule == "after_the_meeting" else meeting.name
    level = level_of(own, meeting.organiser, titles, text, home=article.home)
    if any(is_national(person) and start <= place_of(person) < end for person in meeting.hosts):
        level = LevelBy("central", "chaired")
    day = meeting.date or cleaned.published_at
    region = as_of(resolve_region(article.told, level.level, meeting.name), day.year if day else None)
    article.note("level", level.level or "", level.rule)
    article.note("region", region.path or "", region.rule)
    for candidate in region.candidates:
        article.evidence.append(Evidence("extract", "region", candidate, region.rule, chosen=False))
    meeting = replace(meeting, level=level.level, region=region.path, region_code=region.code)
    if region.path and level.level != "organization":
        meeting = at_home(meeting, region.path.rpartition("/")[2])
    return meeting if level.level == "central" else without_national(meeting, start, end)
