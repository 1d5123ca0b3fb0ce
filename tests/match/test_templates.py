"""Governments write by template: the same words about another meeting are another report."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipelines.match import compare, fingerprint

_TEMPLATE = (
    "{month}月{day}日，{who}主持召开县政府第{number}次常务会议，研究{topic}等工作。",
    "会议听取了{topic}情况汇报，审议了{count}项议题，研究部署了下一阶段重点任务。",
    "会议强调，要压实属地责任和部门监管责任，对排查出的{count}处问题逐条登记、逐条销号，做到闭环管理。",
    "会议要求，县直有关单位要密切配合、主动作为，及时协调解决推进中的困难和问题，确保各项任务落地见效。",
)
_TOPICS = ("春耕备耕", "森林防火", "校园安全", "古桥修缮", "乡镇饮水", "民宿提质", "公路养护", "药店巡查")
_MEETINGS = st.fixed_dictionaries(
    {
        "month": st.integers(1, 12),
        "day": st.integers(1, 28),
        "number": st.integers(1, 60),
        "count": st.integers(11, 99),
        "topic": st.sampled_from(_TOPICS),
        "who": st.sampled_from(["柏远", "秦川和", "岑望舒"]),
    }
)
_LETTERS = st.text("会议强调要求落实责任月日第次0123456789", min_size=60, max_size=120)


def written(meeting: dict[str, object]) -> str:
    return "\n".join(line.format(**meeting) for line in _TEMPLATE)


def meets(one: str, other: str) -> bool:
    """Whether two texts would be compared at all, and are the same then."""
    first, second = fingerprint(one), fingerprint(other)
    if first.exact == second.exact:
        return True
    return bool(set(first.keys) & set(second.keys)) and compare(one, other).same


@settings(max_examples=150, deadline=None)
@given(_MEETINGS, _MEETINGS)
def test_two_meetings_are_never_one_report(one: dict[str, object], other: dict[str, object]) -> None:
    assume((one["month"], one["day"]) != (other["month"], other["day"]))
    assert not meets(written(one), written(other))


@settings(max_examples=60, deadline=None)
@given(_MEETINGS, st.sampled_from(["（责任编辑：季风）", "来源：青溪县融媒体中心", "【打印】【关闭】"]))
def test_a_reprint_with_an_editors_line_is_the_same(meeting: dict[str, object], line: str) -> None:
    assert meets(written(meeting), f"{written(meeting)}\n{line}")


@settings(max_examples=60, deadline=None)
@given(_MEETINGS, st.permutations(range(len(_TEMPLATE))))
def test_paragraphs_in_another_order_are_the_same(meeting: dict[str, object], order: list[int]) -> None:
    lines = written(meeting).split("\n")
    assert compare(written(meeting), "\n".join(lines[at] for at in order)).same


@settings(max_examples=200, deadline=None)
@given(_LETTERS, st.randoms(use_true_random=False))
def test_the_verdict_does_not_hang_on_the_order(text: str, random) -> None:
    """Above all not for texts of one length, where neither is the shorter one."""
    letters = list(text)
    random.shuffle(letters)
    other = "".join(letters)
    assert compare(text, other) == compare(other, text)


def test_texts_of_one_length_with_other_figures_are_told_the_same_either_way() -> None:
    """One names four figures of which three stand in the other, the other has more: who comes first is no matter."""
    one = "会议强调，" + "要逐条登记逐条销号。" * 9 + "3月6日第12次会议研究5项议题"
    other = "会议强调，" + "要逐条登记逐条销号。" * 9 + "3月6日又7日又8日又9日又9日会"
    other = other.ljust(len(one), "议")[: len(one)]
    assert compare(one, other) == compare(other, one)
