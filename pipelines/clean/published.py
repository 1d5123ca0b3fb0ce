"""When a page was published: every date that a page states about itself, with its place; the best wins.

Each candidate speaks for its day with a weight; the day with most weight wins, and the most exact time that
speaks for this day is taken, what a reader sees before what the head says. Times are China's, without a zone.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from crawler.records import Evidence, Precision
from pipelines.clean.blocks import Block, PageBlocks
from pipelines.clean.fields import LONGEST_LINE, Field, read_fields
from pipelines.clean.headings import HEADINGS
from pipelines.clean.headlines import is_masthead
from pipelines.clean.moments import (
    Moment,
    find_moments,
    moment_in_url,
    moment_of_epoch,
    moment_without_year,
    without_day,
)
from pipelines.clean.names import has_role, is_organisation

_SEEN = frozenset({"label", "byline", "line"})
_MAKERS = frozenset({"source", "reporters", "editors"})  # beside whom a byline tells the day
_SCRIPT_DATE = re.compile(r'"(?:datePublished|pubDate|publishDate|uploadDate)"\s*:\s*"([^"]{8,40})"')
_COMMENT_DATE = re.compile(r"<(?:date|pubdate|publishtime)>([^<]{8,40})<", re.I)
_WEEKDAY = re.compile(r"(?:星期|周)[一二三四五六日天]")
_NOISE = re.compile(r"[\W\d_]+|星期|周")
_ADDRESS = re.compile(r"(?:https?://|www\.)[\x21-\x7e]+")
_TOOLS = re.compile(r"转藏|全屏|朗读|分享|收藏|举报|语音播报")
_EDITED = re.compile(r"\s*本[帖主]题?.{0,30}于.{8,20}(?:编辑|加入精华)\s*$")
_MOST_NOISE = 16  # characters beside the date of an unlabelled line
_LONGEST_LINE = 120
_OF_PAPER = re.compile(r"[ \u3000]*第[A-Z]?\d{1,3}版")  # 《青溪日报》（2024年10月23日 第03版）
_UPLOADS = 300  # blocks among which the time of upload is looked for
_UPLOADED = re.compile(
    r"(?:上传(?:时间|日期)|(?:上传|贡献|分享)于|审核时间|^(?:编辑于.{10,20}・)?(?:编辑|发布)于)\s*[:：]?\s*(?P<when>\d.{7,18})|于\s*(?=.{6,24}上传)(?P<at>\d.{7,18})上传"
    r"|(?P<on>\d{4}-\d{2}-\d{2})\s*发布于[一-鿿]"
    r"|(?<!\d)1楼\s?(?P<floor>\d{4}-\d{1,2}-\d{1,2}(?: \d{1,2}:\d{2})?)"
)
_WINDOW_PARTS = re.compile(r"\s*(?:--+|_|\|)\s*")
_TINY = 12  # characters of a block that may be a part of a date
_POSTED = "发表于"
_NUMBER = re.compile(r"\[\d+\]")
_EARLIEST = 1946  # pages of old papers are on the web
_SIGNED = 4  # lines at the end of a text among which it is dated
_MOST_SIGNED = 40  # characters of such a line, without blanks
_EDITION = re.compile(r"(?:第?[\dA-Z一二三四五六七八九十]{1,3}版)$")
_CLOSED = re.compile(r"[(（](?P<inner>[^()（）]{8,60})[)）]$")
_BRACKETED = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")  # the day of a speech, under its title
_WHEN = re.compile(r"(?:会议)?\s*时\s*间\s*[:：]")
_WHERE = re.compile(r"(?:会议)?\s*(?:地\s*点|主\s*持|出\s*席|参\s*[会加])\S{0,4}?\s*[:：]")


class Published(NamedTuple):
    """The time of publication in China's local time (naive), how exact it is, and all candidates."""

    at: datetime | None
    precision: Precision | None
    evidence: tuple[Evidence, ...]


class _Candidate(NamedTuple):
    rule: str
    moment: Moment
    place: str


class _Words(NamedTuple):
    metas: frozenset[str]
    weak_metas: frozenset[str]
    weights: dict[str, float]


@cache
def _words() -> _Words:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return _Words(frozenset(data["metas"].split()), frozenset(data["weak_metas"].split()), data["weights"])


