"""Predicates: the verbs behind people and what they make of them.

The words are data (``verbs.toml``); here is how adverbs, prepositions and verbs follow each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipelines.extract.text import HIDDEN
from pipelines.extract.words import alternation, firsts, pattern, words

Role = Literal["absent", "host", "speaker", "attendee", "cited"]


@dataclass(frozen=True, slots=True)
class Act:
    """One role of a series and the rule that saw it; ``verb`` stands at ``at`` of the sentence."""

    role: Role
    rule: str
    verb: str
    at: int


_KINDS: Mapping[str, tuple[Role, str]] = {
    "absent": ("absent", "absent"),
    "host": ("host", "hosts"),
    "attend": ("attendee", "attends"),
    "report": ("speaker", "reports"),
    "instruct": ("speaker", "instructs"),
    "brief": ("speaker", "instructs"),
}
"""The kinds of verbs, each with its role and the rule that saw it."""
_UNREAD_ITEMS = r"^(?:(?:[、和及与]|以及)[㐀-鿿·]{2,12}?){1,2}(?:同志)?"  # names of a shape that nobody knows
_CONVENES = ("召开", "组织召开")
_NO_SUBJECTS = ("会议", "大会", "到会", "出席")
_AT_IT = frozenset(["到会", "旁听", "列席", "与会", "参会"])  # verbs that mean this meeting
_THIS = frozenset(["活动", "了活动", "本次活动", "此次活动", "了本次活动", "了此次活动"])
"""What the meeting itself is called by those who tell of it: 参加了活动."""
_MEETS = re.compile("(?:座谈|汇报|调度|推进|反馈|动员|部署)会$")
"""What is no visit, though one gave it its name: 参加了调研座谈会."""
_GOING_ON = frozenset(["并", "后", "和", "中", "会议"])
_QUOTES = re.compile(r"[,::]|了|要|道")
_DEMAND = re.compile(r"(?:落实|贯彻|按照|根据|遵照|传达|学习)[^,。;]*$")
"""What others demand, named with their meeting: 落实全省会议要求."""
_COUNTED = re.compile(r"\d+余?多?[位名]")  # a subject of people without names
_LISTENS = re.compile(r"听取[^,。;并后]*$")  # 裘敏认真听取各镇的述职报告
_CORE = re.compile(r"强调$|指出$|要求$|说$|表示$|认为$|希望$|提出$|号召$")
_OTHER_MEETING = re.compile(r"会(?!议室)|向|对|祝贺")
_WHEN = r"(?:(?:\d{1,2}月)?\d{1,2}日|[今昨当]天)?(?:[上下]午|晚上?|中午|凌晨)?"
_UNIT = f"《{HIDDEN}+》|《(?!{HIDDEN})|[^,。;《]"  # a character of a phrase, or a title, however long
_AGENDA_STRONG = re.compile(r"阐述|讲话|强调|指出|要求|发言|致[辞词]|作[^,]{0,12}报告|表示|裁示|寄语")


_SHAPES: Mapping[str, str] = {
    "brief": "(?<![演宣主座访会面交商洽恳漫约]){}(?=[,:了,：“]|$)",
    # 在报告中强调, 在反馈会上, 通报表彰, 建议书, 反映出
    "report": "(?<!听取)(?<!听取了)(?<!以上){}"
    "(?!中[要强指说提]|会(?![议商])|(?<=通报)(?:表[彰扬]|批评)|(?<=建议)[书稿案名]|(?<=反映)出|(?<=述职)(?:人员|对象)|交换)",
    "attend": "{}(?!(?<=[与参]会)(?:者|人员|代表|同志|领导|干部|专家|各))",  # 向与会者汇报
    "instruct": "{}(?!的(?!是)|精神|交换)",  # 提出的问题, 讲话精神
    # 主持会议的是 who comes then
    "host": "(?<!的)(?<!的[胜顺]利)(?<!的隆重)(?<!的成功){}"
    "(?!(?:会议|大会|[^,。、]{{0,8}}会)?的(?:还?有|是|为)|人(?:是|为))",
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
    # the end of 工作, 动作, 合作 is no verb; 反映的问题 and 提出的意见 are spoken of
    inside = "(?!(?<=[工动操合协写创运制])作|(?:提出|反映|建议)的(?!是))"
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
    adverbs += "|[一-鿿]{2,4}地(?=[说讲谈表指强])"  # 动情地说
    return re.compile(
        r"(?P<link>^|[,、 )]|一行(?:人)?|并|后|和|中|会议|大会|到会|出席)"
        r"(?:同志|先生|女士|(?<!,)\d+[位名][一-鿿]{2,8}?)?"
        rf"(?:{_WHEN})?(?:{adverbs}){{0,4}}"
        rf"(?:(?:{openers})(?:{_UNIT}){{0,60}}?|(?:等[^,。;、]{{0,8}}?)?(?:{matters})[^。;]{{0,160}}?等[^,。;、]{{0,8}})?(?:{adverbs}){{0,2}}(?:{_verb()})"
    )


@cache
def _group_predicate() -> re.Pattern[str]:
    adverbs, groups = _any_of("adverbs"), _any_of("groups")
    unread = f"(?:{pattern('posts', 'heads').pattern})[㐀-鿿]{{2,3}}?"  # a post with a name of a rare shape
    unread = firsts(words("posts", "heads")) + unread
    return re.compile(
        rf"(?:{groups}|[一-鿿]{{2}}“{HIDDEN}{{2,6}}”|{unread}|{_UNREAD_ITEMS})(?:共?计?\d+余?多?[人名位])?(?:{adverbs}){{0,3}}(?:在[^,。]{{1,30}}?)?(?:{_verb()})"
    )


@cache
def any_verb() -> re.Pattern[str]:
    """Any verb of a role."""
    return re.compile(_verb())


def read_acts(behind: str, offset: int) -> tuple[Act, ...]:
    """The acts in the words behind a series, up to the next subject."""
    acts: list[Act] = []
    done = None  # where the first predicate ends
    for match in _predicate().finditer(behind):
        done = match.end() if done is None else done
        goes_on = match["link"] in _GOING_ON or match.group().startswith(",并")
        if goes_on and _is_of_others(behind, match):
            break
        act = _act_of(match, behind, offset)
        if act is not None and not _is_agenda(acts, act, match):
            acts.append(act)
        if act is not None and _QUOTES.match(behind, match.end()) and _CORE.search(act.verb):
            break  # what follows was said, it is not done
    if acts:
        return tuple(acts)
    grouped = _group_predicate().search(behind[:200])
    if grouped is None or (done is not None and "," in behind[done : grouped.start()]):
        return ()  # 裘敏参加了座谈会,各镇负责人作了汇报
    act = _act_of(grouped, behind, offset)
    return (act,) if act is not None else ()


def _is_of_others(behind: str, match: re.Match[str]) -> bool:
    """True if the clause of an act has another subject: 裘敏主持,各镇负责人参加并汇报工作.

    So has 裘敏主持,24名书记在会议上述职, and 裘敏参加,各镇负责人汇报了工作,并提出了建议.
    """
    begin = behind.rfind(",", 0, match.start()) + 1
    if begin == 0:
        return False
    grouped = _group_predicate().search(behind, begin, match.start())
    return grouped is not None or _COUNTED.match(behind, begin) is not None


def _act_of(match: re.Match[str], behind: str, offset: int) -> Act | None:
    kind = str(match.lastgroup)
    role, rule = _KINDS[kind]
    verb, rest = match[kind], behind[match.end() : match.end() + 14]
    if kind == "host" and verb == "主持" and rest.lstrip("了着").startswith(words("verbs", "duty")):
        return None
    demanded = verb == "要求" and _DEMAND.search(behind, 0, match.start())
    if kind == "report" and "听取" in behind and _LISTENS.search(behind, 0, match.start(kind)):
        return None
    if (role != "speaker" or demanded) and "link" in match.re.groupindex and match["link"] in _NO_SUBJECTS:
        return None
    if verb in _CONVENES:
        if rest.startswith("的") or _OTHER_MEETING.search(behind, match.start(), match.start(kind)):
            return None
        rule = "convenes"
    if kind == "attend":
        clause = rest.split(",")[0][:8]
        if (
            verb not in _AT_IT
            and clause not in _THIS
            and not _MEETS.search(clause)
            and any(word in clause for word in words("verbs", "elsewhere"))
        ):
            return None
    return Act(role, rule, verb, offset + match.start(kind))


def _is_agenda(acts: Sequence[Act], act: Act, match: re.Match[str]) -> bool:
    """What stands behind 主持召开…会议 is the agenda, unless 并 or a word of speech says more."""
    if act.role != "speaker" or not any(a.role == "host" for a in acts):
        return False
    return "并" not in match.group()[:6] and not _AGENDA_STRONG.search(act.verb)
