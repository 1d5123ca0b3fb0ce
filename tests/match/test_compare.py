"""Which two texts are one report: cases, and what holds for any two texts."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.match import compare, fingerprint
from pipelines.match.fingerprint import SHORT

CASES = tomllib.loads((Path(__file__).parent / "cases" / "pairs.toml").read_text(encoding="utf-8"))
BASE = CASES["base"]["text"].strip("\n")
TEXTS = st.text(st.sampled_from("会议强调指出要求县长秦川3月6日第一二次，。\n ab\ud800\x00"), max_size=400)


def pair(case: dict[str, object]) -> tuple[str, str]:
    """The two texts of a case."""
    base = str(case.get("base", BASE))
    if "text" in case:
        return base, str(case["text"])
    if "keep" in case:
        return base, base.split("\n")[int(str(case["keep"]))]
    other = base
    for before, after in case["replace"]:  # type: ignore[attr-defined]
        other = other.replace(before, after)
    return base, other


@pytest.mark.parametrize("case", CASES["pair"], ids=lambda case: case["label"])
def test_pairs(case: dict[str, object]) -> None:
    one, other = pair(case)
    for likeness in (compare(one, other), compare(other, one)):
        assert likeness.same is case["same"], likeness


@pytest.mark.parametrize(
    "case", [case for case in CASES["pair"] if case["same"]], ids=lambda case: case["label"]
)
def test_what_is_the_same_also_meets(case: dict[str, object]) -> None:
    one, other = (fingerprint(text) for text in pair(case))
    assert one.exact == other.exact or set(one.keys) & set(other.keys)


def test_another_meeting_does_not_even_meet() -> None:
    case = next(case for case in CASES["pair"] if case["label"] == "another meeting altogether")
    one, other = (fingerprint(text) for text in pair(case))
    assert not set(one.keys) & set(other.keys)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_a_text_is_like_itself(text: str) -> None:
    likeness = compare(text, text)
    assert (likeness.similarity, likeness.contained, likeness.ratio) == (1.0, 1.0, 1.0)
    assert likeness.same


@given(TEXTS, TEXTS)
@settings(max_examples=100, deadline=None)
def test_order_does_not_matter_and_shares_are_shares(one: str, other: str) -> None:
    there, back = compare(one, other), compare(other, one)
    assert (there.similarity, there.ratio) == (back.similarity, back.ratio)
    for share in (there.similarity, there.contained, there.ratio):
        assert 0.0 <= share <= 1.0


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_layout_does_not_matter(text: str) -> None:
    spread = "\n\n".join(text.split("\n")).replace("，", " , ")
    assert fingerprint(spread).exact == fingerprint(text).exact
    assert compare(text, spread).same


@pytest.mark.parametrize(
    "hostile",
    ["要" * 1_000_000, "3月6日" * 250_000, "一要、二要。" * 160_000, "\n" * 1_000_000, "第" * 999_999],
)
def test_a_megabyte_is_no_trouble(hostile: str) -> None:
    assert compare(hostile, BASE).same is False
    assert fingerprint(hostile) == fingerprint(hostile)


def test_short_is_what_it_says() -> None:
    assert not fingerprint("会" * (SHORT - 1)).keys
    assert fingerprint("会议" * SHORT).keys
