"""Lines broken at one width are joined; lists, poems and ordinary paragraphs stay as they are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clean import clean
from pipelines.clean.wraps import join_wrapped

PARAGRAPHS = [
    "3月6日，县委副书记、县长柏望舒主持召开全县安全生产会议，传达学习有关文件精神，部署下一阶段重点工作。",
    "岑晓岚强调，一要逐条销号抓整改，对排查出的隐患逐条登记；二要压实企业主体责任，盯紧矿山、燃气和道路运输。",
    "会议要求，各乡镇、各部门要把安全生产责任扛在肩上、抓在手上，确保全县安全生产形势持续稳定向好。",
]


def broken(width: int) -> list[str]:
    return [p[at : at + width] for p in PARAGRAPHS for at in range(0, len(p), width)]


@pytest.mark.parametrize("width", [20, 23, 26, 31])
@pytest.mark.parametrize("kind", ["text/plain"])
def test_a_text_saved_from_a_pdf(width, kind):
    lines = broken(width)
    cleaned = clean("\n".join(["青溪县召开安全生产会议", *lines]), content_type=kind)
    assert list(cleaned.paragraphs) == PARAGRAPHS
    assert "broken_lines" in {e.rule for e in cleaned.evidence}


@pytest.mark.parametrize(
    "lines",
    [
        PARAGRAPHS,
        ["柏望舒 县委副书记、县长", "岑晓岚 县委书记", "卞远帆 县委常委、办公室主任", "戚望舒 副县长", "茅松年 县政协主席"],
        [f"{n}是要把安全生产责任扛在肩上、抓在手上、落到实处；" for n in "一二三四五六"],
        ["青山一道同云雨，", "明月何曾是两乡。", "千里之行在足下，", "万卷之书在案头。", "同舟共济扬帆起，"],
        [],
        ["会议。"],
    ],
)  # fmt: skip
def test_what_must_not_change(lines):
    assert join_wrapped(lines) == (lines, ())


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(alphabet="会议，。", min_size=1, max_size=40), max_size=12))
def test_no_character_is_lost(lines):
    assert "".join(join_wrapped(lines)[0]) == "".join(lines)
