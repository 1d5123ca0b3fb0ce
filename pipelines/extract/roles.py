"""What the people of a sentence do there: absent, host, speaker, attendee, cited, or merely mentioned.

People whose names stand side by side form one series; the words behind the series are its predicate.
Roles are read in the order absent > host > speaker > attendee.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from pipelines.extract.mentions import Mention
from pipelines.extract.titles import is_shared
from pipelines.extract.words import alternation, firsts, pattern, words

Role = Literal["absent", "host", "speaker", "attendee", "cited"]


@dataclass(frozen=True, slots=True)
class Act:
    """One role of a series and the rule that saw it; ``verb`` stands at ``at`` of the sentence."""

    role: Role
    rule: str
    verb: str
    at: int


@dataclass(frozen=True, slots=True)
class Series:
    """People of one predicate: their mentions and their acts (empty: they are only mentioned).

    Whoever is ``cited`` spoke elsewhere; his words are passed on here (传达县委书记…的讲话).
    """

    people: tuple[Mention, ...]
    acts: tuple[Act, ...]


_KINDS: Mapping[str, tuple[Role, str]] = {
    "absent": ("absent", "absent"),
    "host": ("host", "hosts"),
    "attend": ("attendee", "attends"),
    "report": ("speaker", "reports"),
    "instruct": ("speaker", "instructs"),
    "brief": ("speaker", "instructs"),
}
"""The kinds of verbs, each with its role and the rule that saw it."""
_SEPARATORS = re.compile(r"(?:[、,和及与\s\ue000()]|以及|同志)+")
_OTHERS = re.compile(
    r"^(?:、[^,。;、]{1,10}){0,8}等(?:\d+[个家名位])?"
    r"(?:部门|单位|乡镇|街道|企业|[省市县区镇乡村地州](?!领导|委|级|[两四几]|党政|人大|政协|政府|主要|分管|老|[处厅科])|国家|地区|高校|领域|行业|方面|工作|村|社区|问题)"
)
_LISTED = re.compile(r"(?:出席|参加|列席|到会|参会|与会|就座|就坐)[^,。]{0,20}(?:有|是|为|包括)$")
_COLON = re.compile(r"(?:出席|参加|列席|到会|参会|与会|就座|就坐)[^。;:]{0,30}(?:有|是|为|包括):[ ]?$")
_UNREAD_ITEMS = r"^(?:(?:[、和及与]|以及)[㐀-鿿·]{2,12}?){1,2}(?:同志)?"  # names of a shape that nobody knows
_CLAUSE_REACH = 160  # characters looked back over for what is done to the people of a list
_COLON_REACH = 40  # characters: more than its longest match
_OBJECT = re.compile(r"责成|陪同|任命|表彰|慰问|看望|选举|表决|会见|跟随|审议|推选|决定|聘任|任免|来自")
_HEARD = re.compile(
    r"(?:同志)?(?:所)?(?:作|做|关于|代表|对|就|汇报|介绍|(?:先后|分别)?发言(?=后|,|$)|[^,。]{0,20}的[^,。]{0,30}(?:汇报|报告|发言|介绍|说明))"
)
_MATTER = re.compile(r"就|对|围绕|针对|结合|以(?!及)|为|向|根据|按照|通过|把|将|紧扣|聚焦")
_MADE = re.compile(r"(?:同志)?(?:代表[^,。]{2,24}?)?所?[作做]的")
_CITED = re.compile(r"在[^,。、]{1,40}会议?上的(?:重要)?(?:讲话|发言|报告)")
_HIS_WORDS = re.compile(
    r"(?:(?!传达|学习|宣讲|领学|[,。]).){0,80}?(?:的(?:重要)?(?:讲话|指示|批示|文章)[^,。、]{0,12}|(?:讲话|指示|批示))精神"
)
_PASSED_ON = re.compile(r"传达|学习|贯彻|落实|按照|根据")
_CONVENES = ("召开", "组织召开")
_NO_SUBJECTS = ("会议", "大会", "到会", "出席")
_JOINS = frozenset(["", "和", "及", "与", "以及", "同"])
_NEW_SUBJECT = re.compile(r"[,](?:会议|大会|全会|与会|通知|方案|此次|本次|这次|活动|培训)")
_QUOTES = re.compile(r"[,::]|了|要|道")
_CORE = re.compile(r"强调$|指出$|要求$|说$|表示$|认为$|希望$|提出$|号召$")
_OTHER_MEETING = re.compile(r"会|向|对|祝贺")
_WHEN = r"(?:(?:\d{1,2}月)?\d{1,2}日|[今昨当]天)?(?:[上下]午|晚上?|中午|凌晨)?"
_AGENDA_STRONG = re.compile(r"讲话|强调|指出|要求|发言|致辞|致词|作[^,]{0,12}报告|总结讲话|表示|裁示|寄语")


_SHAPES: Mapping[str, str] = {
    "brief": "(?<![演宣主]){}(?=[,:了,：“]|$)",
    "report": "{}(?!中[要强指说提]|会(?!议))",  # 在报告中强调, 在反馈会上
}
"""What must stand around the verbs of a kind."""


@cache
def _verb() -> str:
    """The alternation of all role verbs, each kind a named group, longest words first."""
    parts = []
    for kind in _KINDS:
        every = words("verbs", kind)
        shape = firsts(every) + f"(?:{alternation(every, _as_pattern)})"
        parts.append(f"(?P<{kind}>" + _SHAPES.get(kind, "{}").format(shape) + ")")
    inside = "(?!(?<=[工动操合协写创运制])作)"  # the end of 工作, 动作, 合作 is no verb
    return inside + firsts(*(words("verbs", kind) for kind in _KINDS)) + f"(?:{'|'.join(parts)})"


def _as_pattern(word: str) -> str:
    """A word of the lists as a pattern: ``_`` is a gap."""
    return re.escape(word).replace("_", "[^,。;!?、]{0,30}?")


def _any_of(group: str) -> str:
    """A word of a group of verbs.toml, or nothing more is tried where none can begin."""
    return firsts(words("verbs", group)) + f"(?:{alternation(words('verbs', group), re.escape)})"


@cache
def _predicate() -> re.Pattern[str]:
    adverbs, openers, matters = map(_any_of, ("adverbs", "openers", "matters"))
    return re.compile(
        rf"(?P<link>^|[,、 )]|一行(?:人)?|并|后|和|中|会议|大会|到会|出席)(?:同志)?"
        rf"(?:{_WHEN})?(?:{adverbs}){{0,4}}"
        rf"(?:(?:{openers})[^,。;]{{0,60}}?|(?:等[^,。;、]{{0,8}}?)?(?:{matters})[^。;]{{0,160}}?等[^,。;、]{{0,8}})?(?:{adverbs}){{0,2}}(?:{_verb()})"
    )


@cache
def _group_predicate() -> re.Pattern[str]:
    adverbs, groups = _any_of("adverbs"), _any_of("groups")
    unread = f"(?:{pattern('posts', 'heads').pattern})[㐀-鿿]{{2,3}}?"  # a post with a name of a rare shape
    unread = firsts(words("posts", "heads")) + unread
    return re.compile(
        rf"(?:{groups}|{unread}|{_UNREAD_ITEMS})(?:共?计?\d+余?多?[人名位])?(?:{adverbs}){{0,3}}(?:在[^,。]{{1,30}}?)?(?:{_verb()})"
    )


def series_of(text: str, mentions: Sequence[Mention]) -> list[Series]:
    """Group the people of a masked sentence and read what they do.

    >>> from pipelines.extract.mentions import find_mentions
    >>> text = "县长裘敏主持,鲍振川、戚岚到会"
    >>> [([m.name for m in s.people], [a.role for a in s.acts]) for s in series_of(text, find_mentions(text))]
    [(['裘敏'], ['host']), (['鲍振川', '戚岚'], ['attendee'])]
    """
    runs: list[list[Mention]] = []
    for mention in mentions:
        gap = text[runs[-1][-1].last : mention.first] if runs else ""
        if runs and _joins(text, mention) and is_neutral(gap):
            runs[-1].append(_carry(runs[-1][-1], mention, gap))
        elif mention.rule != "bare" or (_may_open(mention.lead) and not _is_object(text, mention)):
            runs.append([mention])
    ends = [*(run[0].first for run in runs[1:]), len(text)]
    return [Series(tuple(run), _acts(text, run, end)) for run, end in zip(runs, ends, strict=False)]


def _joins(text: str, mention: Mention) -> bool:
    """True if nothing leads up to the mention, or only half a title that a 、 splits (省法、检两长)."""
    if mention.lead in _JOINS:
        return True
    start = mention.start - len(mention.lead)
    if mention.rule == "title_behind" and text.startswith(mention.lead, start):
        return text[start - 1 : start] == "、" and _is_listed(mention.lead)  # 柏远院长、教务处裘敏处长
    split = text[mention.first - 1 : mention.first] == "、" and len(mention.lead) <= 4
    return split and _is_listed(mention.lead)


def is_neutral(gap: str) -> bool:
    """True if the text between two people holds no predicate: marks, 和, unnamed groups.

    >>> is_neutral("、"), is_neutral(",各乡镇负责人,"), is_neutral("主持,")
    (True, True, False)
    """
    if len(gap) > 80:
        return False
    return all(_is_listed(item) for item in _SEPARATORS.split(gap) if item)


def _is_listed(item: str) -> bool:
    """An item of a list that is no known name: a group without names, or a short word that is no verb."""
    if item.endswith(words("verbs", "groups")):
        return True
    return 1 < len(item) <= 10 and not _MATTER.match(item) and _any_verb().search(item) is None


@cache
def _any_verb() -> re.Pattern[str]:
    return re.compile(_verb())


def _carry(before: Mention, mention: Mention, gap: str) -> Mention:
    if mention.title is None and gap == "、" and is_shared(before.title):
        return replace(mention, title=before.title, rule="title_carried")
    return mention


def _may_open(lead: str) -> bool:
    """A bare name opens a series at the start of a clause or behind a word that brings a subject."""
    return not lead or lead.endswith(
        ("由", "受", "上", "后", "其中", "随即", "晚", "午", "日", "讯", "有", "是", "”", "听取")
    )


def _is_object(text: str, mention: Mention) -> bool:
    """True for a name in a list that something is done to: 表彰了柏远、苏镕."""
    if text[mention.first - 1 : mention.first] != "、":
        return False
    head = re.split("[,:]", text[max(0, mention.first - _CLAUSE_REACH) : mention.first])[-1]
    return "了" in head or _OBJECT.search(head) is not None


def _acts(text: str, run: Sequence[Mention], end: int) -> tuple[Act, ...]:
    start = run[-1].last
    behind, lead = text[start:end], run[0].lead
    if _OTHERS.match(behind) and not any(m.title for m in run):
        return ()
    if "受" in lead:
        return (
            (Act("absent", "delegated", "委托", start),)
            if re.match(r"[^,]{0,6}(?:委托|托付|指派|委派|之托)", behind)
            else ()
        )
    first = run[0].first
    if _LISTED.search(lead) or _COLON.search(text, max(0, first - _COLON_REACH), first):
        return (Act("attendee", "listed", "出席", start),)
    if "听取" in lead or (_MADE.match(behind) and "听取" in text[: run[0].first]):
        heard = _HEARD.match(behind)
        verb = "发言" if heard and heard[0].endswith("发言") else "汇报"
        return (Act("speaker", "heard", verb, start),) if heard else ()
    if _CITED.match(behind) or _HIS_WORDS.match(behind) or _PASSED_ON.search(lead):
        return (Act("cited", "passed_on", "传达", start),)
    if _OBJECT.search(lead) or behind.startswith(("的", "同志的")):
        return ()
    cut = _NEW_SUBJECT.search(behind)
    return _read(behind[: cut.start()] if cut else behind, start)


def _read(behind: str, offset: int) -> tuple[Act, ...]:
    """The acts in the words behind a series, up to the next subject."""
    acts: list[Act] = []
    for match in _predicate().finditer(behind):
        act = _act_of(match, behind, offset)
        if act is not None and not _is_agenda(acts, act, match):
            acts.append(act)
        if act is not None and _QUOTES.match(behind, match.end()) and _CORE.search(act.verb):
            break  # what follows was said, it is not done
    if acts:
        return tuple(acts)
    grouped = _group_predicate().search(behind[:200])
    act = _act_of(grouped, behind, offset) if grouped else None
    return (act,) if act is not None else ()


def _act_of(match: re.Match[str], behind: str, offset: int) -> Act | None:
    kind = str(match.lastgroup)
    role, rule = _KINDS[kind]
    verb, rest = match[kind], behind[match.end() : match.end() + 14]
    if kind == "host" and rest.lstrip("了着").startswith(words("verbs", "duty")):
        return None
    if role != "speaker" and "link" in match.re.groupindex and match["link"] in _NO_SUBJECTS:
        return None
    if verb in _CONVENES:
        if rest.startswith("的") or _OTHER_MEETING.search(behind, match.start(), match.start(kind)):
            return None
        rule = "convenes"
    if kind == "attend":
        clause = rest.split(",")[0][:8]
        if any(word in clause for word in words("verbs", "elsewhere")):
            return None
    return Act(role, rule, verb, offset + match.start(kind))


def _is_agenda(acts: Sequence[Act], act: Act, match: re.Match[str]) -> bool:
    """What stands behind 主持召开…会议 is the agenda, unless 并 or a word of speech says more."""
    if act.role != "speaker" or not any(a.role == "host" for a in acts):
        return False
    return "并" not in match.group()[:6] and not _AGENDA_STRONG.search(act.verb)
