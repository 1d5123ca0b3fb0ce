"""Labelled fields of a line (发布时间:…来源:…记者:…), run together or not, labels with blanks or not."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from pipelines.clean.names import is_name, is_organisation, load_words

LONGEST_LINE = 300  # characters; longer lines are text
_LONGEST_DATED = 120  # characters of a line whose labels may lack their colon
_FOREIGN = 4  # characters before the first field that are no date and no tool
_COLON = re.compile(r"[:：]")
_BAR = re.compile(r"[|｜丨/／](?= ?[\u4e00-\u9fffA-Za-z])")
_BARE = re.compile(
    r"(?:^|[|｜丨])\s*(来源于|来源|稿源|发表于|发布于|作者)\s*(?=[\u4e00-\u9fffA-Za-z\d])"
    r"|(?<=\d)\s+(来源|稿源|作者)\s+(?=[\u4e00-\u9fffA-Za-z])"
)
_BOXED = re.compile(r"【([\u4e00-\u9fff]{2,5})】[:：]?\s?(?=[^\s:：])")
_BEFORE_BAR = " \t\u3000\xa0】"
_LONGEST_LABEL = 14  # characters, blanks included
_DATE = re.compile(
    r"\d{2,4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?[T ]?"
    r"\s*(?:\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{1,2}秒?)?)?"
)
_STAMP = re.compile(r"\s*20\d\d-\d{1,2}-\d{1,2}(?!\d)")
_HEADLINE = 12  # characters of a headline that runs into its byline
_TIMED = re.compile(r"\d[:：]\d{2}")
_SITE = re.compile(r"[\u4e00-\u9fff]{0,16}\s*(?:https?://|www\.)[\w./-]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LEFTOVER = re.compile(r"[^\w\u4e00-\u9fff]+|[\d_]+")
_TRIM = " \t\u3000\xa0|｜丨/／,，;；、.。·-—_:：[]【】()（）<>《》〔〕>»\"'“”"
_PAIRS = (("“", "”"), ("[", "]"), ("(", ")"), ("（", "）"), ("【", "】"), ("《", "》"))


class Field(NamedTuple):
    """One field: its kind (a key of ``[labels]``), its label, its value, and their place in the line."""

    kind: str
    label: str
    value: str
    start: int
    end: int


@cache
def _kinds() -> dict[str, str]:
    return {label: kind for kind, labels in load_words()["labels"].items() for label in labels.split()}


def label_kind(text: str) -> str | None:
    """The kind of field whose label a line is, alone and without a colon.

    >>> label_kind("• 发布日期"), label_kind("发布会")
    ('published', None)
    """
    return _kinds().get("".join(text[:_LONGEST_LABEL].strip(_TRIM + "•").split())) if text else None


@lru_cache(maxsize=1024)
def read_fields(text: str) -> tuple[Field, ...]:
    """The labelled fields of a line in order; the value of one ends where the next begins.

    >>> [(f.kind, f.value) for f in read_fields("2021年01月23日13:29来 源:青溪日报 记 者:柏远")]
    [('source', '青溪日报'), ('reporters', '柏远')]
    >>> [(f.label, f.value) for f in read_fields("[ 作者:本站 | 发布时间:2020-11-17 | 浏览:41次 ]")]
    [('作者', '本站'), ('发布时间', '2020-11-17'), ('浏览', '41次')]
    >>> [(f.label, f.value) for f in read_fields("发表于2021-08-24 21:30| 来源青溪网| 作者柏远")]
    [('发表于', '2021-08-24 21:30'), ('来源', '青溪网'), ('作者', '柏远')]
    """
    if len(text) > LONGEST_LINE:
        return ()
    places = _find_labels(text)
    ends = [start for _, start, _ in places[1:]] + [len(text)]
    return tuple(
        Field(_kinds()[label], label, trim(text[after:end]), start, end)
        for (label, start, after), end in zip(places, ends, strict=False)
    )


def _find_labels(text: str) -> list[tuple[str, int, int]]:
    """Labels in order: their spelling without blanks, their start, and where their value begins."""
    colons = [found for mark in _COLON.finditer(text) if (found := _label_before(text, mark))]
    taken = [range(start, after) for _, start, after in colons]
    bars = [
        found
        for mark in _BAR.finditer(text)
        if not any(mark.start() in span for span in taken)
        and (found := _label_before(text, mark))
        and (found[1] == 0 or (len(found[0]) > 1 and text[found[1] - 1] in _BEFORE_BAR))
    ]
    taken += [range(start, after) for _, start, after in bars]
    out: list[tuple[str, int, int]] = []
    others = _bare_labels(text, taken) + _boxed_labels(text)
    for label, start, after in sorted(colons + bars + others, key=lambda place: place[1]):
        glued = start >= _HEADLINE and _STAMP.match(text, after)  # …研讨会时间:2025-03-04
        if out or label not in _weak() or not _HAN.match(text[start - 1 : start]) or glued:
            out.append((label, start, after))
    return out


def _boxed_labels(text: str) -> list[tuple[str, int, int]]:
    """Labels in brackets, two or more of them: 【日期】1986-04-04　【版次】01　【作者】柏远."""
    boxes = list(_BOXED.finditer(text)) if text.count("】") > 1 else []
    known = [(box[1], box.start(), box.end()) for box in boxes if box[1] in _kinds()]
    return known if len(known) > 1 else []


def _bare_labels(text: str, taken: list[range]) -> list[tuple[str, int, int]]:
    """Labels without a colon in a dated line: 发表于2014-08-24 21:30| 来源青溪网| 作者柏远."""
    if len(text) > _LONGEST_DATED or "，" in text or "。" in text or not _DATE.search(text):
        return []
    found = [
        (mark[mark.lastindex or 1], mark.start(mark.lastindex or 1), mark.end())
        for mark in _BARE.finditer(text)
    ]
    return [(label, at, end) for label, at, end in found if not any(at in span for span in taken)]


def _label_before(text: str, mark: re.Match[str]) -> tuple[str, int, int] | None:
    """The longest label that ends at a mark, its own blanks left out."""
    found, spelled, kinds = None, "", _kinds()
    for at in range(mark.start() - 1, max(-1, mark.start() - 1 - _LONGEST_LABEL), -1):
        if text[at].isspace():
            continue
        spelled = text[at] + spelled
        if spelled in kinds:
            found = (spelled, at, mark.end())
    return found


@cache
def _weak() -> frozenset[str]:
    """Labels that are the end of other words (会议时间:, 全文:)."""
    return frozenset(load_words()["words"]["weak"].split())


def trim(value: str) -> str:
    """A value without the marks around it; a bracket that belongs to the value stays.

    >>> trim(" ：青溪日报 】 |"), trim("游民青溪[整理]"), trim("“青云”青溪平台")
    ('青溪日报', '游民青溪[整理]', '“青云”青溪平台')
    """
    value = value.strip(" \t\u3000\xa0:：|｜丨")
    inner = value.strip(_TRIM)
    for opening, closing in _PAIRS:
        if inner.count(opening) > inner.count(closing) and value.find(inner + closing) >= 0:
            return inner + closing
        if inner.count(closing) > inner.count(opening) and value.find(opening + inner) >= 0:
            return opening + inner
    return inner


@cache
def _tools() -> frozenset[str]:
    return frozenset(load_words()["words"]["tools"].split())


@lru_cache(maxsize=1024)
def is_byline(text: str) -> bool:
    """Whether a line holds nothing but fields, dates and the page's own tools.

    >>> is_byline("2022年09月22日15:06 | 来源:青溪日报"), is_byline("会议指出，来源：要讲清。各地要抓好")
    (True, False)
    >>> is_byline("(记者:柏远)9月27日，县长裘敏宁主持召开县政府第22次常务会议。")
    False
    """
    if len(text) > LONGEST_LINE:
        return False
    fields = read_fields(text)
    before = text[: fields[0].start] if fields else text
    if any("。" in field.value or len(field.value) > 60 for field in fields):
        return False
    if fields and len(fields[-1].value) > 20 and text.rstrip().endswith("。"):
        return False  # the first sentence behind a reporter in brackets
    rest = _SITE.sub(" ", before) if "://" in before or "www." in before else before
    rest = _DATE.sub(" ", rest)
    words = [word for word in _LEFTOVER.split(rest) if word]
    if words and not fields and _TIMED.search(text) and is_organisation(words[0]):
        return all(map(is_name, words[1:]))  # 2018-02-28 11:50 青溪新闻网 柏远山
    known = sum(word in _tools() for word in words)
    foreign = sum(len(word) for word in words if word not in _tools())
    return bool(fields or known or _DATE.search(text)) and foreign <= (_FOREIGN if fields else 0)
