"""The people of each meeting: one row a name and role, with the best title the text gives."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from crawler.records import Meeting, Person
from pipelines.extract.mentions import Mention, find_mentions, key_of
from pipelines.extract.predicates import Act, Role
from pipelines.extract.roles import Seen
from pipelines.extract.text import Sentence
from pipelines.extract.titles import is_vague, without_own_place
from pipelines.extract.words import pattern, word_set, words

_HEADING, _LONGEST_HEADING = 4, 40  # lines above the text of a speech, and their characters
_UNDER = re.compile(r"[(（]\s*(?:19|20)\d{2}年|(?:各位|同志们|尊敬的)[^。\n]{0,20}[:：!！]")
_BY = re.compile(r"[(（](?P<who>[^()（）]{2,30})[)）]$|[—―-]{1,2}(?P<by>[^—―-]{2,30})$")
_IN_BRACKETS = re.compile(r"^[(（](?:\d{4}年\d{1,2}月\d{1,2}日)?([^()（）]{4,24})[)）]$")
"""The line under a title that says when and who: (2021年4月9日　市委副书记　柏远)."""
_LABEL = re.compile("^(?:主持|讲话|发言|报告|致辞|演讲|主讲)人?[:：]")
_SPEAKS = re.compile(r"(?:同志)?在[^,。]{4,60}上的?(?:重要)?(?:讲话|发言|致辞|报告|主持词|总结)")
_BRACKETED = 2  # what a post in brackets weighs


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who took part in one meeting, by role; each tuple in the order of the text, each name once."""

    hosts: tuple[Person, ...]
    speakers: tuple[Person, ...]
    attendees: tuple[Person, ...]
    absent: tuple[Person, ...]


@dataclass(slots=True)
class _Roles:
    by_role: dict[Role, tuple[Person, Act, int]] = field(default_factory=dict)  # with the paragraph


@cache
def _post() -> re.Pattern[str]:
    """A post in brackets behind a name."""
    return re.compile(rf"\((?P<post>[^(),;:\n]{{0,30}}(?:{pattern('posts', 'heads').pattern}))[,)]")


def titles_of(seen: Sequence[Seen], folded: str) -> Mapping[str, str]:
    """The best title of each name (without blanks): the first that names a post, else the first at all.

    One that goes on where that one ends (市委书记 … 市委书记、市人大常委会主任) is better still, as is one
    that says of what body (副主任 … 区人大常委会副主任). Lists put posts in brackets, which ``folded`` shows.

    >>> from pipelines.extract.sightings import see_people
    >>> from pipelines.extract.text import mask, sentences
    >>> text = "市领导汪远锋出席会议。市长汪远锋指出,要对账。"
    >>> titles_of(see_people(text, sentences(text)), text)["汪远锋"]
    '市长'
    >>> text = "出席:汪远锋(市长)、裘敏"
    >>> titles_of(see_people(mask(text), sentences(text)), text)
    {'汪远锋': '市长'}
    """
    best: dict[str, str] = {}
    weights: dict[str, int] = {}
    for one in seen:
        for mention in one.series.people:
            weight, key = _weight(mention), key_of(mention.name)
            title, first = mention.title or "", best.get(key, "")
            if not title and (post := _post().match(folded, one.sentence.start + mention.end)):
                title, weight = post["post"].strip(), _BRACKETED
            fuller = bool(first) and (title.startswith(f"{first}、") or _says_where(title, first))
            if title and (fuller or weight > weights.get(key, 0)):
                best[key], weights[key] = title, weight
    return best


def _says_where(title: str, post: str) -> bool:
    return title != post and title.endswith(post) and "、" not in title[: -len(post)]


def _weight(mention: Mention) -> int:
    """How much a title says: nothing, a vague word, a post behind the name, a post before it."""
    if mention.title is None:
        return 0
    return 1 if is_vague(mention.title) else 2 if mention.rule == "title_behind" else 3


