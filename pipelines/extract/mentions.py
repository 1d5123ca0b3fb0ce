"""All names in a sentence with the title before or behind them, and what leads up to them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from pipelines.extract.dictionary import dictionary_tag
from pipelines.extract.doubt import (
    begins_place,
    doubt_of,
    doubt_of_item,
    end_between,
    governs,
    heads_a_row,
    is_apart,
    is_barred,
    is_common,
    is_plainly_a_name,
    is_prefecture,
    is_said,
    is_towards,
    is_unknown_long,
    may_be_name,
)
from pipelines.extract.names import ends_well, name_starts, read_name
from pipelines.extract.regions.gazetteer import gazetteer
from pipelines.extract.text import HIDDEN
from pipelines.extract.titles import is_vague, tidy_title, title_start
from pipelines.extract.units import behind_units, is_behind_body
from pipelines.extract.words import chars, pattern, word_set, words

_OPENING = re.compile(
    r"(?=[,、:)还有包分为是由刚受及和与会随最其工日上下昨今当晚讯听批请欢”])(?:"  # nowhere else
    r",|、|:|\)|(?<=[的导志员席会议委人表])(?:还?有(?!关)|包括|分别[为是]|[为是]):?|(?<![理自缘事])由|受|及|和|与|刚才|会(?:上|后|议?结束时)|随后|最后|其中|随即|工作的"
    r"|日(?<=\d日)|上午|下午|昨晚|今晚|当晚|晚上|讯 ?|批准了?|听取(?:[和并、]?审议(?:通过)?)?了?"
    r"|(?<![邀申敬恳聘])请(?![于在将就对把按从向与和])(?=[㐀-鿿·]{2,9}?(?:[作做]|通报|传达|宣读|汇报|讲话|发言|介绍|致辞|安排|部署))"
    r"|欢迎(?=[㐀-鿿·]{2,9}?(?:作[了重]|讲话|发言|致辞))"
    r"|”(?=[㐀-鿿·]{2,12}?(?:[说讲称道]$|说,|表示|告诉|介绍|回忆|坦言|感慨|建议|发言)))"
)
_BETWEEN = re.compile(rf"”|[ \u3000]+(?:\({HIDDEN}{{1,40}}\))?|\({HIDDEN}{{1,40}}\)")  # 副院长(学校名)裘敏
_HIDDEN = re.compile(rf"\({HIDDEN}+\)")
_CHAINED = re.compile(rf"(?:\({HIDDEN}{{1,40}}\))?(?:同志)?、+")  # 裘敏(女,藏族)、
_BODIES = ("会", "台", "团", "记", "馆")  # 常委会, 主席台, 大使馆; 支书记 is the end of 总支书记
_EVERY = re.compile(r"各(?!种)|广大|全体|每[位名个]")
_COUNTED = re.compile(r"[\d一二三四五六七八九十]+余?[多位名个]")
_TIMES = frozenset("前后时")
_THING_ENDS = frozenset(["、", ",", ""])
_PIECES = re.compile(
    r"(?:、(?:(?![及和与等])[㐀-鿿]){2,6}){0,6}?等?[两二三四五六七八九十\d]{1,3}余?"
    r"[个家所处项类种级市县区镇乡村地座条起大方](?!人|同志|[巡调]|主(?!要))"
)
_VILLAGES = re.compile(r"、[㐀-鿿]{1,3}(?:村|社区|镇|乡|街道)(?:[级的、,等及和]|[两三四五]个?[村镇乡])")
_OFFICES = tuple("任管席要动办")  # behind 主 a post or a word goes on: 酒店|主任
_CHAIR = re.compile(r"在(?=[㐀-鿿]{2,12}?的?主持下)")
_PRESS = re.compile("、(?:本[报网台])?(?:见习|实习)?(?:记者|通讯员)")  # 苏镕、记者裘敏报道
_THINGS = frozenset(["n", "s", "vn"])  # tags of a dictionary: 媒体, 地方, 群众
_AHEAD = frozenset("从向和于就对在与又还")
_ADDRESS = re.compile("[^副总代原前老首第常][书记主部厅局县市区州处院校镇乡会董事]{1,3}[长记任席]")  # 贺厅长
_LONGEST_POST = 36  # characters
_LOOK_BACK = 160  # characters: the longest titles of several posts stay below


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at ``start:end`` of the sentence; ``lead`` is the text of its clause before title and name.

    ``first`` is where title or name begins, ``last`` where name or the post behind it ends.
    ``doubt`` is 0 for a sure name, 1 for a bare one whose surname begins common words (时雨), 2 for a bare
    one that is itself an ordinary word (卓然).
    """

    name: str
    start: int
    end: int
    first: int
    last: int
    title: str | None = None
    lead: str = ""
    doubt: int = 0
    rule: str = "bare"


