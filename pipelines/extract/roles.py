"""What the people of a sentence do there: absent, host, speaker, attendee, cited, or merely mentioned.

People whose names stand side by side form one series; the words behind the series are its predicate.
Roles are read in the order absent > host > speaker > attendee.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipelines.extract.chairing import chairing
from pipelines.extract.cited import is_passed_on
from pipelines.extract.gaps import is_listed, is_neutral, is_unread
from pipelines.extract.mentions import Mention
from pipelines.extract.predicates import Act, any_verb, read_acts
from pipelines.extract.text import HIDDEN, Sentence
from pipelines.extract.titles import is_shared


@dataclass(frozen=True, slots=True)
class Series:
    """People of one predicate: their mentions and their acts (empty: they are only mentioned).

    Whoever is ``cited`` spoke elsewhere; his words are passed on here (传达县委书记…的讲话).
    """

    people: tuple[Mention, ...]
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """People of one predicate with their sentence; the places of mentions count from its start."""

    sentence: Sentence
    series: Series


_OTHERS = re.compile(
    r"^(?:、[^,。;、]{1,10}){0,8}等(?![^,。;、]{2,20}(?:成员|领导|委员|同志|负责人)(?:出席|参加|列席|到会|参会))(?:[\d两一二三四五六七八九十]+余?[个家名位所])?"
    r"(?:部门|单位|乡镇|街道|企业|[省市县区镇乡村地州](?!领导|委|级|[两四几]|党政|人大|政协|政府|主要|分管|老|[处厅科])|国家|地区|高校|领域|行业|方面|工作|村|社区|问题|(?:中级|基层|县|区)?(?:人民)?(?:法院|检察院)(?!院?长)|学校|公司|企业|医院|支部)"
)
_PRESENT = r"(?:出席|参加|列席|到会|参会|与会|就座|就坐|收听|收看|观看|在座|执行主席|常务主席)"
_LISTED = re.compile(rf"(?:{_PRESENT}[^,。]{{0,20}}|特邀(?:代表|嘉宾|人员))(?:有|是|为|包括)$")
_ROSTER = re.compile(
    r"(?:通过了?[^。;]{0,24}名单[^。;:]{0,30}|\d日(?:[上下]午|晚上?)?[^,。;:]{0,20})"
    r"执行主席[^。;:、]{0,6}(?:是|为|有):?[ ]?$"
)
"""Who is to chair the sittings to come: 讨论通过了名单,12月5日上午大会的执行主席是…."""
_LIST_HEAD = re.compile(rf"{_PRESENT}[^,。]{{0,20}}?的还?(?:有|是|包括)")
_LIST_REACH = 240  # characters looked back over for the head of a list
_COLON = re.compile(rf"{_PRESENT}[^。;:]{{0,40}}(?:有|是|为|包括)[^,。;:、]{{0,12}}(?:\({HIDDEN}+\))?:[ ]?$")
_CHAIRS = re.compile(
    r"(?:主持人(?:是|为)|主持(?:会议|大会|[^,。、]{0,8}会)的$|主持[^,。、]{0,12}的(?:是|有)):?[ ]?$"
)
_SPEAKS = re.compile(r"(?:讲话|发言|致辞|致词|汇报|[作做][^,。、]{1,12})的(?:还?有|是|分别是):?[ ]?$")
_MADE_BY = re.compile(r"(?:报告|说明|讲话|致辞|汇报|总结|部署)[^,。]{0,6}由$")
_FOR_WHOM = re.compile(r"(?:同志)?代表[^,。;]{1,20}[、和]")  # 柏远代表省高院、裘敏院长表示祝贺
_SENT = re.compile(r"[^,]{0,6}(?:委托|托付|指派|委派|之托)")
_BY_ORDER = re.compile(r"受[^,。]{0,30}?(?:委托|托付|指派|委派|之托),?")
_AWAY = re.compile(
    r"(?:等)?(?:分别|均|各)?(?:委派|指派|委托|选派|派)了?代表(?:参加|出席)|(?:同志)?(?:(?:因|由于)[^。;]{1,40}?[,]?(?:请假|缺席|(?:未能?|没有?能?)(?:出席|参加|参会|到会|到场))"
    r"|正在(?:[省市]里|外地|北京|国外)(?![^,。]{0,4}会场)|(?:正)?在外[^,。]{0,10}?(?:期间|时|,)|在[^,。]{1,20}(?:培训|学习|出差|开会|参会)[^,。]{0,2}(?:请假|缺席|未能?(?:出席|参加|参会)))"
)
_UPON = re.compile(r"(?:对|就|围绕|针对|结合)[^,。;]{0,12}$")
_RAISED = re.compile(r"(?:同志)?所?(?:提出|强调|指出|部署|安排|讲)的")
"""对副局长柏远提出的“三个一”进行剖析: what he said elsewhere."""
_TO_ALL = re.compile(r"[对向][^,。;]{2,20}[和及与]$")
_GIVES = re.compile("(?:同志)?(?:提出|寄予|给予|表示)了")
"""对新的班子和政委柏远提出了希望: he is told, he does not speak."""
_TOLD = re.compile(r"(?:同志)?[就对][^,。;]{2,40}作了(?:重要)?(?P<verb>指示)")
"""Who instructs in the room; those elsewhere 作出 what they instruct."""
_INVITED = re.compile(r"(?:会议|大会|座谈会|论坛)(?:还|也|特|特别|专门)?邀请[了到]?[^,。;]{0,30}$")
_INTRODUCED = re.compile(r"介绍了?(?:出席|参加|到会|与会|莅临|前来)[^,。;]{0,12}$")
_ALL_OF_THEM = re.compile(
    r"等?(?:\d{1,2}|[两二三四五六七八九十]{1,3})[名位](?P<post>(?:政协)?委员|(?:人大)?代表)(?!小组|团)"
)
_EACH = re.compile(r"(?:同志)?(?:围绕|就|针对|结合|从|代表)[^,。;]{1,60}[、和]|(?P<on>[就对])[^,。;]{2,40},")
_MAKES = re.compile(r"(?:同志)?所?[作做](?=[,。]|$)")
_CLAUSE_REACH = 160  # characters looked back over for what is done to the people of a list
_COLON_REACH = 80  # characters: more than its longest match
_OBJECT = re.compile(
    r"责成|提拔|感谢[^,]*|陪同|任命|表彰|慰问|看望|选举|表决|会见|跟随|审议|推选|决定|聘任|任免|来自|^[把将]$"
)
_THANKED = re.compile(r"感谢[^,。;]+、$")
_HEARD = re.compile(
    r"(?:同志)?(?:所)?(?:作|做|《|关于|代表|对|就|汇报|介绍|宣读|(?:先后|分别)?发言(?=后|,|$)|等?\d{1,2}[名位个][^,。]{0,30}(?:汇报|报告)|[^,。]{0,20}的[^,。]{0,30}(?:汇报|报告|发言|介绍|说明))"
)
_HEARD_BY = ("听取", "审议", "通过了", "批准")
_PRESIDIUM = re.compile(r"组成的?(?:大会)?主席团")
_TOO = re.compile(r"(?:同志)?(?:所?[作做]的?)?关于[^。;]{1,80}?的?(?:汇报|报告|说明|介绍)(?=[,。;、]|以及|$)")
_HEARD_TOO = re.compile(r"(?:^关于[^,。;]{2,60}|汇报|报告|说明|介绍|^代表[^,。;]{2,20})(?:和|及|与|以及)$")
_SPOKE = re.compile(
    r"(?:等?[两二三四五六七八九十\d]+[位名个](?:同志|代表)?|同志)?的(?P<verb>发言|汇报|介绍)(?=[都很讲]|让|,我)"
)
_MADE = re.compile(r"(?:同志)?(?:(?:代表|受)[^,。]{2,24}?)?所?[作做]的")
_THERE = re.compile(
    r"(?:同志)?(?:亲自)?(?:出席[^,。]{0,12}并)?在(?:大?会|会议)上(?:发表|作|做|强调|指出|讲|说|表示|致)"
)
_NUMBER = re.compile(rf"\({HIDDEN}{{1,3}}\)")  # (三)柏远要求
_SUBJECT_LEADS = (
    *("由", "受", "请", "刚才", "上", "后", "其中", "随即", "晚", "午", "日", "讯", "有", "是", "”"),
    *("听取", "听取了", "审议", "审议了", "审议通过了", "通过了", "批准", "批准了", "在"),
)
_JOINS = frozenset(["", "和", "及", "与", "以及", "同", "同志", "同志和"])
_NEW_SUBJECT = re.compile(r"[,](?:会议|大会|全会|与会|通知|方案|此次|本次|这次|活动|培训)")


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
        again = bool(runs) and mention.name in (one.name for one in runs[-1])  # 表彰了裘敏等10人,裘敏发言
        if runs and mention.title == "代表" and mention.first == runs[-1][-1].last:
            continue  # 柏远委员代表裘敏委员发言
        spoken_for = _FOR_WHOM.fullmatch(gap) and any_verb().search(gap) is None
        if spoken_for and not text.startswith(("代表", "同志代表"), mention.last):
            continue
        if runs and not again and _joins(text, mention) and is_neutral(gap):
            runs[-1].append(_carry(runs[-1][-1], mention, gap))
        elif mention.rule != "bare" or (_may_open(mention.lead) and not _is_object(text, mention)):
            runs.append([mention])
    runs = [_told_behind(text, run) for run in runs]
    ends = [*(run[0].first for run in runs[1:]), len(text)]
    found = [Series(tuple(run), _acts(text, run, end)) for run, end in zip(runs, ends, strict=False)]
    for number, (one, sender) in enumerate(pairwise(found)):
        sent = _SENT.match(text, sender.people[-1].last) if _is_delegated(sender) else None
        if sent and text.startswith("受", one.people[-1].last):  # 副主席柏远受主席苏镕委托主持会议
            found[number] = replace(one, acts=_acts(text, one.people, ends[number + 1], sent.end()))
    for number, one in enumerate(found):
        if len(one.people) > 1 and text.startswith(" 主持 ", one.people[-1].last):  # 柏远、裘敏(主持)出席
            chair = tuple(act for act in one.acts if act.role == "host")
            found[number] = replace(one, acts=tuple(act for act in one.acts if act.role != "host"))
            found.append(Series(one.people[-1:], chair))
    for number in range(len(ends) - 2, -1, -1):  # 柏远围绕“…”、苏镕围绕“…”作交流发言
        one, following = found[number], found[number + 1]
        each = None if one.acts else _EACH.fullmatch(text, one.people[-1].last, ends[number])
        if each and text.startswith(each["on"] or "", following.people[-1].last):
            found[number] = replace(one, acts=tuple(a for a in following.acts if a.role == "speaker"))
    return found


def _told_behind(text: str, run: list[Mention]) -> list[Mention]:
    """A list of bare names with what they are behind it: 柏远、裘敏、荀政3名委员."""
    behind = _ALL_OF_THEM.match(text, run[-1].last)
    if behind is None or any(mention.title for mention in run):
        return run
    return [replace(mention, title=behind["post"]) for mention in run]


def _is_delegated(series: Series) -> bool:
    return any(act.rule == "delegated" for act in series.acts)


def _joins(text: str, mention: Mention) -> bool:
    """True if nothing leads up to the mention, or only half a title that a 、 splits (省法、检两长)."""
    if mention.lead in _JOINS:
        return True
    start = mention.start - len(mention.lead)
    if mention.rule == "title_behind" and text.startswith(mention.lead, start):
        return text[start - 1 : start] == "、" and is_listed(mention.lead)  # 柏远院长、教务处裘敏处长
    items = filter(None, mention.lead.split("、"))
    split = text[mention.first - 1 : mention.first] == "、" and all(map(is_listed, items))
    return split and (len(mention.lead) <= 4 or is_unread(mention.lead))


def _carry(before: Mention, mention: Mention, gap: str) -> Mention:
    if mention.title is None and gap in ("、", "、和") and is_shared(before.title):
        return replace(mention, title=before.title, rule="title_carried")
    return mention


def _may_open(lead: str) -> bool:
    """A bare name opens a series at the start of a clause or behind a word that brings a subject."""
    if not lead or lead.endswith(_SUBJECT_LEADS):
        return True
    return _NUMBER.fullmatch(lead) is not None or _HEARD_TOO.search(lead) is not None


def _is_object(text: str, mention: Mention) -> bool:
    """True for a name in a list that something is done to: 表彰了柏远、苏镕."""
    if text[mention.first - 1 : mention.first] != "、":
        return False
    head = re.split("[,:]", text[max(0, mention.first - _CLAUSE_REACH) : mention.first])[-1]
    if "听取" in head or "审议" in head:
        return False
    return "了" in head or _OBJECT.search(head) is not None


def _acts(text: str, run: Sequence[Mention], end: int, start: int | None = None) -> tuple[Act, ...]:
    """What the people of a run do in ``text[start:end]``, by default from where the last name ends."""
    start = run[-1].last if start is None else start
    while text.startswith((" ", "\u3000"), start, end):
        start += 1
    if by_order := _BY_ORDER.match(text, start, end):
        start = by_order.end()  # 组织部长柏远受省委委托,说明了人选情况
    if chairs := chairing(text, run[0].first, start, end):
        return chairs
    if _AWAY.match(text, start, end):
        return (Act("absent", "absent", "请假", start),)
    behind, lead = text[start:end], run[0].lead
    if _OTHERS.match(behind) and not any(m.title for m in run):
        return ()
    if lead.endswith("由") and _PRESIDIUM.match(behind):
        return (Act("attendee", "listed", "组成", start),)
    if lead.endswith("受"):
        return (Act("absent", "delegated", "委托", start),) if _SENT.match(behind) else ()
    first = run[0].first
    if listed := _listed(text, first, behind, start):
        return listed
    joined = lead in _JOINS or _HEARD_TOO.search(lead)
    later = _MADE.match(behind) or (joined and _TOO.match(behind))  # and what 裘敏 said of …
    if "听取" in lead or "审议" in lead or (later and any(word in text[:first] for word in _HEARD_BY)):
        heard = _HEARD.match(behind)
        verb = "发言" if heard and heard[0].endswith("发言") else "汇报"
        return (Act("speaker", "heard", verb, start),) if heard else ()
    if is_passed_on(text, first, lead, behind):
        return (Act("cited", "passed_on", "传达", start),)
    if (_UPON.search(lead) and _RAISED.match(behind)) or (_TO_ALL.search(lead) and _GIVES.match(behind)):
        return ()
    if _is_guest(text, first, lead, behind):
        return (Act("attendee", "listed", "出席", start),)
    if spoke := _SPOKE.match(behind):  # 柏远、裘敏两位同志的发言都很好
        return (Act("speaker", "reports", "发言", start + spoke.start("verb")),)
    if (
        _OBJECT.search(lead)
        or _THANKED.search(text, max(0, first - _COLON_REACH), first)
        or behind.startswith(("的", "同志的"))
    ):
        return ()
    cut = _NEW_SUBJECT.search(behind)
    if text.startswith("会上,") and (told := _TOLD.match(behind)):
        return (Act("speaker", "instructs", "指示", start + told.start("verb")),)
    if _THERE.match(behind):  # 在会上讲话: whoever is quoted otherwise was there
        there = (Act("attendee", "attends", "在会上", start),)
        return (*there, *read_acts(behind[: cut.start()] if cut else behind, start))
    return read_acts(behind[: cut.start()] if cut else behind, start) or _in_list(text, first, start)


def _is_guest(text: str, first: int, lead: str, behind: str) -> bool:
    """True for people who are introduced, and for those whom the meeting invited, when no more is told."""
    if _INTRODUCED.search(lead):
        return True
    alone = not behind.strip("。;")
    return alone and _INVITED.search(text, max(0, first - _COLON_REACH), first) is not None


def _in_list(text: str, first: int, at: int) -> tuple[Act, ...]:
    """Taking part, for people of a list that 到会的有 began before others of it."""
    heads = list(_LIST_HEAD.finditer(text, max(0, first - _LIST_REACH), first))
    if not heads or any_verb().search(text, heads[-1].end(), first):
        return ()
    return (Act("attendee", "listed", "出席", at),)


def _listed(text: str, first: int, behind: str, at: int) -> tuple[Act, ...]:
    """What words before a list say that its people do: 到会的有…, 主持会议的是…, 讲话的有…."""
    before = text[max(0, first - _COLON_REACH) : first]
    if _ROSTER.search(text, max(0, first - _LIST_REACH), first):
        return ()
    speaks = (Act("speaker", "listed", "讲话", at),)
    if _LISTED.search(before) or _COLON.search(before):
        return (Act("attendee", "listed", "出席", at),)
    if chairs := _CHAIRS.search(before):
        host = Act("host", "listed", "主持", at)
        return (host, *speaks) if "讲话" in chairs[0] else (host,)
    if _SPEAKS.search(before) or (_MADE_BY.search(before) and _MAKES.match(behind)):
        return speaks
    return ()
