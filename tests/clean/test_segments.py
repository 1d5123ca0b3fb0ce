"""Does the text of a shared document come back whole, with its paragraphs?"""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clean.segments import find_chain, join_segments

TITLE = "在全县护林工作会议上的讲话"
PARAGRAPHS = [
    "同志们：",
    "刚才，我们听取了各乡镇的汇报，大家讲得很好，我都同意。下面，我讲几点意见：",
    "一要压实责任。" + "各乡镇要把防汛责任落实到人，逐村逐户排查隐患。" * 9,
    "二要排查隐患。1、水库要巡查到位。2、河道要清障到底。3、山洪沟要有人值守。" + "预警信息要发到每户。" * 12,
    "三要备足物资。" + "沙袋、冲锋舟、发电机要放在手边。" * 15,
    "同志们，汛期已到，让我们抓好落实，确保安全度汛。",
]


def cut(text: str, length: int = 300) -> list[str]:
    """The channel of the sites, written apart from the code: numbered pieces, the last one keeps the rest."""
    count = max(1, len(text) // length)
    ends = [*range(length, count * length, length), len(text)]
    starts = [0, *ends[:-1]]
    return [f"{number}、{text[a:b]}" for number, (a, b) in enumerate(zip(starts, ends, strict=True), 1)]


def test_numbered_pieces_are_joined():
    joined = join_segments(cut(TITLE + " ".join(["", *PARAGRAPHS]) + " 3"), TITLE, 3)
    assert list(joined.paragraphs) == PARAGRAPHS
    rules = [item.rule for item in joined.cuts]
    assert rules[-2:] == ["title_repeated", "page_number"]
    assert set(rules[:-2]) == {"block_number"}


def test_pieces_glued_on_one_line():
    joined = join_segments([" ".join(cut(" ".join(PARAGRAPHS)))], TITLE)
    assert list(joined.paragraphs) == PARAGRAPHS


def test_escaped_markup_torn_at_220():
    source = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    joined = join_segments(cut(html.escape(source), 220), TITLE)
    assert list(joined.paragraphs) == PARAGRAPHS
    assert "escaped_markup" in [item.rule for item in joined.cuts]


def test_escaped_markup_that_the_page_has_unescaped_after_the_cut():
    source = html.escape("".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS))
    joined = join_segments([html.unescape(piece) for piece in cut(source, 220)], TITLE)
    assert list(joined.paragraphs) == PARAGRAPHS


def test_sharing_sentence_before_and_tools_after():
    sharing = f"《{TITLE}.docx》由会员分享,可在线阅读,更多相关《{TITLE}》请在文溪网上搜索。"
    joined = join_segments([sharing, *cut(" ".join(PARAGRAPHS)), "展开阅读全文"], TITLE)
    assert list(joined.paragraphs) == PARAGRAPHS
    assert {"sharing_notice", "page_tools"} <= {item.rule for item in joined.cuts}


def test_sharing_sentence_behind():
    sharing = f"《{TITLE}.docx》由会员分享,可在线阅读,更多相关《{TITLE}》请在文溪网上搜索。"
    joined = join_segments([*cut(" ".join(PARAGRAPHS)), sharing], TITLE)
    assert list(joined.paragraphs) == PARAGRAPHS


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["一、总体要求", "1、压实责任。", "2、排查隐患。", "3、备足物资。"],
        ["2、PDF文件下载后打开。", "3、本站不支持迅雷下载。", "4、无水印。", "5、没有答案。"],
        [
            "1、压实责任。" + "各乡镇要落实到人。" * 20,
            "2、排查隐患。" + "逐村逐户排查。" * 35,
            "3、备足物资。",
        ],
        ["会议还研究了其他事项。 3"],
        ["同志们，今天开会。"],
        [],
    ],
    ids=["own list", "help list", "long own list", "page number of nothing", "short", "empty"],
)
def test_what_is_no_chain_stays(paragraphs):
    assert list(join_segments(paragraphs, TITLE).paragraphs) == paragraphs


def test_gap_in_the_numbers_is_no_chain():
    pieces = cut("会" * 1200)
    assert find_chain("\n".join([pieces[0], *pieces[2:]])) == []


def test_title_once_or_often_glued_to_the_start():
    for times in (1, 2, 3):
        joined = join_segments([TITLE * times + " 同志们：今天开会。"], TITLE)
        assert joined.paragraphs == ("同志们：今天开会。",)
    joined = join_segments(["同志们：" + TITLE + "到此结束。"], TITLE)
    assert joined.paragraphs == ("同志们：" + TITLE + "到此结束。",)


def test_page_number_only_when_it_is_the_number_of_pages():
    assert join_segments(["抓好落实。 3"], TITLE, 3).paragraphs == ("抓好落实。",)
    assert join_segments(["抓好落实。 3"], TITLE, 4).paragraphs == ("抓好落实。 3",)


def test_short_paragraphs_are_not_split_at_blanks():
    line = "会议要求： 一要压实责任。 二要排查隐患。"
    assert join_segments([line], TITLE).paragraphs == (line,)


def test_blank_inside_a_word_splits_nothing():
    text = "安排每个村 X万元奖补资金，" + "专款专用。" * 70
    assert join_segments(cut(text + " 二要抓落实。" * 30), TITLE).paragraphs[0].startswith("安排每个村 X万元")


han = st.text(alphabet="会议强调防汛工作落实责任，、", min_size=2, max_size=120)


@settings(max_examples=60, deadline=None)
@given(st.lists(han.map(lambda text: text.strip("，、") + "会议。"), min_size=6, max_size=14))
def test_cut_and_join_gives_the_text_back(paragraphs):
    pieces = cut(" ".join(paragraphs))
    if len(pieces) > 1:
        assert list(join_segments(pieces).paragraphs) == paragraphs


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(alphabet="1234、。 会议同志们<p>&lt;/讲话\n", max_size=80), max_size=8))
def test_any_text_is_joined_and_nothing_is_lost_silently(paragraphs):
    joined = join_segments(paragraphs, "讲话会议", 3)
    assert all(paragraph.strip() for paragraph in joined.paragraphs)
    if not joined.cuts:
        assert re.sub(r"\s", "", "".join(joined.paragraphs)) == re.sub(r"\s", "", "".join(paragraphs))