def attendance_of(seen: Sequence[Seen], start: int, end: int, titles: Mapping[str, str]) -> Attendance:
    """Who took part in the meeting that the body tells of at ``start:end``."""
    found: dict[str, _Roles] = {}
    for one in seen:
        if not start <= told_at(one) < end:
            continue
        for mention in one.series.people:
            key = key_of(mention.name)
            roles = found.get(key) or found.setdefault(key, _Roles())
            for act in one.series.acts:
                if act.role not in roles.by_role:
                    person = _person(mention, one.sentence, titles, act)
                    roles.by_role[act.role] = person, act, one.sentence.paragraph
    there = {key: roles for key, roles in found.items() if roles.by_role and _was_there(roles)}
    present = {key: roles for key, roles in there.items() if "·" not in key or not _is_two(key, there)}
    return Attendance(
        _chairs(_with(present, "host")),
        _with(present, "speaker"),
        ordered(_first(roles) for roles in present.values()),
        ordered(
            roles.by_role["absent"][0]
            for key, roles in found.items()
            if key not in present and "absent" in roles.by_role
        ),
    )


def told_at(one: Seen) -> int:
    """Where the body tells what people do: in their sentence, or where 他强调 means who was named before."""
    again = one.series.acts[0] if one.series.acts else None
    return one.sentence.start + (again.at if again and again.rule in ("pronoun", "surname") else 0)


def _is_two(name: str, others: Collection[str]) -> bool:
    """True for two of the others, run together where a headline lost the blank between them."""
    return any(name[:at] in others and name[at:] in others for at in range(2, len(name) - 1))


def with_deliverer(people: Attendance, title: str, body: str, *, chair: bool = False) -> Attendance:
    """The attendance with whoever gives the speech, whom a line above its text names (县长　柏远), else its
    ``title`` (柏远同志在…会议上的讲话).

    A name alone counts where the day or the salutation stands below it. ``chair``: these are the words of
    who chairs (主持词).
    """
    start = 0
    lines = body.split("\n", _HEADING + 1)[: _HEADING + 1]
    for line, below in pairwise([*lines, ""]):
        dense = _LABEL.sub("", _IN_BRACKETS.sub(r"\1", "".join(line.split()).lstrip("—―-□")))
        mentions = find_mentions(dense) if len(dense) <= _LONGEST_HEADING else []
        one = mentions[0] if len(mentions) == 1 and mentions[0].last == len(dense) else None
        if one and (one.title or (_UNDER.match(below) and not (one.doubt or one.first))):
            spelt = r"\s*".join(map(re.escape, one.name))
            place = re.search(rf"({spelt})[)）]?\s*$", line)
            if place is not None:
                at, end = start + place.start(1), start + place.end(1)
                rule = f"heading/{one.rule}"
                him = Person(body[at:end], one.title, at, end, rule, key_of(one.name), one.title)
                return _with_speaker(people, him, chair)
        start += len(line) + 1
    named = _in_headline(title)
    return _with_speaker(people, named, chair) if named else people


def _with_speaker(people: Attendance, him: Person, chair: bool) -> Attendance:
    """The attendance with him, who may stand in a list as well."""
    others = ([p for p in some if p.name != him.name] for some in (people.speakers, people.attendees))
    speakers, there = (ordered((him, *some)) for some in others)
    return replace(people, hosts=(him,) if chair else people.hosts, speakers=speakers, attendees=there)


def _in_headline(title: str) -> Person | None:
    """Who speaks, at the head of a speech's title or in brackets at its end: 县长柏远在…上的讲话."""
    dense = "".join(title.split())
    bracket = _BY.search(dense)
    text = (bracket["who"] or bracket["by"]) if bracket else dense
    mentions = find_mentions(text)
    one = mentions[0] if mentions and not mentions[0].first and not mentions[0].doubt else None
    rest = text[one.last :] if one else ""
    if one is None or (rest if bracket else not _SPEAKS.match(rest)):
        return None
    return Person(one.name, one.title, None, None, f"title/{one.rule}", key_of(one.name), one.title)


