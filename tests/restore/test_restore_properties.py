"""Any text: no exception, the same each time, repairs undo; what is simulated comes back."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.mirror import Mirror, damage, damage_bytes
from pipelines.restore import restore, undo

REPORTS = Path(__file__).with_name("reports.txt").read_text("utf-8").split("\n\n")
ALPHABET = "會议序縣长，。；！？、,;!?()（）<>/&abpinqūèǎ 12\n確币螅瑺嵤┬滦凸ゾ“”\x07\ufffd"
HOSTILE = [
    ("?", 1_000_000),
    ("(", 1_000_000),
    ("?(", 1_000_000),
    ("?)(", 1_000_000),
    ("<", 1_000_000),
    ("</", 1_000_000),
    ("<script>", 300_000),
    ("<!--", 300_000),
    ("中?？", 300_000),
    ("中(qū)", 300_000),
    ("確!币螅瑺", 300_000),
    (",，", 100_000),
    ("會", 300_000),
    ("bet365，", 300_000),
    ("中?qū)嵤┬", 300_000),
    ("a?/span>", 300_000),
    ("中；㎎", 300_000),
    ("“", 300_000),
]


def folded(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=60) | st.text(max_size=40))
def test_any_text(text: str) -> None:
    found = restore(text)
    assert restore(text) == found
    assert undo(found.text, found.repairs) == text
    position = 0
    for repair in found.repairs:
        assert repair.start >= position
        assert found.text[repair.start : repair.end] == repair.after
        position = repair.end


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=40), st.binary(max_size=60))
def test_any_bytes_beside_any_text(text: str, source: bytes) -> None:
    found = restore(text, source)
    assert undo(found.text, found.repairs) == text


@pytest.mark.parametrize(("piece", "size"), HOSTILE)
def test_repairs_of_hostile_input_undo(piece: str, size: int) -> None:
    text = piece * (size // len(piece))
    found = restore(text)
    assert undo(found.text, found.repairs) == text


@pytest.mark.parametrize("report", REPORTS)
def test_sound_reports_stay(report: str) -> None:
    assert restore(report).text == report


SAFE = [
    Mirror(share=0.0),
    Mirror(share=0.02, seed=3),
    Mirror(share=0.3, seed=4, folded=False),
    Mirror(share=0.3, seed=4, table=2, orphan="vanish"),
    Mirror(False, 0, marks="。，、"),
]


@pytest.mark.parametrize("mirror", SAFE, ids=str)
def test_what_is_simulated_comes_back_but_for_a_few_letters(mirror: Mirror) -> None:
    found = [restore(damage(report, mirror)).text for report in REPORTS]
    assert sum(map(folded_alike, found, REPORTS)) >= len(REPORTS) - 1
    assert [restore(text).text for text in found] == found


def folded_alike(found: str, report: str) -> bool:
    return folded(found) == folded(report)


EXACT = [
    Mirror(share=1.0, seed=1),
    Mirror(share=0.4, seed=2, table=2, marks="，、。；！？"),
    Mirror(False, 0, marks="？！；。、，"),
    Mirror(share=0.5, seed=5, marks="！；", before=b"\x07", orphan="vanish"),
]


@pytest.mark.parametrize("mirror", EXACT, ids=str)
@pytest.mark.parametrize("report", REPORTS)
def test_bytes_give_the_exact_text(mirror: Mirror, report: str) -> None:
    seen = damage(report, mirror)
    found = restore(seen, damage_bytes(report, mirror))
    assert folded(found.text) == folded(report)
    assert undo(found.text, found.repairs) == seen


def test_undone_repairs_on_a_marked_up_page() -> None:
    page = "\n".join(f"<p class='會議'>{line}</p>" for line in REPORTS[0].split("\n"))
    seen = damage(page, Mirror(share=0.6, seed=9, marks="；！"))
    found = restore(seen)
    assert undo(found.text, found.repairs) == seen
    assert found.text.count("<p class=") == page.count("<p class=")
