"""Quality: one figure, and each point lost has its reason."""

from __future__ import annotations

from datetime import datetime

import pytest

from crawler.records import Cleaned, Decoded, Repair, Restored
from pipelines.quality import CERTAIN, DEDUCTIONS, rate

BODY = "3月6日，县长主持召开县政府常务会议。会议强调，隐患要逐条销号，责任要落实到人，各乡镇要在本周内拿出整改方案，逐项报县安委会办公室备案。"


def sound(**changes) -> Cleaned:
    fields = {
        "site_type": "portal",
        "title": "县政府常务会议召开",
        "published_at": datetime(2023, 3, 7),
        "published_precision": "day",
        "source": "青溪县政府网",
        "reporters": (),
        "editors": (),
        "paragraphs": (BODY,),
    }
    return Cleaned(**{**fields, **changes})


def rules(cleaned=None, decoded=None, repairs=()):
    decoded = decoded or Decoded("", "utf-8", 1.0)
    return {e.rule for e in rate(decoded, Restored("", "simplified"), cleaned or sound(), repairs)[1]}


def test_a_sound_report_has_full_marks():
    assert rate(Decoded("", "utf-8", 1.0), Restored("", "simplified"), sound(), ()) == (1.0, ())


@pytest.mark.parametrize(
    ("rule", "arguments"),
    [
        ("no_title", {"cleaned": sound(title=None)}),
        ("no_date", {"cleaned": sound(published_at=None)}),
        ("no_source", {"cleaned": sound(source=None)}),
        ("truncated", {"cleaned": sound(truncated=True)}),
        ("very_short", {"cleaned": sound(paragraphs=("县政府开会。",))}),
        ("title_shares_nothing", {"cleaned": sound(title="龙虎榜")}),
        ("damaged_bytes", {"decoded": Decoded("", "gb18030", 0.9, damaged=3)}),
        ("uncertain_encoding", {"decoded": Decoded("", "big5", 0.3)}),
        ("uncertain_repair", {"repairs": (Repair("b1", 0, "?", "3", CERTAIN - 0.1, located=True),)}),
    ],
)
def test_each_fault_costs_its_points(rule, arguments):
    assert rules(**arguments) == {rule}


def test_an_uncertain_repair_outside_the_body_costs_nothing():
    assert not rules(repairs=(Repair("b1", 0, "?", "3", 0.1),))


def test_quality_never_falls_below_zero():
    worst = sound(title=None, published_at=None, source=None, truncated=True, paragraphs=())
    quality, evidence = rate(Decoded("", "x", 0.0, damaged=9), Restored("", "mirror"), worst, ())
    assert 0.0 <= quality < 0.5
    assert all(e.score == DEDUCTIONS[e.rule] and e.value for e in evidence)
