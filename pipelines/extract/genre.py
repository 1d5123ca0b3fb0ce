"""Is a text the record of a meeting, and of which genre? A rule either way, with the words it saw."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from crawler.records import Genre
from pipelines.extract.meetings import Announced
from pipelines.extract.roles import Seen
from pipelines.extract.titles import is_vague
from pipelines.extract.words import table

_PARTS = {"lead": 160, "start": 400, "text": 4000}  # characters of the body that tell its genre
_DIALOGUE = re.compile(r"(?:说|道|问|答|笑|喊|骂|想|叹)[道着了]?[,::]{0,2}\s?[“\"]|[。!?…][”\"]\s*\n|[!?]”")
_OWN_LINE = re.compile(r"^“[^”\n]*”$", re.MULTILINE)
_DATED = re.compile(r"\d{1,2}月\d{1,2}日|\d{1,2}日|[今昨]天|[今昨]日|日前|近日")
_DAY_TOLD = re.compile(r"\d{1,2}月\d{1,2}日|(?:^|[,。\n讯电)）] ?)(?:\d{1,2}日|[今昨][天日]|日前|近日)")
_GESTURE = re.compile(
    r"清了清|清清嗓|轻咳|干咳|点了?点头|摇了?摇头|站起身|皱起?眉|眉头|笑着|冷笑|笑眯眯|嘴角|心想|心里(?!去|话|踏实|装着|有底|有数|有本|绷)|暗想|暗道|寻思|脸色"
    r"|摆了?摆手|白了.{1,6}一眼|瞥了.{1,6}一眼|瞪了.{1,6}一眼|愣了|冷冷|淡淡地|哈哈|嘿嘿|呵呵|不由得|叹了?口气|掌声雷动|雷鸣般|顿时哗然|这是怎么回事|也是一惊|大吃一惊|心中暗"
)
_MIND = "心里"  # once alone it is in reports as well: 心里要有一本账
_VISIT_TITLE = re.compile(r"调研|慰问|走访|看望|检查|督导|督查|考察|视察|巡查|暗访|会见|参观|拜访|植树")
_VISIT = re.compile(
    r"开展(?:了)?[^,。\n]{0,24}(?:检查|督导|巡查)|(?:[到赴]|深入|前往|莅临)[^,。\n]{1,40}(?:调研|慰问|走访|看望|检查|督导|督查|考察|视察|参观)|先后(?:来到|深入|到|前往)|实地(?:察看|查看|调研|检查)|(?:调研|慰问|走访|看望|视察)(?:慰问)?(?:了)?(?:[^,。\n]{0,24}(?:工作|情况|企业|群众|民警|职工|干部|委员))"
)
_MEETING_SAID = re.compile(
    r"(?:会议|大会|全会)(?:还|也)?(?:一致|组织)?(?:强调|指出|要求|认为|传达|听取|审议|通报|研究|学习|通过|决定|同意|由|以)|第[\d一二三四五六七八九十]{1,4}次主管(?:月报|周报|会报)|主持(?:了)?(?:学习|大会|[^,。\n]{0,8}会(?![见谈商]))|(?:出席|参加|列席)(?:了)?(?:会议|大会|座谈会)"
)
_TURNOUT = re.compile(r"\d+(?:余|多)?人?(?:余|多)?(?:参加|出席)(?:了)?(?:会议|大会)")
_ADDRESSED = re.compile(r"^(?:同志们|各位|尊敬的|大家好)|我(?:代表|宣布|讲|谈|提)|让我们", re.MULTILINE)
_MANY = 5  # people with a post that no tale names
_HAS_CHAIR = re.compile(
    r"(?:^|[。,\n])(?:督[查导察])?(?:汇报|反馈|座谈|协调|推进|调度)会议?由[^,。]{2,20}主持"
)
_SEVERAL = 3  # people who report at a meeting that is no visit's end
_FORMAL = 10  # characters of the name of a meeting that is more than a visit's end
_ASKS = re.compile(r"怎么|怎样|如何|[吗?]$")
_ACTIVITY = re.compile(r"(?:活动|仪式|比赛|晚会)$")
_CEREMONY = re.compile(r"典礼|仪式|发布会|颁奖|活动|比赛|晚会|婚礼")
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
            re.compile(rule["pattern"], re.MULTILINE if rule["where"] in ("start", "text", "margin") else 0),
            re.compile(rule["unless"]) if "unless" in rule else None,
            rule["genre"],
            rule["meeting"],
        )
        for rule in table("genres")["rule"]
    )


def judge(
    title: str | None,
    body: str,
    announced: Sequence[Announced],
    seen: Callable[[], Sequence[Seen]],
    margin: str = "",
) -> Verdict:
    """Decide what the text is from what the grammar found in it and from the ``margin`` around it.

    ``seen`` gives the people of the text; it is asked only when they matter.

    >>> judge("关于召开县政协会议的通知", "定于3月召开会议。", [], list).genre
    'notice'
    """
    title = (title or "").strip()
    dated = bool(announced) and _DAY_TOLD.search(body[:150]) is not None
    for rule in _rules():
        if dated and rule.where == "dialogue" and len(_OWN_LINE.findall(body)) < 2:
            continue  # a dated lead with a meeting in it: talk in quotes is the voice of those who came
        if rule.name == "coming_meeting" and announced and _was_held(rule, body, announced[0], seen()):
            continue  # a meeting that was held decided on the next one, or prepared it
        chaired_then = rule.name == "decided_meeting" and announced and _is_chaired(seen())
        if chaired_then and _was_held(rule, body, announced[0], seen()):
            continue  # the heads of an assembly met and set the day of its next session
        if rule.name == "bulletin_heading" and title.endswith("简报") and announced and _is_chaired(seen()):
            continue  # a brief on a meeting
        if rule.name == "standing_rules" and dated and _is_chaired(seen()):
            continue  # what a meeting wants to be done each year
        if rule.name == "notice_of_meeting" and dated and _is_chaired(seen()):
            continue  # what the meeting that was held decided is in its title
        if rule.name == "speech_heading" and dated and _is_told(body, seen()):
            continue  # a reprint put words of a search into the title of a report
        if rule.name == "guide_heading" and dated and _ASKS.search(title) and _is_chaired(seen()):
            continue  # the headline asks what the meeting answered
        if rule.name == "visit_heading" and announced and _is_worked_at(body, announced[0], seen()):
            continue  # the visit ends in a meeting that most of the text is about
        if rule.name == "placeholder" and len(_officials(seen())) >= 2:
            continue  # a shared speech whose place was taken out names people all the same
        words = _holds(rule, title, body, margin)
        if words is not None and rule.where == "dialogue" and _is_public(body, seen()):
            continue  # a report that begins with what somebody asked there
        if words is not None:
            return Verdict(rule.meeting, rule.genre, rule.name, words)
    return _by_grammar(title, body, announced, seen)


def _officials(seen: Sequence[Seen]) -> set[str]:
    """Who is named with a post."""
    return {m.name for one in seen for m in one.series.people if m.title and not is_vague(m.title)}


def _is_chaired(seen: Sequence[Seen]) -> bool:
    """True if someone chairs."""
    return any(act.role == "host" for one in seen for act in one.series.acts)


def _is_public(body: str, seen: Sequence[Seen]) -> bool:
    """True for a dated lead where someone chairs and many are named with a post."""
    return _DAY_TOLD.search(body[:150]) is not None and _is_chaired(seen) and len(_officials(seen)) >= _MANY


def _is_told(body: str, seen: Sequence[Seen]) -> bool:
    """True if people with a post attend and nobody is addressed."""
    return _attended(seen) and _ADDRESSED.search(body) is None


def _was_held(rule: _Rule, body: str, first: Announced, seen: Sequence[Seen]) -> bool:
    """True if a meeting was convened before what a rule of the lead finds, or with who spoke there."""
    found = rule.pattern.search(body[: _PARTS["lead"]])
    if found is None or first.name.rule in ("joined", "spoken_at"):
        return False
    return first.name.start < found.start() or (first.name.start > found.end() and _has_speaker(seen))


def _is_worked_at(body: str, first: Announced, seen: Sequence[Seen]) -> bool:
    """True for a meeting with a full name, or a chair of its own, called at the top, at which several people
    with a post report."""
    name = body[first.name.start : first.name.end]
    full = len(name) >= _FORMAL and name.endswith("会议")
    if first.sentence.paragraph > 1 or not (full or _HAS_CHAIR.search(body)):
        return False
    reporting = {
        m.name
        for one in seen
        if one.sentence.start > first.sentence.start
        and any(act.role == "speaker" and act.rule == "reports" for act in one.series.acts)
        for m in one.series.people
        if m.title and not is_vague(m.title)
    }
    return len(reporting) >= _SEVERAL


def _has_speaker(seen: Sequence[Seen]) -> bool:
    """True if someone speaks who is named with a post, there or elsewhere."""
    speak = {
        m.name
        for one in seen
        if any(act.role == "speaker" for act in one.series.acts)
        for m in one.series.people
    }
    return not speak.isdisjoint(_officials(seen))


def _holds(rule: _Rule, title: str, body: str, margin: str) -> str | None:
    """The words that make a rule hold, or None."""
    if rule.where == "dialogue":
        return _talk(body[:4000])
    text = {"title": title, "margin": margin}.get(rule.where)
    found = rule.pattern.search(body[: _PARTS[rule.where]] if text is None else text)
    if found is None or (rule.unless is not None and rule.unless.search(title)):
        return None
    return found.group()[:40]


def _talk(text: str) -> str | None:
    """A tale gives itself away: talk in quotes, a gesture beside a quote, or a row of exclamations."""
    lines = list(_DIALOGUE.finditer(text))
    if len(lines) >= max(2, len(text) // 400):
        return "dialogue " + lines[0].group().strip()
    gestures = [found.group() for found in _GESTURE.finditer(text)] if "“" in text else []
    if len(gestures) > 1 or any(gesture != _MIND for gesture in gestures):
        return "gesture " + gestures[0]
    shouts = text.count("!")
    return f"{shouts} exclamations" if shouts >= 4 and shouts * 2 > text.count("。") else None


def _by_grammar(
    title: str, body: str, announced: Sequence[Announced], people: Callable[[], Sequence[Seen]]
) -> Verdict:
    """A convening verb with a meeting, or people who chair one; a visit that ends in one stays a visit."""
    said = _MEETING_SAID.search(body)
    titled = _TITLED.search(title)
    visit = _VISIT_TITLE.search(title) if titled is None else None
    visit = visit or _VISIT.search(body[:200])
    first = announced[0] if announced else None
    if not (first or said or titled or _is_dated(body)):
        return _none(title, visit)  # whoever is named there
    seen = people()
    hosts = [act for one in seen for act in one.series.acts if act.role == "host"]
    formal = bool(hosts) and first is not None and first.name.end - first.name.start >= _FORMAL
    late = first is not None and visit is not None and first.sentence.start > visit.end()
    worked = first is not None and late and _is_worked_at(body, first, seen)
    if (
        visit is not None
        and titled is None
        and late
        and not worked
        and (not formal or _VISIT_TITLE.search(title))
    ):
        return Verdict(False, "other", "visit", visit.group())
    name = body[first.name.start : first.name.end] if first else ""
    if first is not None and (first.sentence.paragraph < 6 or name in title):
        if first.name.rule not in ("joined", "spoken_at"):
            return Verdict(True, "report", "convened", name)
        if said or hosts or titled or _speaks_there(body, first, seen):
            return Verdict(True, "report", first.name.rule, name)
    if visit is None and said and _DATED.search(body[:150]) and _TURNOUT.search(body[:600]):
        return Verdict(True, "report", "turnout", said.group())
    activity = first is None and said is None and _ACTIVITY.search(title)
    if hosts and not activity and (said or titled or _gathered(body, seen)):
        return Verdict(True, "report", "chaired", hosts[0].verb)
    if said and titled:
        return Verdict(True, "report", "meeting_titled", title[:40])
    if visit is None and said and said.start() < 4 and (_attended(seen, 2) or _heard(seen)):
        return Verdict(True, "report", "attended", said.group())  # the top of the page is cut off
    if visit is None and said and _gathered(body, seen):
        return Verdict(True, "report", "attended", said.group())
    return _none(title, visit)


def _none(title: str, visit: re.Match[str] | None) -> Verdict:
    """No record of a meeting: a visit, or something else."""
    if visit is not None:
        return Verdict(False, "other", "visit", visit.group())
    return Verdict(False, "other", "no_meeting", title[:40])


def _is_dated(body: str) -> bool:
    """True for a dated lead that is no ceremony's."""
    return _DATED.search(body[:150]) is not None and _CEREMONY.search(body[:200]) is None


def _attended(seen: Sequence[Seen], least: int = 1) -> bool:
    """True if ``least`` people with a post attend together."""
    return any(
        act.role == "attendee" and sum(m.title is not None for m in one.series.people) >= least
        for one in seen
        for act in one.series.acts
    )


def _heard(seen: Sequence[Seen]) -> bool:
    """True if two people with a post report to the meeting (会议听取乡长…所作的报告)."""
    acts = [act for one in seen for act in one.series.acts if any(m.title for m in one.series.people)]
    return sum(act.rule == "heard" for act in acts) >= 2


def _gathered(body: str, seen: Sequence[Seen]) -> bool:
    """True if a dated lead that is no ceremony's has people with a post attend."""
    return _is_dated(body) and _attended(seen)


def _speaks_there(body: str, first: Announced, seen: Sequence[Seen]) -> bool:
    """True if a sentence that names the meeting has someone with a post speak there (县长在会议上强调)."""
    name = body[first.name.start : first.name.end]
    return any(
        act.role == "speaker" and any(m.title and not is_vague(m.title) for m in one.series.people)
        for one in seen
        if name in body[one.sentence.start : one.sentence.end]
        for act in one.series.acts
    )
