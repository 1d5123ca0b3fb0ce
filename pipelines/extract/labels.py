"""Lists of minutes: what stands before the colon says the role (主持人:…, 出席:…, 请假:…)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from pipelines.extract.mentions import Mention, find_mentions
from pipelines.extract.names import read_name
from pipelines.extract.predicates import Act, Role, any_verb
from pipelines.extract.roles import Series
from pipelines.extract.words import pattern, table, words

_ROLES: Mapping[str, Role | None] = {
    "host": "host",
    "report": "speaker",
    "attend": "attendee",
    "absent": "absent",
    "none": None,
}
_BODY = re.compile(
    r"(?:^|(?<=[、,:; ])|(?<=的有)|(?<=还有))(?:办公室|[㐀-鿿]{1,12}?"
    r"(?:政府|厅|局|办|办公室|委|处|科|院|部|公司|中心|站|队|镇|乡|街道|村))"
    r"(?=(?P<name>[㐀-鿿]{2,3}|[㐀-鿿] [㐀-鿿])(?:[、,;。( ]|$))"
)
LABELLED, BELOW = "labelled", "below_label"
"""Rules: people in the line of a label, people in a line below it."""
_LONGEST_LINE = 80  # characters of a line of people below a label, or behind one without a colon
_NO_LIST = re.compile(r"[。;!?]|^[一二三四五六七八九十\d]{1,2}[、.]|^(?:会议|活动|主题|抄)[^:]{0,6}:")
WHO_CAME = ("参加会议的有", "出席会议的有", "列席会议的有")
"""What a sentence begins with that is a list without a colon."""
_MARK = re.compile("[、,;]")
_BLANKS = re.compile(r"[ \u3000\t]+")


@cache
def _labels() -> Mapping[str, Role | None]:
    groups = table("verbs")["labels"]
    return {label: _ROLES[group] for group, some in groups.items() for label in some.split()}


@cache
def _label() -> re.Pattern[str]:
    longest_first = sorted(_labels(), key=lambda label: (-len(label), label))
    every = "|".join(r"[ \u3000]*".join(label) for label in longest_first)
    begin = "".join(sorted({label[0] for label in longest_first}))
    counted = r"应[到出][^,:]{1,8},?[^:,]{0,4}实[到出][^:]{1,6}"  # 应到7人,实到6人
    counted += r"|(?:参加|出席|列席)(?:会议|大会|座谈会)的[省市县区州旗院校厅局]?领导(?:同志)?还?有"
    return re.compile(
        rf"(?=[{begin} \u3000应一二三四五六七八九十\d])[ \u3000]*"
        rf"(?:[一二三四五六七八九十\d]{{1,2}}[、.])?(?:({every})|{counted})"
        r"[ \u3000]*(?::|$|(?<=[的还]有)(?!关)|(?<=[㐀-鿿]{3}[ \u3000]))"  # a long label needs no mark
    )


def read_label(text: str, under: Series | None = None) -> Series | None:
    """The people of a labelled line with the role of its label, or None if ``text`` is no such line.

    A line of a label that has no part in the meeting (记录, 编辑) gives a series without acts. ``under`` is
    the labelled line before: when nobody stands in it, the lines below it list its people.

    >>> series = read_label("出席:柏远山 林 澈 裘敏宁")
    >>> [m.name for m in series.people], series.acts[0].role
    (['柏远山', '林 澈', '裘敏宁'], 'attendee')
    """
    short = len(text) <= _LONGEST_LINE or ":" in text or text.startswith(WHO_CAME)
    match = _label().match(text.rstrip()) if short else None
    if match is None:
        return _below(text, under) if under is not None else None
    label = _BLANKS.sub("", match[1] or "出席")
    role = _labels()[label]
    if role is None:
        return Series((), ())
    people = _people(text, match.end())
    if match[0][-1] in " \u3000" and (not people or _NO_LIST.search(text)):
        return None  # 参加人员 had to leave early
    return Series(people, (Act(role, LABELLED, label, max(0, match.start(1))),))


def labels_within(text: str) -> list[int]:
    """Where the labels of a line begin that stand behind a blank or a bracket: 主持:柏远　　记录:裘敏.

    >>> labels_within("主持:柏远　　记录:裘敏"), labels_within("出席:县长 柏远")
    ([7], [])
    """
    return [match.start() for match in _inside().finditer(text)] if ":" in text else []


@cache
def _inside() -> re.Pattern[str]:
    every = "|".join(sorted(_labels(), key=lambda label: (-len(label), label)))
    return re.compile(rf"(?<=[ \u3000)])(?:{every}):")


def go_on(text: str, label: Series) -> Series | None:
    """More of those who came, behind a ; in a labelled line; None where it tells of something else.

    >>> series = read_label("出席:副县长 柏远")
    >>> [m.name for m in go_on("办公室主任 裘敏", series).people], go_on("裘敏强调要抓紧", series)
    (['裘敏'], None)
    """
    if not _is_of_attendees(label) or any_verb().search(text):
        return None
    people = _people(text, 0)
    return Series(people, label.acts) if people else None


def _is_of_attendees(label: Series) -> bool:
    return any(act.role == "attendee" for act in label.acts)


def _below(text: str, under: Series) -> Series | None:
    """A line of people below their label: 柏远　副县长, or 县水利局：裘敏　苏镕."""
    if not under.acts or len(text) > _LONGEST_LINE or _NO_LIST.search(text):
        return None
    people = _people(text, text.find(":") + 1)
    begun = bool(under.people) and all(act.rule != BELOW for act in under.acts)
    if begun and not (_is_of_attendees(under) and (_is_one(text, people) or _is_row(text, people))):
        return None
    return Series(people, tuple(Act(act.role, BELOW, act.verb, 0) for act in under.acts)) if people else None


def _is_one(text: str, people: tuple[Mention, ...]) -> bool:
    """True for a line that is one person and his post."""
    return (
        len(people) == 1 and people[0].title is not None and text.strip() == text[people[0].first :].rstrip()
    )


def _is_row(text: str, people: tuple[Mention, ...]) -> bool:
    """True for a line of units and names alone: 后勤处 柏远,人事处 裘敏."""
    items = [item for item in _MARK.split(text) if item.strip()]
    most = 0 < len(items) < 2 * len(people)  # a rare surname may be among them
    return most and ":" not in text and any_verb().search(text) is None


def _people(text: str, start: int) -> tuple[Mention, ...]:
    people = tuple(m for m in find_mentions(_listed(text, start)) if m.start >= start)
    if len(people) == 1 and (post := text[people[0].last :]).endswith(words("posts", "heads")):
        one = people[0]
        if one.title is None and post[0] in " \u3000":  # 柏远　副县长
            return (replace(one, title=post.strip(), rule="title_behind", last=len(text)),)
    return people


def _listed(text: str, start: int) -> str:
    """``text`` with blanks between names, and bodies before names, turned into 、 (省财政厅鲁萍).

    A blank inside a two-character name stays.
    """
    out = list(text.replace("”", "、"))
    if text[start - 1] in " \u3000":
        out[start - 1] = "、"
    for body in _BODY.finditer(text, start):
        named = read_name(text, body.start("name")) == body.end("name")
        if named and not pattern("posts", "heads").search(body["name"]):
            out[body.start() : body.end()] = "、" * (body.end() - body.start())
    text, inside = "".join(out), False
    gaps = list(_BLANKS.finditer(text, start))
    for number, gap in enumerate(gaps):
        before = gaps[number - 1].end() if number else start
        after = gaps[number + 1].start() if number + 1 < len(gaps) else len(text)
        if text[: gap.start()].endswith(words("posts", "heads")):
            continue  # 总经理 柏远
        last = _MARK.split(text[before : gap.start()])[-1]
        first = _MARK.split(text[gap.end() : after])[0]
        again = inside and not _MARK.search(text, before, gap.start())  # 柏 远 裘 敏: one letter, two blanks
        torn = _alone(last) and len(first) == 2  # 马 卫东: no name is one letter
        inside = not again and (torn or (_ends_alone(last) and _alone(first)))
        if not inside:
            out[gap.start() : gap.end()] = "、" * (gap.end() - gap.start())
    return "".join(out)


def _ends_alone(token: str) -> bool:
    """True for one character, or one behind a post: 副局长文 杰."""
    return _alone(token) or token[:-1].endswith(words("posts", "heads"))


def _alone(token: str) -> bool:
    """True for one character that no mark joins to a neighbour."""
    return len(token.split("(")[0].strip("、,;")) == 1