def _person(mention: Mention, sentence: Sentence, titles: Mapping[str, str], act: Act) -> Person:
    title = titles.get(key_of(mention.name), mention.title)
    start, end = sentence.start + mention.start, sentence.start + mention.end
    return Person(mention.name, title, start, end, f"{act.rule}/{mention.rule}", key_of(mention.name), title)


def _was_there(roles: _Roles) -> bool:
    """Absence beats speech (a written instruction says things); chairing or attending beats absence."""
    there = "host" in roles.by_role or "attendee" in roles.by_role
    if "absent" in roles.by_role:
        return there and roles.by_role["absent"][1].verb not in ("请假", "缺席")
    return there or ("speaker" in roles.by_role and not _is_quoted(roles) and not _is_passed_on(roles))


def _is_passed_on(roles: _Roles) -> bool:
    """True if what the person says is what was just passed on of him: 传达县委书记柏远的要求,柏远指出."""
    if "cited" not in roles.by_role:
        return False
    (cited, _, line), (said, _, later) = roles.by_role["cited"], roles.by_role["speaker"]
    return line == later and place_of(cited) < place_of(said)


def _is_quoted(roles: _Roles) -> bool:
    """A national leader whose words are cited; he was there only if he chaired or attended."""
    return is_national(next(iter(roles.by_role.values()))[0])


def is_national(person: Person) -> bool:
    """True for a national leader, whom reports of other meetings cite.

    >>> is_national(Person("柏远", "国务院总理", 0, 2, "")), is_national(Person("柏远", "县长", 0, 2, ""))
    (True, False)
    """
    title = person.title or ""
    return key_of(person.name) in word_set("names", "quoted") or title.endswith(words("posts", "national"))


def at_home(meeting: Meeting, place: str) -> Meeting:
    """A meeting of ``place``, where its mayor is but the mayor: 蔡牛镇镇长 is 镇长."""

    def shorter(people: tuple[Person, ...]) -> tuple[Person, ...]:
        """The people, those with a title of the place without it."""
        if not any(person.title and place in person.title for person in people):
            return people
        titles = [person.title and without_own_place(person.title, place) for person in people]
        return tuple(
            replace(person, title=title, title_normalised=title)
            for person, title in zip(people, titles, strict=True)
        )

    return replace(
        meeting,
        hosts=shorter(meeting.hosts),
        speakers=shorter(meeting.speakers),
        attendees=shorter(meeting.attendees),
        absent=shorter(meeting.absent),
    )


def without_national(meeting: Meeting, start: int, end: int) -> Meeting:
    """A meeting below the centre without national leaders who act outside its own sentence at ``start:end``.

    What a report tells of them behind it is another meeting (3月28日,…总书记主持召开…).
    """

    def there(people: tuple[Person, ...]) -> tuple[Person, ...]:
        return tuple(p for p in people if not is_national(p) or start <= place_of(p) < end)

    if not any(map(is_national, meeting.attendees)):
        return meeting  # who chairs or speaks attends
    return replace(
        meeting,
        hosts=there(meeting.hosts),
        speakers=there(meeting.speakers),
        attendees=there(meeting.attendees),
    )


def _first(roles: _Roles) -> Person:
    people = [person for role, (person, *_) in roles.by_role.items() if role not in ("absent", "cited")]
    return min(people, key=place_of)


def _with(found: Mapping[str, _Roles], role: Role) -> tuple[Person, ...]:
    return ordered(roles.by_role[role][0] for roles in found.values() if role in roles.by_role)


def _chairs(hosts: tuple[Person, ...]) -> tuple[Person, ...]:
    """Who convened a meeting (召开) chaired it, unless the text names another who did (主持)."""
    chairs = tuple(person for person in hosts if not person.rule.startswith("convenes"))
    return chairs or hosts


def ordered(people: Iterable[Person]) -> tuple[Person, ...]:
    """The people in the order of the text, those whom only the headline names first."""
    return tuple(sorted(people, key=place_of))


def place_of(person: Person) -> int:
    """Where the body names a person; before its first character when only the headline does."""
    return -1 if person.start is None else person.start
