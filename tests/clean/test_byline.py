"""Who wrote, edited and first published a report, and which lines say so?"""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clean import clean
from pipelines.clean.blocks import parse
from pipelines.clean.byline import byline_blocks, read_byline
from pipelines.clean.published import choose_published

CASES = Path(__file__).parent / "cases"


def cases(*names: str) -> list:
    found = [c for name in names for c in tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"]]
    return [pytest.param(case, id=case["label"], marks=known(case)) for case in found]


def known(case) -> list:
    """Known failures must fail, so that the day they pass is noticed."""
    return [pytest.mark.xfail(strict=True)] if case["group"] == "known failure" else []


def body_of(page, case) -> frozenset[int]:
    """The lines from the first to the last with a full stop, or all."""
    if case.get("body") == "all":
        return frozenset(range(len(page.blocks)))
    inside = [block.index for block in page.blocks if block.text.endswith("。") and len(block.text) > 10]
    return frozenset(range(inside[0], inside[-1] + 1)) if inside else frozenset()


@pytest.mark.parametrize("case", cases("byline.toml", "byline_source.toml", "byline_html.toml"))
def test_byline(case):
    page = parse(case["input"], is_html=case["input"].startswith("<"))
    body = body_of(page, case)
    byline = read_byline(page, body)
    for key in ("source", "original_title"):
        if key in case:
            assert getattr(byline, key) == case[key]
    if case.get("no_source"):
        assert byline.source is None
    for key in ("reporters", "editors", "photographers"):
        if key in case:
            assert list(getattr(byline, key)) == case[key]
    if "cuts" in case:
        assert [page.blocks[cut.block].text[cut.start : cut.end] for cut in byline.cuts] == case["cuts"]
    if "published" in case:
        text = [page.blocks[index] for index in sorted(body)]
        at = choose_published(page, byline_blocks(page, body), text=text).at
        assert str(at)[: len(case["published"])] == case["published"]


def test_evidence_names_rule_and_place():
    page = parse("来源：青溪日报 记者：柏远山\n会议要求各地抓好落实工作。\n编辑：李青禾", is_html=False)
    byline = read_byline(page, frozenset({1}))
    found = {(item.subject, item.value, item.rule, item.place) for item in byline.evidence}
    assert ("source", "青溪日报", "label", "line 1") in found
    assert ("reporters", "柏远山", "label", "line 1") in found
    assert ("editors", "李青禾", "label", "line 3") in found


def test_losing_sources_stay_as_evidence():
    page = parse(
        "<meta name=source content=本网><p>来源：青溪日报</p><p>会议要求各地抓好落实工作。</p>", is_html=True
    )
    sources = [item for item in read_byline(page, frozenset({1})).evidence if item.subject == "source"]
    assert [(item.value, item.chosen) for item in sources] == [("青溪日报", True), ("本网", False)]


def test_title_inside_the_body_is_passed_over():
    page = parse("县委召开会议\n来源：青溪日报\n会议要求各地抓好落实工作。", is_html=False)
    byline = read_byline(page, frozenset({0, 1, 2}), title_block=0)
    assert byline.source == "青溪日报"
    assert [cut.block for cut in byline.cuts] == [1]


def test_page_without_a_body():
    page = parse("来源：青溪日报", is_html=False)
    assert read_byline(page, frozenset()).source == "青溪日报"
    assert read_byline(parse("", is_html=False), frozenset()).source is None


def test_long_tail_of_promotion_does_not_hide_the_editors():
    lines = ["会议要求各地抓好落实工作。", "编辑|柏远山", *[f"{n}、回复【第{n}号】查看" for n in range(9)]]
    page = parse("\n".join(lines), is_html=False)
    assert read_byline(page, frozenset(range(len(lines)))).editors == ("柏远山",)


words = st.sampled_from(
    ["来源：", "记者", "（", "）", "柏远山", "责任编辑：", "青溪日报", "。", "，", " ", "\n", "2021-03-04 10:20", "讯",
     "原标题：", "《", "》", "/", "|", "文", "摄", "会议强调", "编辑", "：", "<p>", "</p>"]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(words, max_size=40).map("".join), st.booleans(), st.integers(0, 8), st.integers(0, 8))
def test_any_page_can_be_read(text, is_html, start, stop):
    page = parse(text, is_html=is_html)
    body = frozenset(range(start, stop))
    byline = read_byline(page, body)
    assert byline == read_byline(page, body)
    for cut in byline.cuts:
        assert cut.block in body
        assert 0 <= cut.start < cut.end <= len(page.blocks[cut.block].text)
    for name in (*byline.reporters, *byline.editors, *byline.photographers):
        assert name in text.replace("\n", " ") or is_html
    assert len({cut.block for cut in byline.cuts}) == len(byline.cuts)


def test_a_label_of_its_own_line_above_the_title_dates_the_page():
    text = "索引号\n000014348\n• 发布日期\n2019-05-28\n时效性\n有效\n我县举行防震减灾工作会议\n5月24日，县长柏远主持召开防震减灾工作会议，部署今年的各项工作。"
    page = clean(text)
    assert (page.title, str(page.published_at)) == ("我县举行防震减灾工作会议", "2019-05-28 00:00:00")


def test_a_byline_beneath_a_title_below_the_text_dates_the_page():
    text = "12月23日，县委召开推进会，通报整改情况，柏远主持会议并讲话。"
    html = (
        f"<div><p>{text}</p></div><h1>县委召开推进会</h1><p>发布者：办公室 发布时间：2022-12-24 浏览：9</p>"
    )
    page = clean(html)
    assert (page.title, str(page.published_at), page.body) == ("县委召开推进会", "2022-12-24 00:00:00", text)


def test_a_line_of_many_characters_is_a_byline_all_the_same():
    line = "青溪土家族苗族自治县人民政府网　www.example.com　2021-03-19 16:42　作者：柏远山　来源：青溪融媒"
    page = clean(
        f"青溪县召开血防工作会议\n{line}\n3月18日下午，血防工作会议召开。", content_type="text/plain"
    )
    assert len(line) > 60
    assert (page.source, str(page.published_at)) == ("青溪融媒", "2021-03-19 16:42:00")
