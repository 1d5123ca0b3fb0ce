"""Which title has a page?"""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.sites import Lists, Site
from pipelines.clean import clean
from pipelines.clean.blocks import Block, PageBlocks, parse
from pipelines.clean.headlines import first_headline, is_headline
from pipelines.clean.site_names import cut_site_name, is_site_name
from pipelines.clean.title import choose_title
from pipelines.clean.title_tag import fold

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list:
    data = tomllib.loads((CASES / name).read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["label"]) for case in data["case"]]


@pytest.mark.parametrize("case", cases("title_html.toml"))
def test_title_of_a_page(case):
    choice = choose_title(parse(case["input"], is_html=True))
    assert choice.title == case.get("expected")


@pytest.mark.parametrize("case", cases("title_text.toml"))
def test_title_of_plain_text(case):
    choice = choose_title(parse(case["input"], is_html=False))
    assert choice.title == case.get("expected")


def test_block_shows_the_title():
    page = parse("<div>首页</div><h1>县委召开乡村振兴专题会</h1><p>2月1日，会议召开。</p>", is_html=True)
    choice = choose_title(page)
    assert page.blocks[choice.block].text == choice.title


def test_all_candidates_are_kept_as_evidence():
    page = parse("<title>县委召开会议_青溪网</title><h1>县委召开会议</h1><h2>春耕备耕见闻</h2>", is_html=True)
    evidence = choose_title(page).evidence
    assert sum(item.chosen for item in evidence) == 1
    assert {item.rule for item in evidence} >= {"title_tag", "h1", "h2"}
    assert all(0 <= item.score <= 1 for item in evidence)


def test_site_file_names_the_site():
    site = Site(
        key="demo", name="青溪要情", type="portal", hosts=("example.com",),
        lists=Lists(urls=("http://example.com/",), report="x"), brands=("青溪手机报",),
    )  # fmt: skip
    page = parse("<title>县委召开会议-青溪要情</title><p>2月1日，会议召开。</p>", is_html=True)
    assert choose_title(page, site).title == "县委召开会议"
    assert choose_title(page).title == "县委召开会议-青溪要情"
    assert cut_site_name("县委召开会议|青溪手机报", PageBlocks(()), site) == "县委召开会议"
    assert is_site_name("青溪手机报", PageBlocks(()), site)


@pytest.mark.parametrize(
    "line",
    ["首页 > 要闻 > 正文", "来源：青溪日报", "2022-03-01", "3月6日，会议召开。", "同志们：", "（记者 柏远山）",
     "字号：大 中 小", "阅读 539", "3月6日上午,县委召开会议", "会议指出；", "第1页 / 共3页", "打印 关闭"],
)  # fmt: skip
def test_no_headlines(line):
    assert not is_headline(line)


@pytest.mark.parametrize(
    "line",
    ["我县召开防汛工作会议", "新年伊始，这篇文章谈了啥？", "柏远山：守住底线", "“十四五”规划纲要（草案）",
     "县委十三届六次全会召开 苏可为讲话", "第四十二章 县委扩大会", "王文：斗志被激发"],
)  # fmt: skip
def test_headlines(line):
    assert is_headline(line)


def test_fold_ignores_blanks_and_width():
    assert fold("会议　召开（一）") == fold("会议召开(一)")


def test_long_line_ends_the_search():
    lines = ["正" * 120, "县委召开会议"]
    assert first_headline([Block(i, text, "", "p") for i, text in enumerate(lines)]) is None


pages = st.text(
    alphabet=st.sampled_from("县委会议召开来源：记者-_|<h1>/title 。，\n2023年3月6日（）《》>"), max_size=300
)


@settings(max_examples=60, deadline=None)
@given(pages, st.booleans())
def test_any_page_gets_a_title_or_none(text, is_html):
    page = parse(text, is_html=is_html)
    choice = choose_title(page)
    assert choice == choose_title(page)
    assert choice.title is None or choice.title.strip()
    assert choice.block is None or 0 <= choice.block < len(page.blocks)


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="县委召开会议_-|青溪网 — >", max_size=60))
def test_cutting_a_name_leaves_a_start_or_an_end(title):
    cut = cut_site_name(title, PageBlocks(()))
    assert cut in title
    assert cut_site_name(cut, PageBlocks(())) == cut


@pytest.mark.parametrize(
    "line", ["友情链接 / Friendship link", "久久国产视频在线观看免费", "点赞 3 收藏 转发"]
)
def test_what_is_no_headline(line):
    assert not is_headline(line)


@pytest.mark.parametrize("answer", ["谢谢。", "谢谢！请问资金从哪里来？", "好的。"])
def test_thanks_are_no_name(answer):
    page = f"<h1>江岚县植树新闻发布会</h1><div><p>记者：{answer}</p><p>柏远山介绍了今年春季植树的安排，各乡镇都有任务。</p></div>"
    assert clean(page).reporters == ()
