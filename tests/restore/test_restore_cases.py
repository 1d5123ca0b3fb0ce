"""Does a damaged text come back, and does a sound one stay?"""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path
from time import process_time

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


def test_a_line_that_is_too_much_work_is_replaced_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "會議強調,，要壓實責任,，抓好落實,。"
    source = f"{line}\n".encode("gbk") * 3
    fine = restore(source.decode("gbk"), source)
    monkeypatch.setattr("pipelines.restore.source._WORK", 0)
    coarse = restore(source.decode("gbk"), source)
    assert fine.text == coarse.text == "会议强调，要压实责任，抓好落实。\n" * 3
    assert len(coarse.repairs) == 3 < len(fine.repairs)
    assert undo(coarse.text, coarse.repairs) == source.decode("gbk")


def test_a_line_of_doubled_marks_takes_no_time() -> None:
    source = (",，" * 1900 + "\n").encode("gbk") * 10
    start = process_time()
    assert restore(source.decode("gbk"), source).text == ("，" * 1900 + "\n") * 10
    assert process_time() - start < 10  # an hour when its letters are compared pair by pair
