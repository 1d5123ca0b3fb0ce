"""The name of a meeting: the noun phrase beside a convening verb, its kind, ordinal and organiser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipelines.extract.mentions import find_mentions
from pipelines.extract.owners import owner_length
from pipelines.extract.text import HIDDEN
from pipelines.extract.words import pattern, table, words

_HEAD = re.compile(
    r"会议(?!室|中心|厅|礼堂|大[厅楼]|楼)|会报(?![告道到名])|集体学习研讨|会(?!议|[同商见谈场堂室馆址徽所计员务长费籍诊展标客话风纪面战师合签稿序]|期(?!间))|集体学习|集中学习|学习研讨|专题学习|全会|月报|论坛"
)
_TAIL = re.compile(
    rf"(?:[ ]*(?:\({HIDDEN}{{1,30}}\)|扩大会议))?"
    r"(?:暨[^,。;、会]{2,20}(?:仪式|推演|演练|培训班?|揭牌|签约|颁奖|典礼)(?=[,。]|$)|暨(?:开幕|闭幕|启动|开班|结业)[式会](?=[,。在于]|$))?"
)
_QUOTED_NAME = re.compile(
    rf"(?:第[\d一二三四五六七八九十]+[次届期场])?“[^“”\n{HIDDEN}]+(?:会议?|论坛|座谈)”(?:\({HIDDEN}*\))?"
)
_DATE = (
    r"\d{1,2}月\d{1,2}(?=[上下]午)|"
    r"(?:\d{2,4}年)?(?:\d{1,2}月)?\d{1,8}日(?:至\d{0,2}月?\d{1,2}日)?|"
    rf"[今昨当](?:\({HIDDEN}*\))?[天日晚]|同日|日前|近日|目前|连日来|[一二三四五六七八九十]{{1,3}}日"
)
_HOUR = r"[上下]午(?:\d{1,2}[时点:]\d{0,2}分?)?|晚间|晚上?|中午|清晨|凌晨|深夜|\d{1,2}[时点:]\d{0,2}分?"
_LEAD = re.compile(
    rf"(?:{_DATE}|{_HOUR}|[ \u3000、在的—―-]|(?:圆满|顺利)?完成[^,]{{0,16}}(?:后,|的)|"
    rf"[^,。]{{0,18}}?(?:[报网社]讯|讯(?=[ \u3000(]))[ \u3000]*|"
    rf"(?:为期|历时).{{1,6}}的|以[^,。]{{2,40}}?为(?:主题|题)的|"
    rf"[^,。]{{2,16}}[\d一二三四五六七八九十]日电(?=[ \u3000(])|"
    rf"[^,。]{{0,90}}?新华社[^,。]{{2,10}}\d日电[ \u3000]*|"
    rf"[^,。]{{0,12}}?(?:{_DATE})(?:{_HOUR})?(?:隆重)?(?:召开|举行|举办)的|"
    rf"(?:本报|新华社)(?:[^,。]{{2,12}}电|记者[^,。]{{2,12}}报道)|[(〔【\[]{HIDDEN}*[)〕】\]]|"
    r"新(?:选出|当选|产生)的|(?:备受|举世|万众|众所)[^,]{2,3}的|出席[^,。]{4,30}?会议的(?=[一-鿿]{2,8}代表团)|[^,。]{2,40}(?:承办|主办|召集|举办|组织)的|我[县市区省州旗镇乡](?=第|\d{4}年|[一二三四五六七八九十]{1,3}届))+"
)
_PREPARED = re.compile(r"(?<=[代全两]会)(?:动员|筹备)|(?<=会|议)精神(?![,。、和及与])")
_APART = re.compile(r"[ \u3000]+(?![暨和及与、(])")  # a headline that goes on behind the name
_GUESTS = re.compile(r"由[^,。;]{2,40}?(?:参加|组成)的|(?:[^,。;会]{2,60}?)参加的(?=[^,。;]{2,12}会)")
_MANNER = "接着|随后|随即|紧接着|隆重|胜利|圆满|顺利|成功|如期|正式|同步|继续|分别|同时|连续|举行|开幕|闭幕"
_BETWEEN = re.compile(
    rf"(?:的?主会场)?(?:,(?=[于在\d]))?(?:历时[^,]{{1,6}},)?(?:在?(?:圆满|顺利)?完成[^,]{{0,16}}?(?:后,?|,|议程))?(?:{_MANNER}|{_DATE}|{_HOUR}){{0,4}}(?:(?:[在于以(由]|采取|通过)[^,]{{1,50}})?"
)
_BARE = re.compile(
    r"(?:\d{4}年度?|第?[\d一二三四五六七八九十]+届)?(?:第?[\d〇零一二三四五六七八九十百]+次)?(?:(?:全体|扩大)?(?:会议|全会|大会)|集体学习(?:研讨)?)"
)
_NUMBERED = re.compile(
    rf"(?:\d{{4}}年)?第[\d〇零一二三四五六七八九十百]+次(?:全体|扩大|全体\({HIDDEN}*\))?(?:会议|大会)(?:\({HIDDEN}*\))?暨"
)
_PARTIAL = re.compile(
    r"(?:第[\d〇零一二三四五六七八九十百]+次)?(?:(?:预备|联组|分组|小组|主任|主席|委员长)会议|分组讨论)"
    r"|主席团(?:常务主席)?(?:第[\d〇零一二三四五六七八九十百]+次)?会议"
)
_OF_BODY = re.compile(
    r"(?:第?[\d一二三四五六七八九十]+届)?第?[\d〇零一二三四五六七八九十百]+次"
    rf"(?:主席会议(?:第[\d一二三四五六七八九十]+次会议)?|全委(?:\({HIDDEN}*\))?会议)"
)
"""A sitting counted by its body's terms, which only the body's name tells: 十一届二十次主席会议."""
_WHO_CAME = re.compile(r"(?:出席|参加|主持)了?(?:会议|大会)$")
_SERVED = re.compile(
    r"为(?!民|官|期)[^,。;]{2,30}?会|(?:确保|保障|护航|迎接|喜迎)[^,。;]{0,30}?会[^,。;]{0,4}?(?:顺利|胜利|圆满|成功)"
)
"""What was done for a meeting that is to come."""
_COUNTED_BODY = ("政协", "市委", "县委", "区委", "委员会")
_SITTING = ("会", "会议", "主席团")
_ORDINAL = re.compile(r"第?([\d〇零一二三四五六七八九十百两]+)次")
_COUNTED = re.compile(r"[\d一二三四五六七八九十]次[一-鿿]{2,3}会$")
_SHORT = re.compile(rf"\({HIDDEN}+\)")  # 对外合作委员会(以下简称“外联委”)召开
_PLACED = re.compile(r"(?<=.)(?:[在于以]|通过|采取)[^,]{1,30}$")
_ADVERBS = re.compile(
    r"(?:接着|紧接着|旋即|立即|随即|及时|迅速|连夜|紧急|再次|接续|随后|立刻|马上|第一时间|专门|组织|主持|集中|继续|隆重|顺利|分别|共同|联合|专题|"
    r"又|也|还|相继|先后|正式|如期|成功|续|套开|以视频(?:会议)?(?:形式|方式)|通过视频形式|视频|远程|线上|"
    rf"{_DATE}|{_HOUR})+$"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A meeting's name at ``start:end`` of the text, and who held it (``organiser`` as written, or None)."""

    start: int
    end: int
    organiser: str | None
    rule: str


