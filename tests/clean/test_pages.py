"""Is the article found whole, alone and in order, whatever the system that wrote the page?"""

import tomllib
from pathlib import Path

import pytest

from pipelines.clean import clean

CASES = Path(__file__).parent / "cases"
FILES = ("pages_portal.toml", "pages_reprint.toml", "pages_layout.toml")


def cases(*names: str) -> list:
    """The cases of these files; a known failure is a strict xfail."""
    found = [c for name in names for c in tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"]]
    known = pytest.mark.xfail(strict=True)
    return [
        pytest.param(c, id=c["label"], marks=[known] if c.get("group") == "known_failure" else [])
        for c in found
    ]


@pytest.mark.parametrize("case", cases(*FILES))
def test_body(case):
    cleaned = clean(case["html"], content_type=case.get("type", "text/html"))
    assert list(cleaned.paragraphs) == case["body"]
    assert cleaned.rejection is None
    assert cleaned.truncated is case.get("truncated", False)


@pytest.mark.parametrize("case", cases(*FILES))
def test_cuts_are_named(case):
    cleaned = clean(case["html"], content_type=case.get("type", "text/html"))
    rules = {cut.rule for cut in cleaned.cuts}
    assert set(case.get("rules", ())) <= rules
    assert all(cut.rule and cut.text and cut.place for cut in cleaned.cuts)


@pytest.mark.parametrize("case", cases(*FILES))
def test_a_second_look_gives_the_same(case):
    """No state stays between pages."""
    kind = case.get("type", "text/html")
    assert clean(case["html"], content_type=kind) == clean(case["html"], content_type=kind)


@pytest.mark.parametrize("case", cases(*FILES))
def test_clean_text_is_left_alone(case):
    """The article that came out goes in again as plain text: nothing more is cut."""
    title = "县里召开了一次会议"
    again = clean("\n".join([title, *case["body"]]), content_type="text/plain")
    assert list(again.paragraphs) == case["body"]
    assert again.rewrites == ()
