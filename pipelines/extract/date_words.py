"""Written dates in running text: where they stand, what they say, which cannot be a meeting's day.

A mention says no more than its words do: 3日 has a day and no month, 昨天 an offset and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

Kind = Literal["date", "day", "run", "relative", "weekday", "same", "vague"]

_B = r"[ \u3000\xa0]{0,2}"
_YEAR = r"(?:19|20)\d\d|[一二][九〇零○OＯ][〇零○OＯ一二三四五六七八九]{2}"
_MONTH = r"1[0-2]|0?[1-9]|十[一二]?|[元一二三四五六七八九]"
_DAY = r"3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]"
_OFFSETS = {"今": 0, "昨": -1, "前": -2}
_WEEKDAYS = "一二三四五六日天"

_N31 = r"3[01]|[12]\d|0?[1-9]"

MENTION = re.compile(
    rf"""
    (?=[\d元一二三四五六七八九十民今本去上前昨这周星礼当同次翌第日近连最不月中下（(])(?:
    (?<!\d)(?P<y1>(?:19|20)\d\d){_B}(?P<sep>[-/.]){_B}(?P<m1>1[0-2]|0?[1-9])(?P=sep)(?P<d1>{_N31})(?!\d)
  | (?<!\d)(?P<d2>{_N31})\.(?P<m2>1[0-2]|0?[1-9])\.(?P<y2>(?:19|20)\d\d)(?!\d)
  | (?:(?<![\d一二九〇零○OＯ])(?P<y>{_YEAR}){_B}年{_B}
      | 民[国國]{_B}(?P<roc>1?\d\d){_B}年{_B}
      | (?<!\d)[（(]?(?P<roc3>1[0-4]\d)[）)]?{_B}年{_B}(?=\d)
      | (?P<thisyear>今年|本年|去年|上年|前年){_B}
    )?
    (?<![\d一二三四五六七八九十])(?P<m>{_MONTH}){_B}月{_B}(?P<d>{_DAY}){_B}(?:[日号號](?![报均常子产])|(?=[-—–~～至]{_B}(?:{_N31}){_B}[日号號])|(?=[上下]午|晚))
  | (?<!\d)(?P<y3>20[0-3]\d)年?(?P<run3>\d{{2,4}})(?:日|(?=[上下]午))
  | (?P<monthword>本月|上个?月){_B}(?P<d4>{_DAY}){_B}[日号號]
  | (?P<near>[今昨前])[天日晚早晨夜]?{_B}
    [（(](?:(?P<m5>{_MONTH}){_B}[月/]{_B})?(?P<d5>{_DAY}){_B}[日号號]?[）)][天日晚早]?
  | (?<![从到如至当目以之此日])(?P<offset>[今昨前])
    (?:[天日晚早晨夜](?![一-鿿]{{2,4}}(?:网|讯|报社|融媒))(?![前报益新复后起的]|[，,]?我们|会议)|(?=[（(]|[上下中]午|召开|举行|主持))
  | (?P<weekday>(?P<lastweek>上)?(?:本|这)?(?:周|星期|礼拜)(?P<wd>[{_WEEKDAYS}]))(?![至到、])
  | (?<![\d一二三四五六七八九十月])(?P<d6>{_N31}){_B}(?:日(?![均报常子产游志元用程本])|号(?=[上下]午|晚上))
  | (?<![\d.])(?P<run>[1-9]\d{{2,3}}|(?<![一-鿿])(?:3[2-9]|[4-9]\d)(?=日))
    (?:日(?=[上下中]午|晚|[,，]|召开|举行)|(?=[上下中]午|傍?晚))
  | (?P<same>当[日天晚](?!前)|同[日天]|同一天)
  | (?P<nextday>次日|翌日|第二天)
  | (?P<vague>日前|近日|近期|近来|连日来|最近|不久前|前不久|前段时间|前些天|月初|[上中下]旬)
    )
    """,
    re.VERBOSE,
)
_NOT_AFTER = re.compile(
    r"[ \u3000]{0,2}(?:起|(?:之|以)?前(?!后|往|去|夕)|以来|至今|以?内|之内"
    r"|[^，。；,;\n]{0,8}(?:印发|下发|颁布|施行|生效|公布|出台|发布(?!会)|发生的|爆发的))"
)
_NOT_BEFORE = re.compile(
    r"(?:[定拟将订改]于|将在|计划[于在]?|截[至止]到?|不迟于|不晚于|推迟[到至]|延期[到至]"
    r"|决定[于在]?|预计|力争|自|从|到|至|[生建立起始]于"
    r"|(?:传达|学习|贯彻|落实|根据|按照|依据|结合)[了好]?)[ \u3000]{0,2}$"
)
_RANGE_BEFORE = re.compile(r"(?:[日号]|\d)[ \u3000]{0,2}(?:至|到|[-—－~～、和及]{1,2})[ \u3000]{0,2}$")
_DATELINE_AFTER = re.compile(
    r"[ \u3000]{0,2}(?:[上下中]午|晚)?[ \u3000]{0,2}(?:讯|[专急]?电(?![话视力影器子])|消息|报道)"
)
_WIDE = re.compile("[０-９]")
_NARROW = {ord("０") + digit: str(digit) for digit in range(10)}
_HEADS = frozenset(" \n\t\u3000，。；：！？）)】”讯电")
_QUOTED = re.compile(r"《[^《》\n]{0,200}》?")


@dataclass(frozen=True, slots=True)
class Mention:
    """A date as written. ``offset`` counts days from the day of writing (``same``: from the last date).

    ``run``: the month's sign is lost (1017日, 42日), ``day`` holds all digits. ``dateline``: 本报1月22日讯;
    ``head``: it opens a clause, as the day of what is told does.
    """

    kind: Kind
    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    offset: int = 0
    dateline: bool = False
    head: bool = False


def mentions(text: str, start: int = 0, end: int | None = None) -> Iterator[Mention]:
    """The dates written in ``text[start:end]`` that can be the day of what is told, in order.

    Left out: dates inside 《》, the end of a range, deadlines (3日前), dates to come (定于…), dates of
    documents.

    >>> [(m.kind, m.month, m.day) for m in mentions("8月19日,会议决定8月24日召开常委会。")]
    [('date', 8, 19)]
    """
    end = len(text) if end is None else end
    if _WIDE.search(text, start, end):
        text = text.translate(_NARROW)
    titles = [found.span() for found in _QUOTED.finditer(text, start, end)]
    passed = 0
    for found in MENTION.finditer(text, start, end):
        at, after = found.span()
        while passed < len(titles) and titles[passed][1] <= at:
            passed += 1
        if passed < len(titles) and titles[passed][0] <= at:
            continue
        before = text[max(start, at - 12) : at]
        if _RANGE_BEFORE.search(before) or _NOT_BEFORE.search(before) or _NOT_AFTER.match(text, after):
            continue
        head = at == 0 or text[at - 1] in _HEADS
        mention = _read(found)
        dateline = _DATELINE_AFTER.match(text, after) is not None
        yield replace(mention, dateline=dateline, head=head) if head or dateline else mention


@cache
def numerals() -> dict[str, int]:
    """Chinese numerals from 一 to 三十一.

    >>> numerals()["十"], numerals()["二十三"], numerals()["三十"]
    (10, 23, 30)
    """
    digits = " 一二三四五六七八九"
    tens = ["", "十", "二十", "三十"]
    return {(tens[n // 10] + digits[n % 10]).strip(): n for n in range(1, 32)}


def year_of(text: str) -> int:
    """A year written in digits or in Chinese numerals.

    >>> year_of("2021"), year_of("二〇二一")
    (2021, 2021)
    """
    digits = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | dict.fromkeys(
        "零○OＯ", "0"
    )
    return int("".join(digits.get(char, char) for char in text))


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if text.isdigit() else numerals()["一" if text == "元" else text]


def _read(found: re.Match[str]) -> Mention:
    """The mention that a match of ``MENTION`` stands for."""
    group = found.groupdict()
    at, after = found.span()
    day = _number(group["d"] or group["d1"] or group["d2"] or group["d5"])
    month = _number(group["m"] or group["m1"] or group["m2"] or group["m5"])
    if month is not None and day is not None:
        return Mention("date", at, after, _year(group), month, day, _year_shift(group))
    if group["near"] or group["d6"] or group["d4"]:
        shift = -1 if (group["monthword"] or "").startswith("上") else 0
        day = day or _number(group["d6"] or group["d4"])
        return Mention("day", at, after, day=day, offset=shift)
    if group["run3"]:
        return _of_run(found)
    if group["run"]:
        return Mention("run", at, after, day=int(group["run"]))
    if group["weekday"]:
        number = min(_WEEKDAYS.index(group["wd"]), 6)
        return Mention("weekday", at, after, day=number, offset=-1 if group["lastweek"] else 0)
    if group["offset"]:
        return Mention("relative", at, after, offset=_OFFSETS[group["offset"]])
    if group["vague"]:
        return Mention("vague", at, after)
    return Mention("same", at, after, offset=1 if group["nextday"] else 0)


def _of_run(found: re.Match[str]) -> Mention:
    """2021910日, whose signs are lost: the one month and day that it spells, else no more than 日前."""
    digits = int(found["run3"])
    parts = [(digits // split, digits % split) for split in (10, 100)]
    days = [(month, day) for month, day in parts if 1 <= month <= 12 and 1 <= day <= 31]
    if len(days) != 1:
        return Mention("vague", *found.span())
    return Mention("date", *found.span(), year_of(found["y3"]), *days[0])


def _year(group: dict[str, str | None]) -> int | None:
    written = group["y"] or group["y1"] or group["y2"]
    if written:
        return year_of(written)
    republic = group["roc"] or group["roc3"]
    return 1911 + int(republic) if republic else None


def _year_shift(group: dict[str, str | None]) -> int:
    """-1 for 去年, -2 for 前年; such a year counts from the year of writing, like 今年."""
    return {"去年": -1, "上年": -1, "前年": -2}.get(group["thisyear"] or "", 0)