def choose_published(
    page: PageBlocks,
    lines: Sequence[Block] = (),
    url: str = "",
    fetched_at: datetime | None = None,
    text: Sequence[Block] = (),
) -> Published:
    """Choose the time of publication from the head, the byline's ``lines``, the address, and the end of the
    ``text``, where documents are signed.

    Candidates after ``fetched_at`` (UTC when it names no zone) or before 1946 are dropped; midnight counts as
    no time of day.

    >>> lines = (Block(0, "2022年09月22日15:06 | 来源:青溪日报", "line 2", "line"),)
    >>> choose_published(PageBlocks(lines), lines)[:2]
    (datetime.datetime(2022, 9, 22, 15, 6), 'minute')
    >>> choose_published(PageBlocks(()), (), "http://example.com/zwyw/202001/t20200126_17.htm")[:2]
    (datetime.datetime(2020, 1, 26, 0, 0), 'day')
    """
    lines = [block for block in lines if not _is_agenda(page, block)]
    found = [
        *_in_lines(lines),
        *_without_year(lines, url),
        *_in_upload(page.blocks),
        *_in_head(page.metas),
        *_in_window(page.title_tag or ""),
        *_in_url(url),
        *_in_signature(text),
    ]
    latest = _local(fetched_at) if fetched_at else datetime.max
    found = [c for c in found if c.moment.at <= latest and c.moment.at.year >= _EARLIEST]
    if not found:
        return Published(None, None, ())
    day = _best_day(found)
    best = max((c for c in found if c.moment.at.date() == day), key=_rank)
    evidence = tuple(
        Evidence(
            "clean", "published", c.moment.text, c.rule, c.place, _words().weights[c.rule] / 4, c is best
        )
        for c in found
    )
    return Published(best.moment.at, best.moment.precision, evidence)


def _local(at: datetime) -> datetime:
    """A moment as China's wall clock; one without a zone is UTC, as the database keeps it."""
    return at.replace(tzinfo=None) - (at.utcoffset() or timedelta()) + timedelta(hours=8)


def _best_day(found: Sequence[_Candidate]) -> date:
    """The day that most speaks for; what the head says without a time of day, where a reader sees one to the
    minute, is its template's or a keeper's and counts half."""
    exact = any(c.rule in _SEEN and c.moment.precision != "day" for c in found)
    weights: dict[date, float] = {}
    for rule, same in groupby(sorted(found, key=lambda c: c.rule), key=lambda c: c.rule):
        half = exact and rule == "meta"
        for day, told in groupby(sorted(same, key=_day_of), key=_day_of):
            part = 0.5 if half and all(c.moment.precision == "day" for c in told) else 1.0
            weights[day] = weights.get(day, 0.0) + part * _words().weights[rule]
    order = list(dict.fromkeys(c.moment.at.date() for c in found))
    return max(order, key=lambda day: (weights[day], -order.index(day)))


def _day_of(candidate: _Candidate) -> date:
    return candidate.moment.at.date()


def _rank(candidate: _Candidate) -> tuple[bool, bool, float]:
    exact = candidate.moment.precision != "day"
    return exact, candidate.rule in _SEEN, _words().weights[candidate.rule]


def _in_lines(lines: Sequence[Block]) -> Iterator[_Candidate]:
    posts: set[str] = set()  # places of the days of posts, numbers apart: replies of a thread have the same
    for at, block in enumerate(lines):
        if len(block.text) > _LONGEST_LINE:
            continue
        place = _NUMBER.sub("", block.path) if _POSTED in block.text else ""
        if place in posts:
            continue
        yield from _in_line(block, lines[at - 1] if at else None)
        if place.startswith("/"):
            posts.add(place)
    for tiny, group in groupby(lines, key=lambda block: len(block.text) <= _TINY):
        blocks = list(group)
        if tiny and len(blocks) > 1 and not any(_BRACKETED.match(block.text) for block in blocks):
            joined = " ".join(block.text for block in blocks)
            yield from (_Candidate("line", m, blocks[0].path) for m in find_moments(joined, loose=True))


def _in_line(block: Block, above: Block | None) -> Iterator[_Candidate]:
    fields = read_fields(block.text)
    waiting = read_fields(above.text)[-1:] if above else ()
    head = block.text[: fields[0].start] if fields else block.text
    day_of_week = _WEEKDAY.search(head)
    masthead = day_of_week is not None and is_masthead(head)
    if masthead and day_of_week:
        head = head[: day_of_week.end()]  # 青溪日报 2012年02月22日 星期三 上一篇 下一篇
    moments = find_moments(head, labelled="年" in head and day_of_week is not None)
    rest = _TOOLS.sub("", _ADDRESS.sub("", head))
    for moment in moments:
        rest = rest.replace(moment.text, "")
    paper = moments and _OF_PAPER.match(head, head.find(moments[0].text) + len(moments[0].text))
    told = paper or without_day(head) != head or len(_NOISE.sub("", rest)) <= _MOST_NOISE
    if moments and told and "。" not in rest:
        today = day_of_week and not masthead and moments[0].precision == "day"
        beside = any(field.kind in _MAKERS for field in fields)
        rule = "weekday" if today else "updated" if _EDITED.match(head) else "byline" if beside else "line"
        if waiting and not waiting[0].value and not fields:
            rule = {"published": "label", "updated": "updated"}.get(waiting[0].kind, rule)
        yield _Candidate("brackets" if _BRACKETED.match(head) else rule, moments[0], block.path)
    elif moments and _ends_heading(block, head, moments[-1], fields):
        yield _Candidate("byline", moments[-1], block.path)
    rules = {"published": "label", "updated": "updated", "original": None}
    for field in fields:
        if (rule_ := rules.get(field.kind, "line")) and "。" not in field.value:
            moments = find_moments(field.value, labelled=field.kind == "published")
            yield from (_Candidate(rule_, m, block.path) for m in moments[:1])


