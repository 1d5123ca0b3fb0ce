"""Does a damaged text come back, and does a sound one stay?"""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path

import pytest

from pipelines.restore import restore, undo

CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text("utf-8"))["case"]


def chosen(*kinds: str) -> list[object]:
    return [pytest.param(case, id=case["label"]) for case in CASES if case["kind"] in kinds]


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize("case", chosen("wild", "made"))
def test_damaged_text_comes_back(case: dict[str, str]) -> None:
    assert folded(restore(case["input"]).text) == folded(case["expected"])


@pytest.mark.parametrize("case", chosen("same"))
def test_sound_text_stays(case: dict[str, str]) -> None:
    found = restore(case["input"])
    assert found.text == case["input"]
    assert found.repairs == ()
    assert found.script == "simplified"


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["label"], marks=pytest.mark.xfail(strict=True))
        for case in CASES
        if case["kind"] == "known"
    ],
)
def test_known_failure(case: dict[str, str]) -> None:
    assert folded(restore(case["input"]).text) == folded(case["expected"])


@pytest.mark.parametrize("case", chosen("wild", "made", "same", "known"))
def test_repairs_can_be_undone_and_done_once(case: dict[str, str]) -> None:
    found = restore(case["input"])
    assert undo(found.text, found.repairs) == case["input"]
    assert restore(found.text).text == found.text
    for repair in found.repairs:
        assert found.text[repair.start : repair.end] == repair.after
        assert 0.0 <= repair.certainty <= 1.0


def test_labels_are_unique() -> None:
    labels = [case["label"] for case in CASES]
    assert len(labels) == len(set(labels))
