"""Whose meeting was it? The ladder from the name to the text, and how 市 and 区 are told apart."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.records import Level
from pipelines.extract.level import LevelBy, level_of

CASES = tomllib.loads((Path(__file__).parent / "cases" / "level.toml").read_text(encoding="utf-8"))
SOUND = [case for group in ("seen", "made_up", "null") for case in CASES[group]]


def levelled(case: list) -> LevelBy:
    name, organiser, titles, text, home, _ = case
    return level_of(name, organiser or None, titles, text, home=home or None)


@pytest.mark.parametrize("case", SOUND, ids=lambda case: f"{case[0]}-{case[5]}")
def test_case(case: list) -> None:
    found = levelled(case)
    assert (found.level or "") == case[5]
    assert (found.rule == "none") == (found.level is None)


@pytest.mark.parametrize("case", CASES["xfail"], ids=lambda case: case[0])
@pytest.mark.xfail(strict=True)
def test_known_failure(case: list) -> None:
    assert levelled(case).level == case[5]


@pytest.mark.parametrize(
    ("name", "organiser", "titles", "text", "rule"),
    [
        ("全县会议", "市委", ["省长"], "我镇召开", "name"),
        ("推进会", "市委", ["省长"], "我镇召开", "organiser"),
        ("推进会", None, ["省长"], "我镇召开", "titles"),
        ("推进会", None, ["同志"], "我镇召开推进会", "sentence"),
        ("推进会", None, [], "推进会结束。我镇召开推进会", "text"),
    ],
)
def test_rungs(name: str, organiser: str | None, titles: list[str], text: str, rule: str) -> None:
    assert level_of(name, organiser, titles, text).rule == rule


@pytest.mark.parametrize(
    ("home", "level"),
    [
        ("湖南省/长沙市", "prefecture"),
        ("湖南省/长沙市/浏阳市", "county"),
        ("湖南省/长沙市/长沙县", "prefecture"),
        ("河南省/济源市", "county"),
        ("广东省/东莞市", "prefecture"),
        ("重庆市/渝中区", "province"),
        ("湖南省", "prefecture"),
        ("无此省/无此市", "prefecture"),
        (None, "prefecture"),
    ],
)
def test_a_city_is_settled_by_where_the_report_is_from(home: str | None, level: str) -> None:
    assert level_of("全市防汛工作会议", None, (), "", home=home).level == level


PIECES = "省 市 县 区 镇 街道 全 我 委 政府 局 公司 学院 洞口县 长沙市 会议 召开 第三次 传达 全国 自治区 书记 、 。 “ ”"
words = st.lists(st.sampled_from(PIECES.split(" ")), max_size=20).map("".join)


@settings(max_examples=200, deadline=None)
@given(words | st.text(max_size=60), words, st.lists(words, max_size=3), words, st.none() | words)
def test_never_raises(name: str, organiser: str, titles: list[str], text: str, home: str | None) -> None:
    found = level_of(name, organiser, titles, text, home=home)
    assert found.level is None or found.level in get_args(Level)
    assert found == level_of(name, organiser, titles, text, home=home)
