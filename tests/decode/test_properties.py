"""Does decode hold its promises on any bytes: no exception, no surrogate, sound text unchanged, linear time?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.decode import decode

HANZI = "会议强调隐患要逐条销号责任落实到人县长主持召开常务研究部署工作，。、"
CHINESE = st.text(st.sampled_from(HANZI), min_size=8, max_size=80)
MARKUP = st.text(st.sampled_from('<p>/ ="abc0129\n'), max_size=40)
HEADERS = st.sampled_from(
    [
        None,
        "",
        "text/html; charset=gbk",
        "text/html; charset=utf-8",
        "text/html; charset=big5",
        "x; charset=utf-16",
    ]
)
FEW = settings(max_examples=60, deadline=None)


@FEW
@given(st.binary(max_size=400), HEADERS)
def test_any_bytes(body: bytes, header: str | None) -> None:
    decoded = decode(body, header)
    decoded.text.encode()  # no surrogate is left
    assert 0 <= decoded.confidence <= 1
    assert decoded.damaged >= 0


@FEW
@given(
    st.lists(
        st.sampled_from([b"\xe4\xb8\xad", b"\xd6\xd0", b"\xff", b"<", b"~{", b"\x1b$)A", b"\x0e", b"\0"]),
        max_size=60,
    )
)
def test_hostile_pieces(pieces: list[bytes]) -> None:
    decode(b"".join(pieces)).text.encode()


@FEW
@given(CHINESE, MARKUP, HEADERS, st.sampled_from(["utf-8", "gb18030"]))
def test_sound_text_comes_back(text: str, markup: str, header: str | None, codec: str) -> None:
    page = markup + text + markup
    decoded = decode(page.encode(codec), header)
    assert decoded.text == page
    assert decoded.damaged == 0


@FEW
@given(CHINESE, MARKUP)
def test_both_encodings_give_the_same_text(text: str, markup: str) -> None:
    page = f"{text}<p>{markup}</p>{text}"
    assert decode(page.encode()).text == decode(page.encode("gb18030")).text


@FEW
@given(CHINESE, st.integers(0, 10_000))
def test_damage_is_counted_wherever_it_is(text: str, place: int) -> None:
    page = f"<p>{text}</p>" * 3
    body = page.encode()
    cut = place % len(body)
    decoded = decode(body[:cut] + b"\xff" + body[cut:])
    assert decoded.damaged >= 1
    assert "\ufffd" in decoded.text


HOSTILE = {
    "lead bytes": b"\x81" * 200_000,
    "one run with a hole": "会议".encode("gbk") * 40_000 + b"\xff",
    "holes in every run": ("会议强调".encode("gbk") + b"\xff ") * 20_000,
    "half sequences": b"\xe4\xb8 " * 60_000,
    "latin": "ä".encode() * 80_000,
    "tell-tales": "锛".encode() * 60_000,
    "escapes": b"\x1b$)A\x0e" * 40_000,
    "hz": b"~{" * 100_000,
    "metas": b"<meta " * 30_000,
    "one long word": b"\xb0" + b"a" * 200_000,
    "nuls": b"\0" * 200_000,
    "replacement characters": "\ufffd".encode() * 60_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bodies_never_give_more_letters_than_bytes(name: str) -> None:
    assert len(decode(HOSTILE[name]).text) <= len(HOSTILE[name])
