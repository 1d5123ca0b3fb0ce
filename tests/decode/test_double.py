"""Is double encoding undone, and mojibake that is quoted on purpose left alone?"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipelines.decode import decode
from pipelines.decode.double import undo_double

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("double.toml").read_text("utf-8"))[
    "case"
]
TEXT = (
    "<h1>青溪县召开会议</h1>\n<p>会议强调，隐患要逐条销号，责任要落实到人——不得走过场。</p>\n<p>柏远·3月</p>"
)


def as_windows(body: bytes) -> str:
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in body)


WAYS = {
    "utf8 as latin-1": lambda text: text.encode().decode("latin-1"),
    "utf8 as windows": lambda text: as_windows(text.encode()),
    "gbk as latin-1": lambda text: text.encode("gbk").decode("latin-1"),
    "gbk as windows": lambda text: as_windows(text.encode("gbk")),
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_cases(case: dict[str, Any]) -> None:
    text, undone = undo_double(case["before"])
    assert text == case["after"]
    assert bool(undone) == (case["before"] != case["after"])


@pytest.mark.parametrize("way", WAYS)
def test_whole_pages(way: str) -> None:
    decoded = decode(WAYS[way](TEXT).encode())
    assert decoded.text == TEXT
    assert decoded.damaged == 0
    assert any(e.subject == "double_encoding" for e in decoded.evidence)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_block_in_a_sound_page(way: str, codec: str) -> None:
    page = "<p>县长柏远主持会议。</p>{}<p>各乡镇负责人参加。</p>"
    decoded = decode(page.format(WAYS[way](TEXT)).encode(codec))
    assert decoded.text == page.format(TEXT)


def even(text: str) -> str:
    """A text whose runs have an even number of bytes in UTF-8, so that GBK can hold them."""
    return text.encode().decode("gb18030")


def test_utf8_as_gbk() -> None:
    sound = "<p>会议强调，要压实责任</p><p>隐患逐条整改</p><p>青溪召开会议</p>"
    decoded = decode(even(sound).encode())
    assert decoded.text == sound
    assert {e.rule for e in decoded.evidence if e.subject == "double_encoding"} == {"utf8_as_gbk"}


def test_utf8_as_gbk_with_lost_bytes_invents_no_character() -> None:
    sound = "<p>会议强调，要压实责任，一是抓好防汛工作，二是抓好安全生产。</p>" * 3
    decoded = decode(sound.encode().decode("gbk", "replace").encode())
    assert "强调，" in decoded.text
    assert set(decoded.text) <= {*sound, "\ufffd"}
    assert decoded.damaged > 0


def test_utf8_as_gb18030_loses_little() -> None:
    sound = "<p>会议强调，要压实责任，一是抓好防汛工作，二是抓好安全生产。</p>" * 3
    decoded = decode(sound.encode().decode("gb18030", "replace").encode())
    assert decoded.text.startswith("<p>会议强调，要压实责任，一是抓好防汛工作，二是抓好安全生产")
    assert decoded.rejection is None


def test_place_of_what_was_undone() -> None:
    page = "会\udce8议。<p>" + as_windows("会议强调安全".encode()) + "</p>"
    body = page.encode("utf-8", "surrogateescape")
    decoded = decode(body)
    [found] = [e for e in decoded.evidence if e.subject == "double_encoding"]
    start = int(found.place.removeprefix("character "))
    assert decoded.text[start : start + 6] == "会议强调安全"
    assert found.value == as_windows("会议强调安全".encode())
