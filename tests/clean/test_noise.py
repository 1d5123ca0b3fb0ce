"""Is a line that is not text known by its words, and a line of text never?"""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clean.noise import fold, load_noise

CASES = tomllib.loads((Path(__file__).parent / "cases" / "lines.toml").read_text(encoding="utf-8"))["case"]
LINES = [
    pytest.param(c["at"], c["rule"] or None, line, id=f"{c['at']}-{line}")
    for c in CASES
    for line in c["lines"]
]
PLACES = ("line", "head", "end", "tail")


@pytest.mark.parametrize(("at", "rule", "line"), LINES)
def test_rule_of_a_line(at, rule, line):
    assert load_noise().rule(at, line) == rule


def test_every_rule_has_a_line_here():
    """A rule without an example is a guess; the few below are shown in the pages instead."""
    shown = {case["rule"] for case in CASES} | {"image_name"}
    elsewhere = {"app_promotion", "keywords", "advertisement", "dated_link", "today", "hotline", "contact"}
    assert set(load_noise().longest) <= shown | elsewhere


@pytest.mark.parametrize(
    ("at", "rule", "line"),
    [
        ("line", "app_promotion", "更多精彩内容请下载青溪客户端"),
        ("line", "app_promotion", "点击进入“青溪专题”>>"),
        ("line", "keywords", "关键词：会议 防汛"),
        ("line", "advertisement", "[广告]"),
        ("line", "dated_link", "青溪要闻2022-12-10"),
        ("head", "today", "2023年03月29日 星期三"),
        ("end", "hotline", "举报电话：0000-0000000"),
        ("tail", "contact", "地址：青溪县人民路1号"),
    ],
)
def test_more_rules(at, rule, line):
    assert load_noise().rule(at, line) == rule


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("会议圆满结束。返回青溪网首页>>", [("home_link", "返回青溪网首页>>")]),
        ("会议要求展开详细", [("expander", "展开详细")]),
        ("会议作了安排。返回搜狐，查看更多", [("home_link", "返回搜狐，查看更多")]),
        (
            "（本文来自青溪新闻，更多原创资讯请下载“青溪”APP）",
            [("app_promotion", "（本文来自青溪新闻，更多原创资讯请下载“青溪”APP）")],
        ),
        ("会议(🏵)召开", [("emoji", "(🏵)")]),
        (
            "此资料由网络收集而来如有侵权请告知上传者立即删除。资料共分享我们负责传递知识。同志们",
            [("shared_by", "此资料由网络收集而来如有侵权请告知上传者立即删除。资料共分享我们负责传递知识。")],
        ),
        (
            "[标签:标题]@page { size: 8.27in; margin: 1in } p.western { color: #000 } 同志们：今天开会。",
            [
                ("leaked_style", "[标签:标题]"),
                ("leaked_style", "@page { size: 8.27in; margin: 1in } p.western { color: #000 } "),
            ],
        ),
        ("集合{a: 甲}和{乙}", []),
        ("会议</span>召开", [("stray_tag", "</span>")]),
        ("衷心的感网整理谢", [("site_mark", "网整理")]),
        ("会议要求展开详细调查。", []),
        ("浓度<5毫克", []),
    ],
)
def test_parts(text, found):
    assert [(rule, text[start:end]) for rule, start, end in load_noise().find_parts(text)] == found


@given(st.text(alphabet="会议强调，。；要抓好落实十个百分点柏远主持召开", min_size=25, max_size=120))
@settings(max_examples=150, deadline=None)
def test_prose_is_no_noise(text):
    prose = f"会议强调，{text}。"
    assert all(load_noise().rule(at, prose) is None for at in PLACES)


@given(st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "piece", ["国产", "分享到", "首页>", "（", "声明：", "1 ", "版权", "来源：", "上一篇", "视频在线"]
)
def test_parts_of_long_lines_lie_in_the_line(piece):
    line = piece * 20_000
    assert all(0 <= part.start <= part.end <= len(line) for part in load_noise().find_parts(line))
