"""How far what looks like a name may be another word: surname, dictionary and neighbours decide."""

from __future__ import annotations

import re

from pipelines.extract.dictionary import dictionary_tag
from pipelines.extract.names import read_name
from pipelines.extract.regions.gazetteer import gazetteer
from pipelines.extract.words import chars, pattern, word_set

_NO_GIVEN = ("t", "v", "d", "s", "f", "p", "r", "m")  # times, verbs, adverbs, places, small words
_MARKS = ("、", ",", "。", ";")
_NO_NAME = frozenset(["d", "ad", "b", "c", "p", "j"])  # of two characters behind a post
_GOVERNED = ("n", "v", "vn")  # 管武装, 从定居讲到搬迁
_NAMES = ("nr", "ns", "nz")  # tags of names: of people, of places (苏定邦), others
_TOWARDS = re.compile(
    "向[^,。;]{2,24}?(?P<verb>颁发|颁奖|授予|授牌|授旗|赠送|表示|汇报|通报|介绍|传达|致以|道了|献上|送[上去])"
)
_TO_THOSE_IN = re.compile("向[^,。;在]{1,3}在[^,。;]{1,12}的[^,。;]{1,10}?(?:致以|道了|献上|送[上去])")
_GOES_ON = frozenset("就对在为代同以从分首最随围结根针、,")


def is_common(name: str) -> bool:
    """True for a word that is never a name (``words/names.toml``), for a post, for a place (杭锦旗)."""
    known = name in word_set("names", "words") or name in word_set("posts", "heads")
    return known or name in gazetteer().by_name


def may_be_name(name: str) -> bool:
    """True if the dictionary knows ``name`` as a person's, or not at all."""
    tag = dictionary_tag(name)
    return name[0] not in chars("names", "shy") and (tag is None or tag.startswith("nr"))


def doubt_of_item(name: str) -> int:
    """The doubt of an item of a list of other things (淡水、姜茶); more if its end is a word (解难题)."""
    if name[:2] in word_set("names", "compound"):
        return 0
    given = dictionary_tag(name[1:]) if len(name) == 3 else None
    return 2 if given is not None and not given.startswith("nr") else 1


def is_plainly_a_name(name: str) -> bool:
    """False for a surname that begins common words, and where words stand in it: 于当天, 高兴地.

    >>> is_plainly_a_name("柏远山"), is_plainly_a_name("高兴地")
    (True, False)
    """
    given = dictionary_tag(name[1:]) if len(name) == 3 else None
    listed = name[0] in chars("names", "surnames") or name[:2] in word_set("names", "compound")
    known = listed or (len(name) > 3 and pattern("names", "parts").match(name) is not None)
    return known and not doubt_of(name) and not (given or "n").startswith(_NO_GIVEN)


def is_barred(name: str, known: tuple[str, ...]) -> bool:
    """True for a name with a letter that given names do not have, unless a post vouched for it before."""
    if "·" in name or name in known or pattern("names", "parts").match(name):
        return False
    return not chars("names", "barred").isdisjoint(name[1:])


def begins_place(text: str, start: int, end: int) -> bool:
    """True if what looks like a name is the beginning of a county's.

    >>> begins_place("麦盖提县召开会议", 0, 2), begins_place("柏远提出要求", 0, 2)
    (True, False)
    """
    return any(text[start : end + more] in gazetteer().by_name for more in (1, 2))


def is_prefecture(name: str) -> bool:
    """True for the short name of a prefecture: 宿迁, 安阳."""
    return any(place.level == "prefecture" for place in gazetteer().by_short.get(name, ()))


def doubt_of(name: str) -> int:
    """0 for a sure name, 1 for one that begins like common words, 2 for one that is a word itself.

    >>> doubt_of("柏远山"), doubt_of("支出拟"), doubt_of("方案")
    (0, 1, 2)
    """
    if "·" in name:
        return 0
    tag = dictionary_tag(name)
    if name.endswith("镇") or (len(name) == 3 and is_prefecture(name[:2])):
        return 2  # 衡阳一(所学校)
    if (tag is not None and not tag.startswith("nr")) or governs(name):
        return 2
    short = tag is not None and len(name) == 2  # 周密, 高峰: words, too
    shy = name[0] in chars("names", "shy")
    return 1 if short or shy or _begins_as_word(name) else 0


def governs(name: str) -> bool:
    """True for a surname that is a verb with a thing behind it.

    >>> governs("管武装"), governs("管清远")
    (True, False)
    """
    return name[0] in chars("names", "governing") and dictionary_tag(name[1:]) in _GOVERNED


def _begins_as_word(name: str) -> bool:
    """True for three characters of which the first two are a word: 支出拟, 计票员."""
    tag = dictionary_tag(name[:2]) if len(name) == 3 else None
    return tag is not None and not tag.startswith(_NAMES)


def is_said(tag: str, text: str, end: int) -> bool:
    """True for an adverb, and for a verb unless whoever it would be chairs or came: 归纳说, 束腰主持.

    No adverb stands before a mark: 组织部部长何来、
    """
    if tag.startswith("v"):
        return pattern("verbs", "host", "attend").match(text, end) is None
    closed = tag in ("d", "ad") and text[end : end + 1] in _MARKS
    return tag in _NO_NAME and not closed


def is_unknown_long(name: str) -> bool:
    """True for four characters or more without a dot, a compound surname or a known part at the start, or
    behind a surname: 陈阿古拉."""
    if len(name) < 4 or "·" in name or name[:2] in word_set("names", "compound"):
        return False
    parts = pattern("names", "parts")
    return parts.match(name) is None and parts.fullmatch(name, 1) is None


def heads_a_row(text: str, place: int, end: int) -> bool:
    """True if two names more follow what may be a word, each with another surname.

    >>> heads_a_row("舒畅、裘敏、秦笙", 0, 2), heads_a_row("包河、包渠、包泵", 0, 2)
    (True, False)
    """
    firsts = {text[place]}
    for _ in range(2):
        following = read_name(text, end + 1) if text[end : end + 1] == "、" else None
        if following is None or text[end + 1] in firsts or dictionary_tag(text[end + 1 : following]):
            return False
        firsts.add(text[end + 1])
        end = following
    return True


def end_between(text: str, place: int) -> int | None:
    """The end of a name without a surname that the dictionary knows, before one more name: 宝玉、柏远."""
    end = text.find("、", place + 2, place + 4)
    known = end > 0 and (dictionary_tag(text[place:end]) or "").startswith("nr")
    return end if known and read_name(text, end + 1) else None


def is_apart(name: str) -> bool:
    """True if the dictionary sees no word in a name but a given one: 倪发科, not 党建科."""
    import rjieba

    parts = rjieba.cut(name, False)
    return len(parts) == len(name) or (len(parts) == 2 and may_be_name(parts[1]))


def is_towards(text: str, place: int, end: int) -> bool:
    """True if what looks like a name is 向 and to whom something is given: 向新|任命人员颁发."""
    given = _TOWARDS.match(text, place) if text[place] == "向" else None
    if given is None or given.start("verb") <= end:
        return False
    return text[end] not in _GOES_ON or _TO_THOSE_IN.match(text, place) is not None
