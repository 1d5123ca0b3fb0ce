"""Which copy is the original, which is best, and what the others are."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.match import CopyFacts, choose_best, relate

DAY = datetime(2024, 3, 6, 10)
WHOLE = CopyFacts(1, "simplified", "portal", DAY, DAY, 900, truncated=False, quality=0.9)


def copy(number: int, **changes: object) -> CopyFacts:
    return replace(WHOLE, id=number, **changes)  # type: ignore[arg-type]


CASES = [
    ("alone", [WHOLE], {1: "original"}, 1),
    (
        "the earlier day",
        [WHOLE, copy(2, published_at=DAY - timedelta(days=1))],
        {1: "reprint", 2: "original"},
        2,
    ),
    (
        "of one day the government's own site, though printed later",
        [copy(1, site_type="aggregator"), copy(2, published_at=DAY + timedelta(hours=3))],
        {1: "reprint", 2: "original"},
        2,
    ),
    (
        "of one kind the earlier hour",
        [WHOLE, copy(2, published_at=DAY - timedelta(hours=3))],
        {1: "reprint", 2: "original"},
        2,
    ),
    ("a day beats none", [copy(1, published_at=None), copy(2)], {1: "reprint", 2: "original"}, 2),
    (
        "a mirror is never the original while there is another",
        [copy(1, script="mirror", published_at=DAY - timedelta(days=9)), copy(2)],
        {1: "mirror", 2: "original"},
        2,
    ),
    ("a mirror alone has to be", [copy(1, script="mirror")], {1: "original"}, 1),
    (
        "an earlier excerpt is an excerpt",
        [copy(1, length=400, published_at=DAY - timedelta(days=1)), copy(2)],
        {1: "excerpt", 2: "original"},
        2,
    ),
    ("nearly whole is whole", [WHOLE, copy(2, length=800)], {1: "original", 2: "reprint"}, 1),
    (
        "the better reprint is read, the original stays the original",
        [WHOLE, copy(2, quality=1.0, published_at=DAY + timedelta(days=1))],
        {1: "original", 2: "reprint"},
        2,
    ),
    (
        "a better mirror is not read",
        [WHOLE, copy(2, quality=1.0, script="mirror")],
        {1: "original", 2: "mirror"},
        1,
    ),
    (
        "what ends too early is not read",
        [copy(1, truncated=True, quality=1.0), copy(2, published_at=DAY + timedelta(days=1))],
        {1: "reprint", 2: "original"},
        2,
    ),
    (
        "otherwise the first seen",
        [copy(2), copy(1, seen_at=DAY - timedelta(days=1))],
        {1: "original", 2: "reprint"},
        1,
    ),
]


@pytest.mark.parametrize(
    ("copies", "relations", "best"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_relations(copies: list[CopyFacts], relations: dict[int, str], best: int) -> None:
    assert dict(relate(copies)) == relations
    assert choose_best(copies) == best


MANY = st.lists(
    st.builds(
        CopyFacts,
        id=st.integers(1, 99),
        script=st.sampled_from(["simplified", "traditional", "mirror"]),
        site_type=st.sampled_from([None, "portal", "docshare", "aggregator", "scrape"]),
        published_at=st.none() | st.datetimes(),
        seen_at=st.datetimes(),
        length=st.integers(0, 3000),
        truncated=st.booleans(),
        quality=st.floats(0, 1),
    ),
    min_size=1,
    max_size=9,
    unique_by=lambda facts: facts.id,
)


@given(MANY, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_always_one_original_whatever_the_order(copies: list[CopyFacts], chooser: object) -> None:
    relations = relate(copies)
    assert list(relations.values()).count("original") == 1
    assert set(relations) == {facts.id for facts in copies}
    shuffled = sorted(copies, key=lambda _: chooser.random())  # type: ignore[attr-defined]
    assert dict(relate(shuffled)) == dict(relations)
    assert choose_best(shuffled) == choose_best(copies)