def object_name(masked: str, verb_start: int, verb_end: int, floor: int) -> Name | None:
    """The meeting that stands behind a convening verb: 召开…会议. ``floor`` is where the clause begins.

    An object that says nothing of its own (会议, 第二十次会议) takes subject and verb with it.

    >>> text = "县十六届人大常委会举行第三十次会议。"
    >>> name = object_name(text, 9, 11, 0)
    >>> text[name.start:name.end]
    '县十六届人大常委会举行第三十次会议'
    """
    start = verb_end + (1 if masked[verb_end : verb_end + 1] in ("了", "过") else 0)
    headline = masked.startswith("主持 ", verb_start)  # 柏远主持 裘敏作报告
    if masked[start : start + 1] in ("的", "时", "后", "前", "并", "") or headline:
        return None
    guests = _GUESTS.match(masked, start)
    start = guests.end() if guests else start + masked.startswith("完", start)  # 参加完全省会议后
    end = _quote_end(masked, start) or _name_end(masked, start)
    if end is None or _WHO_CAME.search(masked, start, end):
        return None  # 会议在政务中心召开副市长柏远出席会议, a mark left out
    subject_start, organiser = _subject(masked, floor, verb_start)
    if masked.startswith(("主持", "召集"), verb_start):
        if _BARE.fullmatch(masked, start, end):
            return None
        owned = start + owner_length(masked[start:end])
        return Name(owned, end, masked[start:owned] or None, "object")
    if organiser and (
        _BARE.fullmatch(masked, start, end)
        or _NUMBERED.match(masked, start, end)
        or (organiser.endswith(_COUNTED_BODY) and _OF_BODY.fullmatch(masked, start, end))
        or (organiser.endswith(_SITTING) and _PARTIAL.fullmatch(masked, start, end))
    ):
        return Name(subject_start, end, organiser, "split_by_verb")
    owned = start + owner_length(masked[start:end])
    return Name(owned, end, organiser or masked[start:owned] or None, "object")


