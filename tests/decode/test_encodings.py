"""Is each page read in the encoding it was written in, whatever it declares?"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipelines.decode import decode

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("encodings.toml").read_text("utf-8"))[
    "case"
]


def page(case: dict[str, Any]) -> str:
    meta = f'<meta charset="{case["meta"]}">' if "meta" in case else ""
    return f"{meta}{case['text']}"


def params() -> list[Any]:
    strict = pytest.mark.xfail(strict=True, reason="known failure")
    return [
        pytest.param(case, id=case["label"], marks=strict if case["group"] == "known failure" else ())
        for case in CASES
    ]


@pytest.mark.parametrize("case", params())
def test_text_and_encoding_are_right(case: dict[str, Any]) -> None:
    text = page(case)
    decoded = decode(text.encode(case["codec"]), case.get("header"))
    assert decoded.text == text
    assert decoded.encoding == case["encoding"]
    assert decoded.rejection is None
    assert decoded.damaged == 0


@pytest.mark.parametrize("case", [c for c in CASES if c["codec"] == "gb18030" and len(c["text"]) > 8])
def test_three_hundred_kilobytes_of_script_do_not_dilute(case: dict[str, Any]) -> None:
    script = "<script>" + "var a={b:'c',d:1};" * 17_000 + "</script>"
    text = script + page(case)
    decoded = decode(text.encode(case["codec"]))
    assert decoded.text == text
    assert decoded.encoding == "gb18030"


@pytest.mark.parametrize("case", [c for c in CASES if len(c["text"]) > 8])
def test_evidence_names_the_choice_and_every_declaration(case: dict[str, Any]) -> None:
    decoded = decode(page(case).encode(case["codec"]), case.get("header"))
    chosen = [e for e in decoded.evidence if e.subject == "encoding" and e.chosen]
    assert [e.value for e in chosen] == [decoded.encoding]
    assert all(e.step == "decode" and e.rule for e in decoded.evidence)
    subjects = {e.subject for e in decoded.evidence}
    assert ("meta" in subjects) == ("meta" in case)
    assert ("header" in subjects) == ("header" in case)


def test_a_declaration_that_the_bytes_refute_is_marked_as_lost() -> None:
    body = "会议强调，隐患要逐条销号".encode("gbk")
    header = next(e for e in decode(body, "text/html; charset=utf-8").evidence if e.subject == "header")
    assert (header.value, header.rule, header.chosen) == ("utf-8", "declared", False)


def test_confidence_is_high_for_text_and_low_for_a_syllable() -> None:
    assert decode("会议强调，隐患要逐条销号".encode("gbk")).confidence > 0.99
    assert decode(b"\xb0\xa1").confidence < 0.9


def test_the_same_bytes_give_the_same_answer() -> None:
    body = "会议强调，隐患要逐条销号".encode("gbk") + b"\xff"
    assert decode(body) == decode(body)


def test_empty_body() -> None:
    decoded = decode(b"", "text/html; charset=gbk")
    assert (decoded.text, decoded.encoding, decoded.damaged, decoded.rejection) == ("", "utf-8", 0, None)
