"""When was a page published, and how exactly does it say so?"""

import dataclasses
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clean import clean
from pipelines.clean.blocks import parse
from pipelines.clean.moments import find_moments, moment_in_url
from pipelines.clean.published import choose_published

CASES = tomllib.loads((Path(__file__).parent / "cases" / "published.toml").read_text(encoding="utf-8"))[
    "case"
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_published(case):
    page = parse(case["input"], is_html=case["input"].startswith("<"))
    page = dataclasses.replace(page, metas=(*page.metas, *map(tuple, case.get("metas", []))))
    fetched = datetime.fromisoformat(case["fetched"]) if "fetched" in case else None
    found = choose_published(page, page.blocks[: case.get("lines")], case.get("url", ""), fetched)
    assert (str(found.at) if found.at else None, found.precision) == (
        case.get("expected"),
        case.get("precision"),
    )


def test_all_candidates_are_kept_with_their_place():
    page = parse("<meta name=PubDate content=2020-02-03><p>发布时间：2020-02-03 10:11</p>", is_html=True)
    found = choose_published(page, page.blocks, "http://example.com/2020/02/04/a.html")
    assert {(item.rule, item.place, item.chosen) for item in found.evidence} == {
        ("label", "/p[1]", True),
        ("meta", "meta pubdate", False),
        ("url", "url", False),
    }


def test_visit_with_a_zone_is_compared_in_china():
    page = parse("发布时间：2023-05-02 01:00", is_html=False)
    visit = datetime(2023, 5, 1, 18, 0, tzinfo=UTC)
    assert choose_published(page, page.blocks, fetched_at=visit).at == datetime(2023, 5, 2, 1, 0)
    assert choose_published(page, page.blocks, fetched_at=visit.replace(tzinfo=None)).precision == "minute"
    early = visit - timedelta(hours=2)
    assert choose_published(page, page.blocks, fetched_at=early).at is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年01月23日13:29来源", ["2021-01-23 13:29:00"]),
        ("2019-09-3007:42", ["2019-09-30 07:42:00"]),
        ("202103/0710:11:12", ["2021-03-07 10:11:12"]),
        ("20200126093015", ["2020-01-26 09:30:15"]),
        ("2020 年 3 月 5 日", ["2020-03-05 00:00:00"]),
        ("版本 12020-03-05", []),
        ("电话 0351-3985088", []),
        ("2020-13-05", []),
        ("2020-03-05 25:61", []),
        ("2020-03-05 至 2020-03-07", ["2020-03-05 00:00:00", "2020-03-07 00:00:00"]),
        ("2011-07-28T12:11:00+08:00", ["2011-07-28 12:11:00"]),
        ("2011-07-28T12:11:00.000-0400", ["2011-07-29 00:11:00"]),
    ],
)
def test_find_moments(text, expected):
    assert [str(moment.at) for moment in find_moments(text)] == expected


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://e.com/art/2019/9/26/art_12_34.html", "2019-09-26"),
        ("http://e.com/html/2020-01/26/content_1.htm", "2020-01-26"),
        ("http://e.com/WangWen/2019_09_07_516891.shtml", "2019-09-07"),
        ("http://e.com/a/20190926/12.shtml", "2019-09-26"),
        ("http://2020.example.com/p/1.html", None),
        ("http://e.com/p-1638417-1642750.html", None),
        ("not a url", None),
    ],
)
def test_moment_in_url(url, day):
    moment = moment_in_url(url)
    assert (str(moment.at.date()) if moment else None) == day


marks = st.text(alphabet="2021年月日-/: ：时间发布来源0369\n.TZ+", max_size=80)


@settings(max_examples=150, deadline=None)
@given(marks, marks)
def test_any_text_has_a_time_or_none(text, url):
    page = parse(text, is_html=False)
    found = choose_published(page, page.blocks, f"http://e.com/{url}")
    assert (found.at is None) == (found.precision is None)
    assert found.at is None or (found.at.year >= 1946 and found.at.tzinfo is None)
    assert found.at is None or sum(item.chosen for item in found.evidence) == 1


@settings(max_examples=100, deadline=None)
@given(st.datetimes(datetime(1990, 1, 1), datetime(2030, 12, 31)))
def test_a_printed_time_is_read_back(at):
    at = at.replace(second=0, microsecond=0)
    for form in ("%Y年%m月%d日%H:%M来源:青溪日报", "发布时间：%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M"):
        page = parse(at.strftime(form), is_html=False)
        assert choose_published(page, page.blocks).at == at


@pytest.mark.parametrize(
    "head",
    [
        '<time itemprop="datePublished" datetime="2021-03-06T08:20:00+08:00">前天</time>',
        "<time pubdate datetime='2021-03-06 08:20'>前天</time>",
        '<abbr class="published" title="2021-03-06T08:20:00">前天</abbr>',
        '<script>var ct = "2021-03-06 08:20:00";</script>',
        '<time datetime="2021-03-06 08:20">前天</time>',
    ],
)
def test_times_in_attributes_and_scripts(head):
    page = f"<h1>江岚县召开植树大会</h1>{head}<p>会议由县长柏远山主持，部署了春季植树工作。</p><time datetime='2022-01-01'>x</time>"
    found = clean(page).published_at
    assert found is not None
    assert (found.month, found.day, found.hour, found.minute) == (3, 6, 8, 20)


def test_a_date_inside_the_text_s_element_counts_when_the_text_is_short_lines():
    lines = "".join(f"<div>会议第{number}项，抓好落实！</div>" for number in range(12))
    page = f"<div><h1>县里开会了</h1><p>2019-08-13 14:07来源：青溪号</p><div>字号</div>{lines}</div>"
    assert clean(page, content_type="text/html").published_at == datetime(2019, 8, 13, 14, 7)