@lru_cache(maxsize=4096)
def key_of(name: str) -> str:
    """A name without blanks: the same person in every line.

    >>> key_of("柏 远")
    '柏远'
    """
    return "".join(name.split())


def find_mentions(text: str, known: tuple[str, ...] = (), listed: tuple[str, ...] = ()) -> list[Mention]:
    """The names of one masked sentence in order; they never overlap.

    ``known`` are names that stood behind a post before: they are seen whatever their surname. ``listed`` are
    those of a list of who came: they are seen behind a unit, too (规划处柏远).

    >>> [(m.name, m.title) for m in find_mentions("县长裘敏主持,鲍振川、戚岚到会")]
    [('裘敏', '县长'), ('鲍振川', None), ('戚岚', None)]
    """
    found: list[Mention] = []
    floor, starts, sure = 0, name_starts(), known + listed
    places = _places(text, known)
    behind = behind_units(text, listed)
    places = dict.fromkeys(behind) | places
    for place, head in sorted(places.items()):
        if place < floor or (head is not None and head < floor):
            continue
        if head is None:
            chained = bool(found) and _CHAINED.fullmatch(text, found[-1].last, place) is not None
            if not (
                chained or text[place : place + 1] in starts or text.startswith(sure, place) or "·" in text
            ):
                continue
            mention = _bare(text, floor, place, chained, sure)
            if mention is not None and place in behind:
                lead = behind[place]
                mention = replace(mention, rule="unit_before", lead=mention.lead if lead is None else lead)
        else:
            mention = _titled(text, floor, head, place, sure)
        if mention is not None:
            if text.startswith("的", floor) and mention.first == floor + 1:
                mention = replace(mention, lead="")
            floor = mention.last
            if text.startswith("的代表", floor):
                continue  # 会长柏远的代表裘敏: he did not come himself
            if not ((mention.title or "").endswith(words("posts", "press")) or _PRESS.match(text, floor)):
                found.append(mention)
    return found


def _places(text: str, known: tuple[str, ...]) -> dict[int, int | None]:
    """Where a name may begin: behind a post (with the start of the post) or at the start of an item."""
    starts, dotted = name_starts(), "·" in text
    begins = dotted or text[:1] in starts or text.startswith(known)
    places: dict[int, int | None] = {0: None} if begins else {}
    for match in _OPENING.finditer(text):
        place = match.end()
        listed = dotted or text[place - 1] == "、"
        if listed or text[place : place + 1] in starts or text.startswith(known, place):
            places[place] = None
    if "主持下" in text:
        places.update((match.end(), None) for match in _CHAIR.finditer(text))
    behind, before, free = word_set("posts", "after"), _before(), 0
    search = pattern("posts", "heads", "commoners", "after").search
    found = search(text)
    while found is not None:
        start, end = found.span()
        if start >= free and found[0] in behind:
            free = end
            for place in (start - 2, start - 3):
                begins = place > 0 and text[place] in starts and is_behind_body(text, place)
                if begins and may_be_name(text[place:start]):
                    places.setdefault(place, None)  # 教育局柏远局长
        goes_on = found[0][-1] == "主" and text.startswith(_OFFICES, end)
        if found[0] in before and not (goes_on or text.startswith(_BODIES, end)):  # 常委会, 主席台: no post
            between = _BETWEEN.match(text, end)
            places[between.end() if between else end] = start
        found = search(text, start + 1)  # overlapping ones too: 副总 and 总理 in 副总理
    return places


