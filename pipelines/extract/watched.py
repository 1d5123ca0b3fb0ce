"""Who watched several meetings, one after the other, from the same branch venue, and is named there once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from crawler.records import Meeting, Person
from pipelines.extract.meetings import Announced
from pipelines.extract.people import ordered, place_of
from pipelines.extract.text import Sentence

_WATCHES = re.compile("收听收看|收看收听|分会场")
_REMOTE = ("video", "teleconference")
_DEPTH = ("central", "province", "prefecture", "county")
"""Levels by how many names the path of their place has."""


def with_watchers(
    meetings: Sequence[Meeting],
    announced: Sequence[Announced],
    sentences: Sequence[Sentence],
    masked: str,
    home: str | None,
) -> list[Meeting]:
    """The meetings, each remote one with those who are named behind the last of a row as its watchers.

    ``announced`` has an item for each meeting; ``masked`` is the body that their places count in. The last of
    a row is held above ``home``, the path of the place that reports: who watches our own watches no other.

    >>> from pipelines.extract.meetings import find_meetings
    >>> from pipelines.extract.text import sentences
    >>> text = "全国防汛视频会议召开。随后,全省防汛视频会议召开。县长柏远在分会场收听收看。"
    >>> every = list(sentences(text))
    >>> told = find_meetings(text, every)
    >>> at = text.find("柏远")
    >>> him = Person("柏远", "县长", at, at + 2, "attends/title_before", "柏远", "县长")
    >>> held = [Meeting("全国防汛视频会议", format="video"), Meeting("全省防汛视频会议", format="video")]
    >>> held[1] = replace(held[1], attendees=(him,), level="province")
    >>> homes = ("湖南省/邵阳市/洞口县", "湖南省")
    >>> [len(with_watchers(held, told, every, text, home)[0].attendees) for home in homes]
    [1, 0]
    """
    found = list(meetings)
    if len(found) < 2 or not _WATCHES.search(masked):
        return found
    watching = [one for one in sentences if _WATCHES.search(masked, one.start, one.end)]
    for last in range(len(found) - 1, 0, -1):
        above = _DEPTH[: home.count("/") + 1 if home else 2]
        came = found[last].attendees if found[last].level in above else ()
        watchers = [person for person in came if _is_in(person, watching)]
        for at in range(last - 1, -1, -1) if found[last].format in _REMOTE and watchers else ():
            if found[at].format not in _REMOTE or announced[at].start == announced[last].start:
                break
            there = {person.normalised for person in found[at].attendees}
            more = (person for person in watchers if person.normalised not in there)
            found[at] = replace(found[at], attendees=ordered((*found[at].attendees, *more)))
    return found


def _is_in(person: Person, watching: Sequence[Sentence]) -> bool:
    """True for someone whom a sentence on a branch venue names, and says no more of than that he came."""
    came = person.rule.startswith("attends")
    return came and any(one.start <= place_of(person) < one.end for one in watching)
