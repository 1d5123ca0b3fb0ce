"""Repairs find their place in the body, and taking them back gives the body as it was found."""

from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.records import Cleaned, Repair, Restored
from pipelines.locate import fold, locate_repairs, undo

SIMPLE = str.maketrans("會議開", "会议开")


def cleaned(*paragraphs: str, rewrites: tuple[Repair, ...] = ()) -> Cleaned:
    return Cleaned(None, None, None, None, None, (), (), paragraphs, rewrites=rewrites)


def repaired(pieces: list[tuple[str, str]]) -> Restored:
    """A restored text from pieces (as found, as restored); equal halves are not repairs."""
    text, repairs = "", []
    for before, after in pieces:
        if before != after:
            repairs.append(Repair("made up", len(text), before, after))
        text += after
    return Restored(text, "mirror", tuple(repairs))


def test_a_repair_in_a_paragraph_counts_in_the_body():
    text = repaired([("<p>", "<p>"), ("會(huì)", "会"), ("議召開</p>", "议召开</p>")])
    body = cleaned("会议召开</p>".removesuffix("</p>"))
    repairs = locate_repairs([text], body)
    assert [(r.start, r.before, r.located) for r in repairs[:1]] == [(0, "會(huì)", True)]


def test_a_repair_outside_the_body_stays_unlocated():
    text = repaired(
        [("<a>", "<a>"), ("導", "导"), ("航</a><p>全县工作会议召开</p>", "航</a><p>全县工作会议召开</p>")]
    )
    (repair,) = locate_repairs([text], cleaned("全县工作会议召开"))
    assert not repair.located


def test_a_deletion_at_the_end_of_a_paragraph_is_located():
    text = repaired([("县委(wěi)", "县委"), ("\n", "\n"), ("县长", "县长")])
    (repair,) = locate_repairs([text], cleaned("县委", "县长"))
    assert undo("县委\n县长", [repair]) == "县委(wěi)\n县长" or not repair.located


def test_rewrites_of_cleaning_are_kept_in_order_with_the_repairs():
    text = repaired([("會", "会"), ("议,召", "议,召"), ("開", "开"), ("了", "了")])
    body = cleaned("会议，召开了", rewrites=(Repair("punctuation", 2, ",", "，", located=True),))
    repairs = locate_repairs([text], body)
    assert undo("会议，召开了", repairs) == "會议,召開了"
    assert [r.start for r in repairs] == sorted(r.start for r in repairs)


def test_a_paragraph_with_a_cut_inside_is_still_located_by_its_sentences():
    text = repaired(
        [
            ("全縣會議召開。", "全县会议召开。"),
            ("云边媒体，", "云边媒体，"),
            ("縣長主持會議。", "县长主持会议。"),
        ]
    )
    repairs = locate_repairs([text], cleaned("全县会议召开。县长主持会议。"))
    assert undo("全县会议召开。县长主持会议。", repairs) == "全縣會議召開。縣長主持會議。"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("<p>县 委,</p>", "县委，"),
        ("<script>x('县')</script>县长", "县长"),
        ("<!-- 县 -->市", "市"),
        ("5 < 6 县", "5<6县"),
        ("A&nbsp;B&amp;C", "AB&C"),
    ],
)
def test_fold_of_a_page(text, folded):
    assert fold(text, markup=True).text == folded


def test_fold_keeps_the_places():
    text = "<p>县 委,</p>"
    folded = fold(text, markup=True)
    assert [text[folded.place(index)] for index in range(3)] == ["县", "委", ","]
    assert [folded.index(place) for place in range(len(text) + 1)] == [0, 0, 0, 0, 1, 1, 2, 3, 3, 3, 3, 3]


@pytest.mark.parametrize(
    "hostile", ["<!--" * 50_000, "<script" * 50_000, "&" * 200_000, "<a" * 100_000, "<" * 200_000]
)
def test_places_of_folded_hostile_text_rise(hostile):
    places = fold(hostile, markup=True).places
    assert list(places) == sorted(places)


words = st.text("县委會议召開，。 ,(huì)", max_size=6)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(words, words), max_size=12))
def test_located_repairs_point_at_what_they_claim(pieces):
    text = repaired(pieces)
    paragraphs = tuple(line for line in ("".join(text.text.split())[:40], "会议召开") if line)
    body = cleaned(*paragraphs)
    repairs = locate_repairs([text], body)
    assert len(repairs) <= len(text.repairs)
    for repair in repairs:
        if repair.located:
            assert body.body[repair.start : repair.end] == repair.after
    located = [r for r in repairs if r.located]
    assert all(a.end <= b.start for a, b in pairwise(located))
    assert len(undo(body.body, repairs)) == len(body.body) + sum(
        len(r.before) - len(r.after) for r in located
    )


def test_of_two_deletions_in_one_place_the_repair_comes_first():
    text = repaired([("县委", "县委"), ("(wěi)", ""), ("召开", "召开")])
    body = cleaned("县委召开", rewrites=(Repair("blank", 2, " ", "", located=True),))
    assert [r.rule for r in locate_repairs([text], body)] == ["made up", "blank"]


def test_a_rewrite_of_what_a_repair_gave_is_dropped():
    text = repaired([("區１縣", "区１县")])
    body = cleaned("区１县", rewrites=(Repair("wide_letter", 1, "1", "１", located=True),))
    assert [r.rule for r in locate_repairs([text], body)] == ["made up"]


def test_what_is_not_found_in_time_stays_unlocated_but_is_told(monkeypatch):
    lines = [("會", "会"), ("议一开。\n", "议一开。\n")] * 50
    text, body = repaired(lines), cleaned(*["会议1开。"] * 40, *["会议一开。"] * 5)
    assert sum(r.located for r in locate_repairs([text], body)) == 5
    monkeypatch.setattr("pipelines.locate._VAIN", 100)
    repairs = locate_repairs([text], body)
    assert len(repairs) == 50
    assert not any(r.located for r in repairs)


@pytest.mark.parametrize("piece", ["會議１２召開了。\n", "會１開。", "<b>會</b>議 ", "會 議\t"])
def test_repairs_of_hostile_text_are_found_in_one_pass(piece):
    spots = [(char, simple) for char in piece for simple in (char.translate(SIMPLE),)] * 3000
    text = repaired(spots)
    body = cleaned(*text.text.replace("１", "1").replace("２", "2").split("\n")[:2000])
    start = process_time()
    repairs = locate_repairs([text], body)
    assert process_time() - start < 10  # minutes when each sentence is sought to the end of the page
    assert len(repairs) == len(text.repairs)
