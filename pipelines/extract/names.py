"""Where a person's name ends: surnames, compound surnames, names with ·, minority names, names with a blank.

The list of surnames proposes, the words behind the name decide: 吴湛 in 吴湛出席, 韩玉会 in 韩玉会出席.
"""

from __future__ import annotations

import re
from functools import cache

from pipelines.extract.dictionary import dictionary_tag
from pipelines.extract.regions.gazetteer import gazetteer
from pipelines.extract.words import chars, name_ends, name_starters, pattern, word_set, words

_HAN = "㐀-鿿"
_DOTTED = re.compile(rf"[{_HAN}]{{1,8}}(?:[ \u3000]?[·•・‧][ \u3000]?[{_HAN}]{{1,8}}){{1,3}}")
_BLANK_VERB = re.compile(rf"([{_HAN}])[ \u3000]{{1,4}}([{_HAN}])")
_HAN_LETTER = re.compile(rf"[{_HAN} \u3000{'·•・‧'}]")
_DOTS = "·•・‧"
_DOT = re.compile(f"[{_DOTS}]")
_WORD = re.compile(rf"[{_HAN}A-Za-z{_DOTS}]")
_SAYS = re.compile(
    r"到会|出席|应邀|主持|参加|列席|同志|强调|指出|要求|讲话|作|在|等|说|介绍|通报|宣布|委托|托付|分别|先后|共同|一同|随后|最后|首先|就"
)
_NO_LAST = frozenset("说讲要等是道副则也")
_WILL = re.compile("要(?:主持|强调|指出,|要求|出席|参加)")  # 彭纲要主持: no one reports what people will do
_BUSY = re.compile("在(?:[省市京外]|北京|国外|学习|开会|参加|出差|赶|前往)")  # 官庄正在省里参加会议
_TRANSITIVE = frozenset("将由任作做致看带就在与于到受因未所从以对并还率且向")
_JOINING = frozenset("和及与")  # 胡宁和秘书长柏远
_NEVER_FIRST = _NO_LAST | _TRANSITIVE | frozenset("有赴请让叫邀派被")
_CLOSES = frozenset(["", "、", ",", "。", ";", ")", "\n"])  # what never follows the words above
_PHRASE_TAGS = frozenset(["v", "vn", "m", "t"])  # nouns are found in real names: 买买提, 木格
_MEDIA = re.compile("报|新闻|网|讯|电视")
_LED = re.compile("(?:副?[组团队会]长|主任|总?指挥长?)的")  # 以县长柏远为组长的工作组
_OLD = re.compile("老(?:先生|师|[,、。;围指说向在对就结]|$)")  # 庄老围绕…
_TOGETHER = re.compile("分别|先后|共同|一同|应邀")
_WHOLE = 3  # characters of a part that is a name by itself: 道尔吉
_JOINS = frozenset("的了们和与及员由受")  # no part of a name with a dot
_HEADED = frozenset("县市区省镇乡局厅院校科处所站队组村会社部州旗盟")  # before 长 a post: 袁镇长
_PLACES = frozenset("市州")  # 市海洋(局); what else begins a unit is barred from names
_ROLES = ("host", "instruct", "report", "attend")


def ends_well(text: str, end: int) -> bool:
    """True if a name may end at ``end``: a boundary or a word that follows names stands there.

    >>> ends_well("吴湛出席会议", 2), ends_well("吴湛出席会议", 3)
    (True, False)
    """
    return name_ends().match(text, end) is not None


def read_name(text: str, start: int, *, titled: bool = False) -> int | None:
    """The end of the name that starts at ``text[start]``, or None.

    ``titled`` means that a post stands right before it: rarer surnames and shapes are then believed.

    >>> text = "县委书记吴湛出席会议"
    >>> text[4:read_name(text, 4, titled=True)]
    '吴湛'
    """
    if start >= len(text):
        return None
    first = text[start]
    if not "㐀" <= first <= "鿿":
        return None
    if not titled and first not in name_starts() and not _DOT.search(text, start + 1, start + 9):
        return None
    if not _HAN_LETTER.match(text, start + 1) or _OLD.match(text, start + 1):
        return None
    word = name_starters().match(text, start)
    if word and not (titled and word[0] in gazetteer().by_short):
        return None  # but 主任许昌发
    hyphen = titled and text.find("-", start, start + 9) > 0  # 主席玉素甫江-阿不都热西提
    return (
        _dotted(text.replace("-", "·") if hyphen else text, start, titled)
        or _blank(text, start, titled)
        or _compound(text, start)
        or _covered(text, start, titled)
        or (_plain(text, start, titled) if first in chars("names", "surnames") else None)
        or (_half_covered(text, start) or _unlisted(text, start) if titled else None)
    )