@cache
def _before() -> frozenset[str]:
    """What may stand before a name: posts, and what people without one are called."""
    return word_set("posts", "heads") | word_set("posts", "commoners")


def _titled(text: str, floor: int, head: int, place: int, known: tuple[str, ...]) -> Mention | None:
    end = read_name(text, place, titled=True) or _known_end(text, place, known)
    if end is None or text[place] in "暨节" or is_common(text[place:end]):
        return None
    if (_head_at(text, place) or end) < end and text[place] not in chars("names", "surnames"):
        return None  # 常务副|旗长裘敏, but 局长段长安
    if text.startswith(("同志和", "同志与", "同志及"), floor):
        floor += 3
    if floor and text[floor : floor + 1] in "和与及同" and not text.startswith("同志", floor):
        floor += 1  # A和副县长B
    post = text.rfind("“", floor, head) if text[place - 1] == "”" else head  # 村“土专家”裘敏
    clause, first = title_start(text, max(floor, post - _LOOK_BACK), post)
    title = tidy_title(_HIDDEN.sub("", text[first:place]))
    named = text[place] in _AHEAD and _ADDRESS.fullmatch(text[first:place]) and not _chairs(text, end)
    if _EVERY.match(title or "") or named:
        return None  # 各居民区书记, 广大委员热情高; 贺厅长从四个方面作了安排
    if (title or "").startswith("等") and is_vague(title) and text[place] in "和与及":
        joined = _bare(text, floor, place + 1, True, ())  # 柏远等市领导和裘敏、苏镕
        return joined and replace(joined, lead="")
    rest = dictionary_tag(text[place + 1 : end]) if text[place] in "和与及" else None
    counted = title is not None and _COUNTED.match(title) is not None
    if rest and (counted or is_vague(title) or (rest in _THINGS and end - place > 2)):
        return None  # 班子成员和职工, 12位委员和特邀, 常务理事和媒体
    if text[place] in "和与同" and _is_group_behind(text, end):
        return None  # 党支部书记和选派书记, 各队负责人和辅警代表
    barred = not chars("names", "barred").isdisjoint(text[place + 1 : end])
    if barred and is_vague(title) and text[place:end] not in known:
        return None  # 代表全乡镇
    if (title or "").endswith(words("posts", "commoners")) and not is_plainly_a_name(text[place:end]):
        return None  # 村民向大家反映
    if is_towards(text, place, end) or any(len(part) > _LONGEST_POST for part in (title or "").split("、")):
        return None  # 主任向新任命人员颁发了任命书
    vague = is_vague(title)
    tag = dictionary_tag(text[place:end]) if vague or end - place == 2 else None
    if tag is not None and (heads_a_row(text, place, end) or text.startswith("所作的", end)):
        tag = None
    if tag is not None and ((vague and not tag.startswith("nr")) or is_said(tag, text, end)):
        return None  # 镇领导班子, 职工代表队伍; 主持人归纳, 书记普遍
    if vague and is_unknown_long(text[place:end]) and text[place:end] not in known:
        return None  # 负责人边听边记
    behind = pattern("posts", "after").match(text, end)
    last = behind.end() if behind and not text.startswith(_BODIES, behind.end()) else end
    lead = text[clause:first].strip("、,: ")
    return Mention(text[place:end], place, end, first, last, title, lead, rule="title_before")


def _chairs(text: str, end: int) -> bool:
    """True if whoever is named there chairs or came: 支部书记向望舒主持."""
    return pattern("verbs", "host", "attend").match(text, end) is not None


def _is_group_behind(text: str, end: int) -> bool:
    """True if a post or a word for a group goes on where what looks like a name ends."""
    return pattern("posts", "after").match(text, end) is not None or text.startswith(
        words("verbs", "groups"), end
    )


