"""On which day was the meeting? The ladder of words and years, case by case, and what must never happen."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extract.date_words import mentions
from pipelines.extract.dates import DatedBy, date_meeting
from pipelines.extract.known_day import url_day

CASES = tomllib.loads((Path(__file__).parent / "cases" / "dates.toml").read_text(encoding="utf-8"))
SOUND = [case for group in ("seen", "made_up", "null") for case in CASES[group]]


def dated(case: dict) -> DatedBy:
    text, sentence = case["text"], case.get("sentence", case["text"])
    start = text.index(sentence)
    published = datetime.combine(case["published"], time(8)) if "published" in case else None
    return date_meeting(text, start, start + len(sentence), published, case.get("url", ""), case.get("main"))


@pytest.mark.parametrize("case", SOUND, ids=lambda case: case["label"])
def test_case(case: dict) -> None:
    found = dated(case)
    assert (str(found.date) if found.date else "") == case.get("expected", "")
    assert found.rule == case.get("rule", found.rule)


@pytest.mark.parametrize("case", CASES["xfail"], ids=lambda case: case["label"])
@pytest.mark.xfail(strict=True)
def test_known_failure(case: dict) -> None:
    assert str(dated(case).date) == case["expected"]


@pytest.mark.parametrize("case", SOUND, ids=lambda case: case["label"])
def test_place_is_the_wording(case: dict) -> None:
    found = dated(case)
    assert 0 <= found.start <= found.end <= len(case["text"])
    if found.date is not None:
        assert found.end > found.start
        assert "/" in found.rule


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://a.cn/art/2021/10/22/art_1_2.html", date(2021, 10, 22)),
        ("http://a.cn/20211022/1.html", date(2021, 10, 22)),
        ("http://a.cn/2021-1/2/1.html", date(2021, 1, 2)),
        ("http://a.cn/202110221530221.html", date(2021, 10, 22)),
        ("http://a.cn/post_2899920.html", None),
        ("http://a.cn/content_19918241.htm", None),
        ("http://a.cn/20211399/1.html", None),
        ("", None),
    ],
)
def test_day_of_an_address(url: str, day: date | None) -> None:
    assert url_day(url) == day


def test_a_day_is_found_wherever_the_sentence_stands() -> None:
    before = "会议开始前，代表们参观了展览。" * 50
    sentence = "3月6日，县委召开会议。"
    found = date_meeting(before + sentence, len(before), len(before + sentence), datetime(2021, 3, 7), "")
    assert found.date == date(2021, 3, 6)
    assert (before + sentence)[found.start : found.end] == "3月6日"


days = st.dates(min_value=date(1999, 1, 1), max_value=date(2030, 12, 31))


@settings(max_examples=150, deadline=None)
@given(days, st.integers(min_value=0, max_value=150))
def test_month_and_day_come_back_with_the_year_of_publication(day: date, later: int) -> None:
    published = datetime.combine(day + timedelta(days=later), time(8))
    text = f"{day.month}月{day.day}日，县委召开会议。"
    assert date_meeting(text, 0, len(text), published, "").date == day


@settings(max_examples=150, deadline=None)
@given(days)
def test_a_full_date_needs_nothing_else(day: date) -> None:
    text = f"{day.year}年{day.month}月{day.day}日，县委召开会议。"
    assert date_meeting(text, 0, len(text), None, "").date == day


PIECES = (
    "3月6日 昨天 今（23）日 2021年 3日 讯 ， 。 《 》 召开 会议 日前 当日 次日 至 前 上周五 112年3月 9日 县委 2月30日 "
    "十月 本月 去年 \n"
)
words = st.lists(st.sampled_from(PIECES.split(" ")), max_size=30).map("".join)
moments = st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1))


@settings(max_examples=300, deadline=None)
@given(
    words | st.text(max_size=60),
    st.one_of(st.none(), st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1))),
)
def test_never_raises_and_never_after_publication(text: str, published: datetime | None) -> None:
    found = date_meeting(text, 0, len(text), published, text)
    if found.date is not None and published is not None:
        assert found.date <= published.date()
    assert 0 <= found.start <= found.end <= len(text)


@settings(max_examples=150, deadline=None)
@given(words)
def test_mentions_are_in_order_and_apart(text: str) -> None:
    found = list(mentions(text))
    for left, right in pairwise(found):
        assert left.end <= right.start