@cache
def name_starts() -> frozenset[str]:
    """Every character that a name without a dot may begin with, unless a post or a list vouches for it."""
    several = (*words("names", "compound"), *words("names", "parts"))
    return chars("names", "surnames") | {word[0] for word in several}


def _dotted(text: str, start: int, titled: bool) -> int | None:
    match = _DOTTED.match(text, start) if _DOT.search(text, start + 1, start + 9) else None
    if match is None:
        return None
    last = max(text.rfind(dot, start, match.end()) for dot in _DOTS)
    verb = _SAYS.search(text, last + 2, match.end())
    ends = range(verb.start() if verb else match.end(), last + 1, -1)
    sound = (
        end
        for end in ends
        if ends_well(text, end)
        and _JOINS.isdisjoint(text[start:end])
        and text[end - 1 : end + 1] not in word_set("names", "one_word")
        and not text[end : end + 1].isdigit()  # 某某·甘肃日报兰州8月11日讯
        and not (_MEDIA.search(text, start, end) or text.startswith("以及", end - 1))
    )
    return next((end for end in sound if not _is_phrase(text[start:end], titled)), None)


def _is_phrase(name: str, titled: bool) -> bool:
    """True if a dictionary finds words in what stands around the dot: 第十届论坛·文化活动周.

    Known parts of names are no words, whatever the dictionary sees in them (热合 in 热合曼); behind a post
    words of time are none (夏日仓·久美).
    """
    import rjieba

    rest = pattern("names", "parts").sub("·", name)
    tags = _PHRASE_TAGS - {"t"} if titled else _PHRASE_TAGS
    return any(len(word) > 1 and tag in tags for word, tag in rjieba.tag(rest, False))


def _is_torn(text: str, second: int) -> bool:
    """True if a given name of two letters, no word, ends one letter behind ``second``: 厅长张 泽民主持.

    But no longer name where one ends at ``second``: 县政协主席廖 斌等.
    """
    given = text[second - 1 : second + 1]
    if ends_well(text, second) or not ends_well(text, second + 1) or not _WORD.match(given, 1):
        return False
    return (dictionary_tag(given) or "n").startswith("n")


def _blank(text: str, start: int, titled: bool) -> int | None:
    match = _BLANK_VERB.match(text, start) if text[start + 1 : start + 2] in (" ", "\u3000") else None
    if match is None or match[1] not in chars("names", "surnames") or match[2] in chars("names", "barred"):
        return None
    end = match.end() + (titled and _is_torn(text, match.end()))
    behind = end >= len(text) or text[end] in " \u3000" or ends_well(text, end)
    return end if behind else None


def _fits(text: str, start: int, given: int, end: int, titled: bool = False) -> bool:
    """True if ``text[given:end]`` can be a given name with a sound boundary behind it."""
    if (
        end > len(text)
        or name_ends().match(text, end) is None
        or (text[end - 1 : end + 1] in word_set("names", "one_word") and not text.startswith("主持", end))
        or (text[end - 1] in "网报" and text[end : end + 1].isdigit())  # 龙港网3月22日讯
        or text.startswith("*", end)  # 李广*, a letter of his name left out
        or (text[end - 1] == "正" and end - start > 2 and _BUSY.match(text, end) is not None)
        or (text[end - 1] in _NO_LAST and not (titled and _goes_on(text, end)))
        or (_governs(text, end) and not (titled and _acts(text, end)))
        or (text[end - 1] in _JOINING and _is_person(text, end))
        or text.startswith(("大会", "大和尚", "会召开", "会举行", "会举办", "主任", "主席"), end - 1)
        or text.startswith(("会议", "例会"), end - 2)
        or (text[end - 1] == "长" and text[end - 2] in _HEADED)
        or (text[end - 1] in _HEADED and text.startswith(text[end - 1], end))  # 市民|宗局|局长
        or (text[end - 1] == "为" and _LED.match(text, end) is not None)
    ):
        return False
    barred = chars("names", "function" if titled else "barred")
    if text[end - 1] == "那" and titled and end - start > 2:
        end -= 1  # 巴根那, 乌恩那: at the end of a name behind a post 那 is no pronoun
    return all("㐀" <= char <= "鿿" and char not in barred for char in text[given:end])


def _goes_on(text: str, end: int) -> bool:
    """True if a name may end in what else is a verb: 彭纲要主持, 孙彰道致开幕词."""
    if _WILL.match(text, end - 1):
        return True
    return text[end - 1] == "道" and pattern("verbs", *_ROLES).match(text, end) is not None


def _governs(text: str, end: int) -> bool:
    """True if what ends there is a preposition or a verb with its object behind it."""
    return text[end - 1] in _TRANSITIVE and text[end : end + 1] not in _CLOSES