def _bare(text: str, floor: int, place: int, chained: bool, known: tuple[str, ...]) -> Mention | None:
    """A name without a post before it; one ``chained`` to another name by 、 may have a rare surname."""
    end = read_name(text, place, titled=chained)
    if chained and end == place + 4 and text[place] in "和与及" and read_name(text, place + 1) == end:
        place += 1  # 裘敏、和柏远山
    if end is None and "、" in text[place + 2 : place + 4]:
        row = read_name(text, place, titled=True)  # 何党生、裘敏、秦笙
        rowed = row is not None and heads_a_row(text, place, row)
        end = row if rowed else end_between(text, place) if chained else None
    end = max(end or 0, _known_end(text, place, known) or 0)  # 张寿于指出, whom 县委书记张寿于 told
    if (
        not end
        or (is_barred(text[place:end], known) and not _is_of_list(text, place, end, chained))
        or is_common(text[place:end])
        or is_towards(text, place, end)
        or pattern("posts", "heads").search(text, place, end)
        or text[end - 1] == "讯"  # 张北讯(通讯员…)
        or text.startswith(("-", "系统"), end)  # 芦冲-鱼塘道路改造, 与农口系统
        or _PIECES.match(text, end)  # 沿河9个村, 双丰、铁力三个林业局
        or (not chained and (_VILLAGES.match(text, end) or is_prefecture(text[place:end])))  # 杨开、三江村级
        or (not chained and begins_place(text, place, end))  # 麦盖|提县
        or (not chained and governs(text[place:end]) and text[end : end + 1] in _THING_ENDS)  # ,谈做法、
        or (not chained and text[end - 1] in _TIMES and text.startswith(",", end))  # 任命后,
        or any((head := _head_at(text, at)) and head > end for at in range(place + 1, end))  # 班班主(任)
    ):
        return None
    name, floor = text[place:end], max(floor, place - _LOOK_BACK)
    clause = max(floor, *(text.rfind(mark, floor, place) + 1 for mark in ",、:"))
    chair = text.startswith("主持", end) and "由" in text[floor:place]  # 由副会长、文其主持
    item = not (chained or chair) and text[place - 1 : place] == "、"
    doubt = 0 if name in known else max(doubt_of(name), doubt_of_item(name) if item else 0) - chair
    mention = Mention(name, place, end, place, end, lead=text[clause:place].strip(), doubt=doubt)
    if doubt and (head := _head_at(text, end)) and read_name(text, head, titled=True):
        return None  # 农牧民代表裘敏
    behind = pattern("posts", "after").match(text, end)
    if behind is None:
        return None if mention.doubt and text.startswith("的", end) else mention  # 促改革、保落实的作用
    if (
        mention.doubt > 1
        or text.startswith(_BODIES, behind.end())
        or name + behind[0][0] in gazetteer().by_name
        or read_name(text, behind.end())
    ):
        return None  # 宗教委员会, 安全局长, 梁山县长, 商通网总裁王晔
    last = behind.end()
    if text.startswith("兼", last) and (second := pattern("posts", "after").match(text, last + 1)):
        last = second.end()  # 柏远副会长兼秘书长
    return replace(mention, last=last, title=text[end:last], rule="title_behind")


def _known_end(text: str, place: int, known: tuple[str, ...]) -> int | None:
    """The end of the longest known name that stands at a place."""
    if not text.startswith(known, place):
        return None
    end = place + max(len(name) for name in known if text.startswith(name, place))
    return end if ends_well(text, end) or (not place and end > 2) else None  # 张汉平边听边记


def _is_of_list(text: str, place: int, end: int, chained: bool) -> bool:
    """True for an item of a list of names in which the dictionary sees no word."""
    return (chained or heads_a_row(text, place, end)) and is_apart(text[place:end])


def _head_at(text: str, at: int) -> int | None:
    """The end of the post that begins at a place."""
    head = pattern("posts", "heads").match(text, at)
    return head.end() if head else None