def _quote_end(masked: str, start: int) -> int | None:
    """The end of a meeting's name in quotes, with what counts it behind them: “民营经济圆桌会”(第一期)."""
    name = _QUOTED_NAME.match(masked, start)
    return name.end() if name else None


def _name_end(masked: str, start: int) -> int | None:
    """The end of the noun phrase that begins at ``start``: the first head with a sound boundary behind it."""
    stop = _clause_end(masked, start)
    best: int | None = None
    for match in _HEAD.finditer(masked, start, stop):
        tail = _TAIL.match(masked, match.end(), stop)
        end = tail.end() if tail else match.end()
        if _is_event(masked, start, match):
            continue
        if _PREPARED.match(masked, end) and _HEAD.search(masked, end, stop):
            continue  # 第三次党代会动员部署工作会议, 全国教育大会精神宣讲会
        if _is_body(masked, start, match) and not (end >= stop and best is None):
            continue
        best = end
        if end >= stop or _APART.match(masked, end) or pattern("meetings", "after").match(masked, end):
            if masked[end : end + 1] == "及" and _HEAD.search(masked, end, stop):
                continue
            return end
    return best


def _clause_end(masked: str, start: int) -> int:
    """The end of the clause (quotes and brackets are hidden, so a name may hold commas); at most 120 on."""
    limit = min(len(masked), start + 120)
    place = start
    while place < limit and masked[place] not in ",。;:!?\n":
        place += 1
    return place


def _is_body(masked: str, start: int, match: re.Match[str]) -> bool:
    """True if the 会 that was found ends the name of a body (常委会, 协会), not of a meeting."""
    if match.group() == "会议" or _COUNTED.search(masked, max(start, match.end() - 8), match.end()):
        return False  # 四届一次理事会
    if masked.endswith(("会商会", "评议会"), start, match.end()):
        return False
    return masked[max(start, match.end() - 6) : match.end()].endswith(words("meetings", "bodies"))


def is_meeting(masked: str, start: int, end: int) -> bool:
    """Whether ``masked[start:end]`` ends as the name of a meeting does, not of a body or a fair."""
    heads = [head for head in _HEAD.finditer(masked, start, end) if head.end() == end]
    return any(not (_is_event(masked, start, head) or _is_body(masked, start, head)) for head in heads)


def _is_event(masked: str, start: int, match: re.Match[str]) -> bool:
    """True for fairs, parties and words like 机会, which no one chairs."""
    text = masked[max(start, match.end() - 4) : match.end()]
    return text.endswith(words("meetings", "events")) and not text.endswith("全体会")