def _acts(text: str, end: int) -> bool:
    """True for a name that ends in 任 or 于 before what its bearer does: 副书记郑木任部署工作."""
    if text[end - 1] not in "任于" or text.startswith("主持人", end):
        return False
    return pattern("verbs", *_ROLES).match(text, end) is not None


def _is_person(text: str, at: int) -> bool:
    """True if a post with a name begins there."""
    head = pattern("posts", "heads").match(text, at)
    return head is not None and read_name(text, head.end(), titled=True) is not None


def _compound(text: str, start: int) -> int | None:
    if text[start : start + 2] not in word_set("names", "compound"):
        return None
    return next((start + n for n in (4, 3) if _fits(text, start, start + 2, start + n)), None)


def _plain(text: str, start: int, titled: bool) -> int | None:
    if (
        text[start + 1 : start + 3] in word_set("names", "address")
        or text[start + 2 : start + 3] == text[start]
    ):
        return None  # 王主任; 边走边谈
    for length in (3, 2):
        if _fits(text, start, start + 1, start + length, titled):
            if text[start] == "从" and not pattern("verbs", *_ROLES).match(text, start + length):
                continue  # 负责人从备课、上课两方面提出要求
            name = text[start : start + length]
            if length == 2 and (name in word_set("names", "words") if titled else name[1] == "家"):
                continue  # 宋家代表团
            return start + length
    return None


def _covered(text: str, start: int, titled: bool) -> int | None:
    """A name made of known parts of minority names: two or more, the last may be one character more.

    One part is enough behind a post or in a list (副县长德吉、), unless a place has that name.
    """
    if text[start] not in _part_starts():
        return None
    end, count = start, 0
    parts = pattern("names", "parts")
    while count < 6 and (part := parts.match(text, end)):
        end, count = part.end(), count + 1
    alone = titled and count == 1 and text[start:end] not in gazetteer().by_short
    if (count >= 2 or end - start >= _WHOLE or alone) and ends_well(text, end):
        return end
    if count >= 1 and _fits(text, start, end, end + 1) and not pattern("posts", "after").match(text, end):
        return end + 1
    return None


@cache
def _part_starts() -> frozenset[str]:
    """Every character that a part of a minority name begins with."""
    return frozenset(word[0] for word in words("names", "parts"))


def _half_covered(text: str, start: int) -> int | None:
    """Behind a post: a name of four characters of which one half is a known part (罗松多吉, 洛桑久美)."""
    if _part_starts().isdisjoint((text[start], text[start + 2 : start + 3])):
        return None
    parts = pattern("names", "parts")
    halves = any(part and part.end() - part.start() == 2 for part in _both(parts, text, start))
    if not halves or not _fits(text, start, start, start + 4):
        return None
    last = dictionary_tag(text[start + 2 : start + 4]) or "nr"
    return start + 4 if last.startswith("n") else None  # not 斯琴应邀


def _both(parts: re.Pattern[str], text: str, start: int) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    return parts.match(text, start), parts.match(text, start + 2)


def _unlisted(text: str, start: int) -> int | None:
    """Right behind a post: a name whose surname is in no list, if the dictionary sees no word in it."""
    if text[start] in _NEVER_FIRST or text[start] in word_set("verbs", "adverbs"):
        return None  # 等领导还为, 干部等共200人
    if text.startswith(("会", text[start]), start + 2):
        return None  # 市委常委议军会, 干部边走边讲
    given = start + (text[start] == "区")  # a surname, but no part of a given name
    for length in (3, 2):
        if _fits(text, start, given, start + length):
            import rjieba

            tokens = rjieba.cut(text[start : start + length + 2], False)
            split = all(len(token) == 1 for token in tokens[:length])
            rare = (
                length == 3 and text[start] not in _PLACES and text[start] not in chars("names", "surnames")
            )
            if split or (rare and _is_given(tokens)):
                return start + length
    return next((start + n for n in (4, 5, 6) if _is_long_name(text, start, start + n)), None)


def _is_given(tokens: list[str]) -> bool:
    """True for a letter and a given name that the dictionary knows as a name: 邳海燕."""
    return [len(token) for token in tokens[:2]] == [1, 2] and dictionary_tag(tokens[1]) in ("nr", "nz", "ns")


def _is_long_name(text: str, start: int, end: int) -> bool:
    """True for a name of 4 to 6 characters without a dot in which the dictionary sees no word but names."""
    import rjieba

    if text[start] in _NEVER_FIRST or not _fits(text, start, start, end):
        return False
    done = _TOGETHER.match(text, end) or pattern("verbs", *_ROLES).match(text, end)
    titled = text.startswith("同志", end)
    if end < len(text) and _WORD.match(text, end) and not (done or titled):
        return False
    return all(
        len(word) == 1 or tag in ("nr", "nz", "nrt") for word, tag in rjieba.tag(text[start:end], False)
    )
