"""Is a text the record of a meeting, and of which genre? A rule either way, with the words it saw."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from crawler.records import Genre
from pipelines.extract.meetings import Announced
from pipelines.extract.people import Seen
from pipelines.extract.words import table

_START = 160  # characters of the body that tell its genre
_DIALOGUE = re.compile(r"(?:说|道|问|答|笑|喊|骂|想|叹)[道着了]?[,::]{0,2}\s?[“\"]|[。!?…][”\"]\s*\n|[!?]”")
_VISIT = re.compile(
    r"(?:调研|慰问|走访|看望|检查|督导|督查|考察|视察|巡查|暗访|会见|参观|拜访|察看|查看|植树)"
)
_MEETING_SAID = re.compile(
    r"(?:会议|大会|全会)(?:强调|指出|要求|认为|传达|听取|审议|通报|研究|学习|通过|决定|由|以)|主持会议|(?:出席|参加|列席)(?:了)?(?:会议|大会|座谈会)"
)
_TITLED = re.compile(
    r"会(?:议)?(?:精神)?(?:在.{1,12})?(?:召开|举行|开幕|闭幕|)$|召开|举行|会议|大会|座谈会|推进会|调度会|常务会|例会"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Meeting or not, its genre, and why: the rule's name and the words it rests on."""

    is_meeting: bool
    genre: Genre
    rule: str
    words: str


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    where: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    genre: Genre
    meeting: bool


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            rule["name"],
            rule["where"],
            re.compile(rule["pattern"], re.MULTILINE if rule["where"] == "start" else 0),
            re.compile(rule["unless"]) if "unless" in rule else None,
            rule["genre"],
            rule["meeting"],
        )
        for rule in table("genres")["rule"]
    )


def judge(title: str | None, body: str, announced: Sequence[Announced], seen: Sequence[Seen]) -> Verdict:
    """Decide what the text is. ``announced`` and ``seen`` are what the grammar found in it.

    >>> judge("关于召开县政协会议的通知", "定于3月召开会议。", [], []).genre
    'notice'
    """
    title, start = (title or "").strip(), body[:_START]
    for rule in _rules():
        words = _holds(rule, title, start, body)
        if words is not None:
            return Verdict(rule.meeting, rule.genre, rule.name, words)
    return _by_grammar(title, body, announced, seen)


def _holds(rule: _Rule, title: str, start: str, body: str) -> str | None:
    """The words that make a rule hold, or None."""
    if rule.where == "dialogue":
        lines = _DIALOGUE.findall(body[:4000])
        return lines[0] if len(lines) >= max(2, min(len(body), 4000) // 400) or _told(body) else None
    found = rule.pattern.search(title if rule.where == "title" else start)
    if found is None or (rule.unless is not None and rule.unless.search(title)):
        return None
    return found.group()[:40]


def _told(body: str) -> bool:
    """A tale: someone is said to have spoken in quotes, with a gesture."""
    return (
        re.search(r"(?:清了清|点了点头|站起身|皱起?眉|笑着|冷笑|心想|心里|脸色)", body[:2000]) is not None
        and "“" in body
    )


def _by_grammar(title: str, body: str, announced: Sequence[Announced], seen: Sequence[Seen]) -> Verdict:
    """A convening verb with a meeting, or people who chair one; visits only when nothing was convened."""
    convened = [m for m in announced if m.name.rule not in ("listened", "spoken_at")]
    hosts = [act for one in seen for act in one.series.acts if act.role == "host"]
    said = _MEETING_SAID.search(body)
    visit = _VISIT.search(title) or _VISIT.search(body[:80])
    if convened and convened[0].sentence.paragraph < 6:
        name = body[convened[0].name.start : convened[0].name.end]
        if not visit or said or hosts or _TITLED.search(title):
            return Verdict(True, "report", "convened", name)
    if announced and said:
        return Verdict(True, "report", "meeting_said", said.group())
    if hosts and (said or _TITLED.search(title)) and not visit:
        return Verdict(True, "report", "chaired", hosts[0].verb)
    if said and _TITLED.search(title):
        return Verdict(True, "report", "meeting_titled", title[:40])
    if visit:
        return Verdict(False, "other", "visit", visit.group())
    return Verdict(False, "other", "no_meeting", title[:40])