def _subject(masked: str, floor: int, verb_start: int) -> tuple[int, str | None]:
    """Who convened: the words between the clause's start (dates left out) and the verb (adverbs left out)."""
    lead = _LEAD.match(masked, floor, verb_start)
    start = lead.end() if lead else floor
    subject = _ADVERBS.sub("", _PLACED.sub("", _ADVERBS.sub("", _SHORT.sub("", masked[start:verb_start]))))
    place = lead is not None and masked[start - 1 : start] in ("在", "于")
    sound = (
        0 < len(subject) <= 40
        and subject not in "年月日"
        and HIDDEN not in subject
        and not subject.startswith(("并", "后"))
        and not place
    )
    sound = sound and not any(mention.title for mention in find_mentions(subject + "召开"))
    return start, subject if sound else None


def subject_name(masked: str, floor: int, verb_start: int) -> Name | None:
    """The meeting that stands before its verb: 全市促消费推进会在城区举行.

    >>> text = "11月16日,全县产业升级推进会召开"
    >>> name = subject_name(text, 7, 16)
    >>> text[name.start:name.end]
    '全县产业升级推进会'
    """
    floor = max(floor, verb_start - 160)
    lead = _LEAD.match(masked, floor, verb_start)
    start = lead.end() if lead else floor
    if _SERVED.match(masked, start):
        return None  # 为市两会顺利召开守住这道门
    heads = list(_HEAD.finditer(masked, start, verb_start))
    for head in reversed(heads[-3:]):
        if _is_body(masked, start, head) or _is_event(masked, start, head):
            continue
        tail = _TAIL.match(masked, head.end(), verb_start)
        end = tail.end() if tail else head.end()
        opened = masked.rfind("“", start, end) if masked.startswith("”", end) else -1
        if opened >= 0:  # “2012年总结表彰大会”在县剧院召开
            owner = masked[start:opened] or None
            whole = Name(opened, end + 1, owner, "subject")
            return whole if _BETWEEN.fullmatch(masked, end + 1, verb_start) else None
        if _BETWEEN.fullmatch(masked, end, verb_start) is not None:
            owned = start + owner_length(masked[start:end])
            return Name(owned, end, masked[start:owned] or None, "subject")
    return None


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(key), kind) for key, kind in table("meetings")["kinds"].items())


def kind_of_meeting(name: str) -> str | None:
    """The kind of a meeting by the data table, or None when its name says nothing.

    >>> kind_of_meeting("市政府第6次常务会议"), kind_of_meeting("会后")
    ('常务会议', None)
    """
    ends = (name[-16:], name)  # what stands last says most: 中心组学习会暨领导小组会议
    return next((kind for part in ends for key, kind in _kinds() if key.search(part)), None)


def ordinal_of(name: str) -> int | None:
    """The number of the meeting in its series: 第108次 → 108, 十五届四次会议 → 4.

    >>> ordinal_of("第二十届职工代表大会第四次会议")
    4
    """
    found = _ORDINAL.findall(name)
    if not found:
        return None
    import cn2an  # 200 ms: few pages have an ordinal

    text = found[-1].replace("两", "二").replace("〇", "零")
    try:
        value = int(text) if text.isdigit() else int(cn2an.cn2an(text, "smart"))
    except ValueError:
        return None
    return value if 0 < value < 100_000 else None


def normalise_name(name: str, organiser: str | None) -> str:
    """The name as a list of meetings would print it: the verb that split it taken out, blanks too.

    >>> normalise_name("县十六届人大常委会举行第三十次会议", "县十六届人大常委会")
    '县十六届人大常委会第三十次会议'
    """
    plain = re.sub(r"\s+", "", name)
    if organiser and plain.startswith(organiser) and plain != organiser:
        rest = re.sub(r"^(?:[在于][^,，]{1,30}?)?.{0,6}?(?:召开|举行|举办)了?", "", plain[len(organiser) :])
        return organiser + rest
    return plain
