"""The fingerprint: the same for the same words, near for near ones, far for others."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.match.fingerprint import BAND, BINS, PARAGRAPHS, fingerprint, fold

WORDS = [
    "会议",
    "强调",
    "指出",
    "要求",
    "全县",
    "乡镇",
    "隐患",
    "排查",
    "责任",
    "落实",
    "春耕",
    "水利",
    "检修",
    "台账",
    "整改",
    "督导",
    "网格",
    "群众",
    "项目",
    "投资",
    "教育",
    "医疗",
]
ROOT = Path(__file__).resolve().parents[2]


def text(seed: int, words: int = 300) -> str:
    """An invented text; the same for the same seed."""
    chooser = random.Random(seed)
    return "".join(chooser.choice(WORDS) + chooser.choice("、，的了在和。") for _ in range(words))


def changed(whole: str, share: float, seed: int = 1) -> str:
    """The text with a share of its characters replaced."""
    chooser = random.Random(seed)
    return "".join(chooser.choice("甲乙丙丁") if chooser.random() < share else c for c in whole)


@pytest.mark.parametrize(
    ("found", "folded"),
    [
        ("", ""),
        ("　 \n\t", ""),
        ("会议，强调。", "会议强调"),
        ("ＡＢＣ１２３", "abc123"),
        ("《条例》〔2024〕5号", "条例20245号"),
        ("a_b", "ab"),
        ("㈠㈡", "一二"),
    ],
)
def test_fold(found: str, folded: str) -> None:
    assert fold(found) == folded


def test_near_texts_meet_and_others_do_not() -> None:
    missed = sum(
        not set(fingerprint(whole).keys) & set(fingerprint(changed(whole, 0.03)).keys)
        for whole in map(text, range(30))
    )
    assert missed == 0
    prints = [set(fingerprint(text(seed)).keys) for seed in range(30)]
    met = sum(bool(one & other) for at, one in enumerate(prints) for other in prints[:at])
    assert met <= 4, "of 435 pairs that share their words, not their sentences"


def test_an_excerpt_meets_by_its_paragraph() -> None:
    whole = "\n".join(text(seed, 30) for seed in range(6))
    part = fingerprint(text(3, 30))
    assert set(part.keys) & set(fingerprint(whole).keys)


def test_the_number_of_keys_is_bounded() -> None:
    whole = "\n".join(text(seed, 30) for seed in range(100))
    assert len(fingerprint(whole).keys) <= BINS // BAND + PARAGRAPHS


def test_the_same_in_another_process() -> None:
    code = "from pipelines.match.fingerprint import *; print(fingerprint('会议强调要落实责任，' * 20))"
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == str(fingerprint("会议强调要落实责任，" * 20))


@given(st.text(st.characters(exclude_categories=()), max_size=500))
@settings(max_examples=80, deadline=None)
def test_any_text(found: str) -> None:
    made = fingerprint(found)
    assert len(made.exact) == 64
    assert all(0 <= key < 2**63 for key in made.keys)
    assert list(made.keys) == sorted(set(made.keys))
    assert made == fingerprint(found)