def _ends_heading(block: Block, head: str, moment: Moment, fields: Sequence[Field]) -> bool:
    """Whether a heading holds its byline: 青溪县召开会议 2022-03-10 17:25 来源:青溪融媒."""
    told = block.tag in HEADINGS and any(field.kind in _MAKERS for field in fields)
    return told and head.rstrip(" \u3000|").endswith(moment.text)


def _without_year(lines: Sequence[Block], url: str) -> Iterator[_Candidate]:
    """Days of the byline that print no year, in the year and month that the address tells."""
    for block in lines:
        if len(block.text) > _LONGEST_LINE:
            continue
        values = [field.value for field in read_fields(block.text) if field.kind == "published"]
        for rule, text in (("line", block.text), *(("label", value) for value in values)):
            if moment := moment_without_year(text, url):
                yield _Candidate(rule, moment, block.path)


def _is_agenda(page: PageBlocks, block: Block) -> bool:
    """Whether a line of minutes says when the meeting was (时间：…, 地点：…)."""
    below = page.blocks[block.index + 1 : block.index + 2]
    return _WHEN.match(block.text) is not None and any(_WHERE.match(one.text) for one in below)


def _in_upload(blocks: Sequence[Block]) -> Iterator[_Candidate]:
    """The time of upload, which pages of shared documents print anywhere, and that of a thread's first floor;
    the first one is the page's own.

    Some print it twice, with the time of day in one place only.
    """
    first: Moment | None = None
    for block in blocks[:_UPLOADS]:
        uploaded = _UPLOADED.search(block.text) if len(block.text) <= LONGEST_LINE else None
        moments = find_moments(uploaded[uploaded.lastgroup or 0]) if uploaded else []
        told = moments[0] if moments else None
        if told and (first is None or (told.at.date() == first.at.date() and told.precision != "day")):
            yield _Candidate("label", told, block.path)
        first = first or told
        if first and first.precision != "day":
            return


def _in_head(metas: Iterable[tuple[str, str]]) -> Iterator[_Candidate]:
    words = _words()
    for name, content in metas:
        if name in ("ld+json", "enpproperty"):
            pattern = _SCRIPT_DATE if name == "ld+json" else _COMMENT_DATE
            texts, rule = pattern.findall(content[:100_000]), "script"
        elif name == "script variable" and content.isdigit():
            yield _Candidate("script", moment_of_epoch(content), f"meta {name}")
            continue
        elif name == "script variable":
            texts, rule = [content], "script"
        elif name in words.metas or name in words.weak_metas:
            texts, rule = [content[:60]], "meta" if name in words.metas else "weak_meta"
        else:
            continue
        yield from (
            _Candidate(rule, m, f"meta {name}")
            for text in texts[:1]
            for m in find_moments(text, labelled=rule == "meta")[:1]
        )


def _in_window(title_tag: str) -> Iterator[_Candidate]:
    """The day of a printed paper that a part of ``<title>`` begins with: 青溪日报1998年07月24日第1版."""
    for part in _WINDOW_PARTS.split(title_tag[:_LONGEST_LINE]):
        if is_masthead(part):
            yield from (_Candidate("line", m, "title") for m in find_moments(part)[:1])


def _in_signature(text: Sequence[Block]) -> Iterator[_Candidate]:
    """The day that stands alone, or behind who signs, in the last lines of a text or its closing bracket."""
    for block in reversed(text[-_SIGNED:]):
        line = "".join(block.text[-_LONGEST_LINE:].split())
        closed = _CLOSED.search(line)
        line = closed["inner"] if closed else line
        moments = find_moments(line, labelled="月" in line) if len(line) <= _MOST_SIGNED else []
        who = _EDITION.sub("", line.replace(moments[0].text, "")) if moments else line
        if moments and (not who or is_organisation(who) or (closed and has_role(who))):
            yield _Candidate("signature", moments[0], block.path)
            return


def _in_url(url: str) -> Iterator[_Candidate]:
    moment = moment_in_url(url)
    if moment:
        yield _Candidate("url", moment, "url")
