"""Paragraphs from printed lines: what is joined, what is cut, what stays."""

from __future__ import annotations

from itertools import chain, count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.files.layout import arrange
from crawler.files.lines import Line
from crawler.files.radicals import name_characters

FULL = "会议强调各级各部门要把安全生产责任扛在肩上抓在手上"  # as wide as the page


def page(
    *texts: str | tuple[str, float], number: int = 1, top: float = 740, size: float = 16, step: float = 28
) -> list[Line]:
    """Lines one below the other; a pair gives the left edge, else 90 or, after two wide blanks, 122."""
    lines, rows = [], count()
    for given_text in texts:
        text, left = (
            given_text
            if isinstance(given_text, tuple)
            else (given_text.lstrip("　"), 90 + size * given_text.count("　"))
        )
        lines.append(Line(text, number, left, left + size * len(text), top - step * next(rows), size))
    return lines


def at(text: str, number: int, base: float, size: float = 10.5) -> Line:
    return Line(text, number, 280, 280 + size * len(text), base, size)


def paragraphs(*lines: Line) -> list[str]:
    return arrange(lines)[0]


def rules(*lines: Line) -> list[tuple[str, str]]:
    return [(cut.rule, cut.text) for cut in arrange(lines)[1]]


def test_a_paragraph_is_made_of_its_lines():
    lines = page("　　" + FULL[:-2], FULL, "逐条销号。", "　　" + FULL[:-2], "确保安全。")
    assert paragraphs(*lines) == [FULL[:-2] + FULL + "逐条销号。", FULL[:-2] + "确保安全。"]


def test_a_sentence_that_ends_at_the_margin_ends_no_paragraph():
    assert len(paragraphs(*page("　　" + FULL[:-2], FULL[:-1] + "。", FULL, "完。"))) == 1


def test_a_mark_never_begins_a_paragraph():
    assert paragraphs(*page("　　" + FULL[:-2], "短", "，长。")) == [FULL[:-2] + "短，长。"]


def test_a_paragraph_goes_over_to_the_next_page():
    lines = [*page("　　" + FULL[:-2], FULL), *page("逐条销号。", "　　完。", number=2)]
    assert paragraphs(*lines) == [FULL[:-2] + FULL + "逐条销号。", "完。"]


def test_a_title_in_larger_type_is_one_line():
    title = page(("青溪县人民政府办公室关于印发全县", 122), ("安全生产会议纪要的通知", 180), size=22, top=800)
    body = page("各乡镇人民政府：", "　　" + FULL[:-2], FULL, "完。", top=700)
    assert paragraphs(*title, *body)[:2] == [
        "青溪县人民政府办公室关于印发全县安全生产会议纪要的通知",
        "各乡镇人民政府：",
    ]


def test_headings_in_larger_type_stay_apart():
    headings = page("一、总体要求", "二、工作任务", size=20, top=800)
    assert paragraphs(*headings, *page("　　" + FULL[:-2], FULL, FULL, top=700))[:2] == [
        "一、总体要求",
        "二、工作任务",
    ]


def test_short_lines_stay_apart():
    """Names, a signature, a date: each stops short of the margin."""
    lines = page(
        "　　" + FULL[:-2], "完。", "出席：柏望舒", "岑晓岚", ("青溪县人民政府", 370), ("2023年3月6日", 340)
    )
    assert paragraphs(*lines)[1:] == ["出席：柏望舒", "岑晓岚", "青溪县人民政府", "2023年3月6日"]


def test_a_gap_ends_a_paragraph():
    lines = [*page(FULL, FULL), *page(FULL, FULL, top=600)]
    assert paragraphs(*lines) == [FULL * 2, FULL * 2]


def test_latin_words_keep_their_blank():
    lines = page(("Municipal Committee of the Party", 90), ("held a meeting", 90))
    assert paragraphs(*lines) == ["Municipal Committee of the Party held a meeting"]


@pytest.mark.parametrize(
    "words", ["1", "- 1 -", "— 12 —", "－3－", "·4·", "第1页", "第 1 页 共 3 页", "第一页", "1/3", "iv"]
)
def test_page_numbers(words):
    assert rules(*page("　　" + FULL[:-2], FULL, "完。"), at(words, 1, 40)) == [("page_number", words)]


def test_a_running_head_is_cut_on_every_page():
    pages = [
        [at("青溪县人民政府公报", n, 800), *page("　　" + FULL[:-2], FULL, f"第{n}项。", number=n)]
        for n in (1, 2, 3)
    ]
    assert rules(*chain(*pages)) == [("running_head", "青溪县人民政府公报")] * 3


def test_a_head_with_the_number_of_the_page():
    pages = [
        [*page("　　" + FULL[:-2], FULL, number=n), at(f"公报2023年第3期 第{n}版", n, 60)] for n in (1, 2)
    ]
    assert [rule for rule, _ in rules(*chain(*pages))] == ["running_head"] * 2


def test_contents_are_cut():
    lines = page("一、总体要求…………………3", "二、工作任务 .......... 12", "　　" + FULL[:-2], FULL)
    assert [rule for rule, _ in rules(*lines)] == ["contents_line"] * 2


# must not change


def test_a_line_of_the_text_that_comes_again_is_no_running_head():
    pages = [page(FULL, FULL, FULL, number=n) for n in (1, 2, 3)]
    assert rules(*chain(*pages)) == []


def test_a_number_in_the_text_is_no_page_number():
    assert rules(*page("　　" + FULL[:-2], "2023", FULL, "12")) == []


def test_what_stands_on_one_page_is_no_running_head():
    assert rules(*page(FULL, FULL, FULL), at("附件2", 2, 800), *page(FULL, FULL, FULL, number=2)) == []


def test_radicals_are_characters():
    assert (
        name_characters("⻘溪县⼈⺠政府召开⻓江防汛会议，⽉底前完成。")
        == "青溪县人民政府召开长江防汛会议，月底前完成。"
    )
    assert name_characters("人民政府") == "人民政府"


_LINES = st.builds(
    Line,
    st.text(alphabet="会议，。1 a—.", min_size=1, max_size=30).filter(str.strip),
    st.integers(1, 4),
    *[st.floats(-50, 900)] * 3,
    st.floats(0, 60),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(_LINES, max_size=30))
def test_nothing_is_lost(lines):
    """Each character is in a paragraph or in a cut; only blanks between words are added."""
    texts, cuts = arrange(lines)
    kept = "".join(texts) + "".join(cut.text for cut in cuts)
    assert sorted(kept.replace(" ", "")) == sorted("".join(line.text for line in lines).replace(" ", ""))


def test_a_signature_that_stands_out_moves_no_margin():
    lines = page("　　" + FULL[:-2], FULL, "完。", "　　" + FULL[:-2], "完。", ("青溪县人民政府办公室", 400))
    assert paragraphs(*lines) == [FULL[:-2] + FULL + "完。", FULL[:-2] + "完。", "青溪县人民政府办公室"]
