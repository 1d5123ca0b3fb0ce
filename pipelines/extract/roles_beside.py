"""Roles told beside the sentences: a headline says who chaired or spoke, a post alone who chaired."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import replace

from crawler.records import Person
from pipelines.extract.mentions import key_of
from pipelines.extract.people import Attendance, ordered
from pipelines.extract.regions.gazetteer import gazetteer
from pipelines.extract.sightings import see_people
from pipelines.extract.text import mask, sentences

_GAP = re.compile(r"[ \u3000\]】]+")
_CHAIRED_BY = re.compile(
    r"(?:会议|大会|会)由(?P<post>[一-鿿、]{2,24})主持(?:召开)?(?:会议)?(?=[,。;\n]|并讲话|$)"
)
_LESSER = ("副", "原", "前", "代")  # before a post another one: 副|书记


def with_roles_of_title(
    people: Attendance, title: str, body: str, titles: Mapping[str, str], spoke: Set[str]
) -> Attendance:
    """The attendance with what only the ``title`` says: who chaired, and who spoke of those who came.

    Whoever chairs is named by the body, too, or the title begins with the name. Those who ``spoke`` by the
    body did so where it says.
    """
    masked = mask(_GAP.sub(",", title))
    for one in see_people(masked, sentences(masked)):
        roles = {act.role for act in one.series.acts}
        first = one.series.people[0]
        name, at = first.name, body.find(first.name)
        heads = first.first == one.sentence.start == 0 and not first.doubt
        if name in gazetteer().by_short and key_of(name) not in titles:
            continue  # 吴川召开市委常委会议
        if "host" in roles and not people.hosts and (at >= 0 or heads):
            post = titles.get(key_of(name), first.title)
            start, end = (at, at + len(name)) if at >= 0 else (None, None)
            host = Person(name, post, start, end, "title/bare", key_of(name), post)
            there = any(person.normalised == host.normalised for person in people.attendees)
            attendees = people.attendees if there else ordered((*people.attendees, host))
            absent = tuple(person for person in people.absent if person.normalised != host.normalised)
            people = replace(people, hosts=(host,), attendees=attendees, absent=absent)
        if "speaker" in roles:
            named = {key_of(mention.name) for mention in one.series.people}
            more = [p for p in people.attendees if p.normalised in named - spoke]
            said = (replace(person, rule="title/bare") for person in more)
            people = replace(people, speakers=ordered((*people.speakers, *said)))
    return people


def with_host_of_post(people: Attendance, masked: str) -> Attendance:
    """The attendance with the one who has the post that ``masked`` says chaired (会议由镇长主持).

    Nobody, where two of those who came have it, or none.

    >>> mayor = Person("柏远", "镇党委副书记、镇长", 0, 2, "attends/title_before")
    >>> came = Attendance((), (), (mayor, Person("裘敏", "副镇长", 3, 5, "attends/title_before")), ())
    >>> [person.name for person in with_host_of_post(came, "会议由镇长主持。").hosts]
    ['柏远']
    """
    said = _CHAIRED_BY.search(masked)
    if said is None or people.hosts:
        return people
    fits = [person for person in people.attendees if _has_post(person.title or "", said["post"])]
    hosts = tuple(replace(person, rule="hosts/post_alone") for person in fits)
    return replace(people, hosts=hosts) if len(hosts) == 1 else people


def _has_post(title: str, post: str) -> bool:
    """Whether a title is a post or has it among others, with or without whose it is."""
    parts = (title, *title.split("、"))
    return any(part.endswith(post) and not part[: -len(post)].endswith(_LESSER) for part in parts)
