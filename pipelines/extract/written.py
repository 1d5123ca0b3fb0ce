"""Names as a traditional page writes them: facts are read from the simplified body, names are given back.

To simplify a name loses what it was: 於 and 于 are two surnames, 乾 and 干, 範 and 范 two letters. Restoring
changes letter for letter (rule ``script``), so the letters of a name are those of the page at its place.
The names of people, posts, meetings, organisers, venues and sources come back as written; the text itself
(headline, body, what was said, titles of documents) stays simplified.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from crawler.records import Cleaned, Facts, Meeting, Person, Repair, Restored, Statement
from pipelines.extract.statements import MEETING
from pipelines.extract.text import fold

_BLANK = re.compile(r"\s")
_GAP = r"(?:\s|<[^<>]*>)*"  # what may stand between two letters of a name in the source of a page
_BEFORE, _BEHIND = 200, 30  # characters around a name in which its own title is looked for


def as_written(
    cleaned: Cleaned, facts: Facts, texts: Sequence[Restored], repairs: Iterable[Repair]
) -> tuple[Cleaned, Facts]:
    """The article and its facts with names as the page, whose script is traditional, writes them.

    ``texts`` are the restored texts of the page and its parts, ``repairs`` those of the page; the ones that
    are located count in the body. ``normalised`` forms and places stay: they are those of the body.

    >>> body = "县长于乾主持召开防汛会议。"
    >>> people = (Person("于乾", "县长", 2, 4, "hosts/title_before", "于乾", "县长"),)
    >>> facts = Facts(True, "report", (Meeting("防汛会议", hosts=people, start=8, end=12),))
    >>> script = (Repair("script", 0, "縣長於", "县长于", 1.0, True),)
    >>> article = Cleaned(None, None, None, None, None, (), (), (body,))
    >>> host = as_written(article, facts, (), script)[1].meetings[0].hosts[0]
    >>> host.title, host.name, host.normalised
    ('縣長', '於乾', '于乾')
    """
    article = _Article(cleaned.body, repairs)
    pages = [_Letters(text.text, text.repairs) for text in texts]
    meetings = tuple(_meeting(meeting, article, pages) for meeting in facts.meetings)
    names = {person.normalised: person.name for meeting in meetings for person in _everyone(meeting)}
    statements = tuple(_statement(said, article, names) for said in facts.statements)
    byline = replace(
        cleaned,
        source=cleaned.source and _in_pages(cleaned.source, pages),
        reporters=tuple(_in_pages(name, pages) for name in cleaned.reporters),
        editors=tuple(_in_pages(name, pages) for name in cleaned.editors),
    )
    return byline, replace(facts, meetings=meetings, statements=statements)


def as_in_body(facts: Facts, body: str) -> Facts:
    """The facts with names as the body spells them: 阿沛.阿旺, which is read as 阿沛·阿旺.

    >>> people = (Person("阿沛·阿旺", "主席", 2, 7, "hosts/title_before", "阿沛·阿旺", "主席"),)
    >>> facts = Facts(True, "report", (Meeting("会议", hosts=people),))
    >>> as_in_body(facts, "主席阿沛.阿旺、裘敏主持会议。").meetings[0].hosts[0].name
    '阿沛.阿旺'
    """

    def spelled(one: Person) -> Person:
        return one if one.start is None else replace(one, name=body[one.start : one.end])

    meetings = tuple(_with_people(meeting, spelled) for meeting in facts.meetings)
    names = {person.normalised: person.name for meeting in meetings for person in _everyone(meeting)}
    said = (replace(one, speaker=names.get(one.speaker_normalised, one.speaker)) for one in facts.statements)
    return replace(facts, meetings=meetings, statements=tuple(said))


class _Letters:
    """A simplified text and, letter for letter, how it was written."""

    def __init__(self, simple: str, repairs: Iterable[Repair]) -> None:
        pieces, at = [], 0
        for repair in repairs:
            if repair.rule == "script" and len(repair.before) == len(repair.after):
                pieces += [simple[at : repair.start], repair.before]
                at = repair.end
        self.simple = simple
        self.written = "".join([*pieces, simple[at:]])
        self.changed = at  # behind it nothing was written otherwise

    def find(self, word: str) -> str | None:
        """``word`` as written where the source of the page first has it, without blanks and tags between."""
        letters = "".join(word.split())
        pattern = re.compile(_GAP.join(f"({re.escape(letter)})" for letter in letters))
        found = pattern.search(self.simple, 0, self.changed + len(word))
        return found and "".join(self.written[found.start(n)] for n in range(1, len(letters) + 1))


class _Article:
    """The body and how it was written, both without blanks too, for words that are put together."""

    def __init__(self, body: str, repairs: Iterable[Repair]) -> None:
        letters = _Letters(body, (repair for repair in repairs if repair.located))
        self.written = letters.written
        self._blanks = [blank.start() for blank in _BLANK.finditer(body)]
        self._simple = _BLANK.sub("", fold(body))
        self._written = _BLANK.sub("", fold(letters.written))

    def form(self, word: str, near: int) -> str:
        """``word`` as written where it stands around ``near`` of the body, else where it first stands."""
        wanted = _BLANK.sub("", fold(word))
        place = near - bisect_left(self._blanks, near)
        at = self._simple.rfind(wanted, max(0, place - _BEFORE), place + _BEHIND)
        at = at if at >= 0 else self._simple.find(wanted)
        return word if at < 0 else _spelled(word, self._written[at : at + len(wanted)])


def _spelled(word: str, letters: str) -> str:
    """``word`` with its letters as written; its blanks and marks stay as they are."""
    following = iter(letters)
    spelled = ((char, char if char.isspace() else next(following)) for char in word)
    return "".join(new if new.isalpha() else char for char, new in spelled)


def _in_pages(word: str, pages: Iterable[_Letters]) -> str:
    """``word`` as the first of the pages that has it writes it."""
    found = next((letters for page in pages if (letters := page.find(word))), None)
    return _spelled(word, found) if found else word


def _everyone(meeting: Meeting) -> tuple[Person, ...]:
    return (*meeting.hosts, *meeting.speakers, *meeting.attendees, *meeting.absent)


def _meeting(meeting: Meeting, article: _Article, pages: Sequence[_Letters]) -> Meeting:
    meeting = _with_people(meeting, lambda person: _person(person, article, pages))
    near = meeting.start or 0
    if meeting.start is not None:
        name = article.written[meeting.start : meeting.end]
    else:
        name = meeting.name if meeting.name == MEETING else _in_pages(meeting.name, pages)
    return replace(
        meeting,
        name=name,
        venue=meeting.venue and article.form(meeting.venue, near),
        organiser=meeting.organiser and article.form(meeting.organiser, near),
    )


def _with_people(meeting: Meeting, change: Callable[[Person], Person]) -> Meeting:
    """The meeting, each of its people changed."""
    return replace(
        meeting,
        hosts=tuple(map(change, meeting.hosts)),
        speakers=tuple(map(change, meeting.speakers)),
        attendees=tuple(map(change, meeting.attendees)),
        absent=tuple(map(change, meeting.absent)),
    )


def _person(person: Person, article: _Article, pages: Sequence[_Letters]) -> Person:
    if person.start is None:
        title = person.title and _in_pages(person.title, pages)
        return replace(person, name=_in_pages(person.name, pages), title=title)
    title = person.title and article.form(person.title, person.start)
    return replace(person, name=article.written[person.start : person.end], title=title)


def _statement(said: Statement, article: _Article, names: dict[str, str]) -> Statement:
    if said.speaker == MEETING:
        return said
    speaker = names.get(said.speaker_normalised) or article.form(said.speaker, said.start)
    return replace(said, speaker=speaker)
