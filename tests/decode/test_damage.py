"""Are broken and cut bodies read, their damage counted and listed, and hopeless ones refused?"""

from __future__ import annotations

import pytest

from pipelines.decode import decode
from pipelines.decode.damage import mend, settled

TEXT = "<p>青溪县召开会议，县长柏远主持。</p>\n" * 12
CODECS = ("utf-8", "gb18030")


def spots(body: bytes) -> list[str]:
    return [e.place for e in decode(body).evidence if e.rule == "undecodable_bytes"]


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("cut", range(1, 40))
def test_a_body_cut_anywhere_loses_only_its_last_character(codec: str, cut: int) -> None:
    body = TEXT.encode(codec)[:-cut]
    decoded = decode(body)
    assert decoded.text == body.decode(codec, "replace")
    assert decoded.damaged <= 1
    assert decoded.rejection is None


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("place", range(3, 36, 3))
def test_one_broken_byte_is_one_spot_and_spoils_only_its_line(codec: str, place: int) -> None:
    body = bytearray(TEXT.encode(codec))
    body[place] = 0xFF
    decoded = decode(bytes(body))
    assert decoded.damaged >= 1
    assert decoded.text.splitlines()[1:] == TEXT.splitlines()[1:]
    assert decoded.rejection is None


@pytest.mark.parametrize("place", range(4, 32))
def test_a_lost_byte_of_gbk_costs_one_character_not_the_line(place: int) -> None:
    line = "青溪县召开会议，县长柏远主持会议"
    body = line.encode("gbk")
    decoded = decode((TEXT + "<p>").encode("gbk") + body[: place - 4] + body[place - 3 :] + b"</p>")
    saved = decoded.text.removeprefix(TEXT + "<p>").removesuffix("</p>")
    assert sum(a == b for a, b in zip(saved[::-1], line[::-1], strict=False)) + place // 2 >= len(line) - 1
    assert saved.count("\ufffd") == 1


def test_spots_are_listed_with_their_place() -> None:
    body = "会议".encode() + b"\xff" + "强调隐患要逐条销号".encode() + b"\xe4\xb8<"
    decoded = decode(body)
    assert decoded.text == "会议\ufffd强调隐患要逐条销号\ufffd<"
    assert decoded.damaged == 2
    assert spots(body) == ["character 2", "character 12"]
    assert [e.value for e in decoded.evidence if e.subject == "damage"] == ["ff", "e4 b8"]


def test_many_spots_are_all_placed_though_not_one_by_one() -> None:
    body = ("会议强调隐患要逐条销号".encode() + b"\xff ") * 80
    decoded = decode(body)
    assert decoded.damaged == 80
    listed = spots(body)
    assert len(listed) == 51
    assert listed[-1].count(",") == 29


def test_lone_0x80_is_the_euro() -> None:
    decoded = decode("资金".encode("gbk") + b"\x80" + "三百万元用于修路".encode("gbk"))
    assert decoded.text == "资金€三百万元用于修路"
    assert decoded.damaged == 0


def test_a_page_full_of_replacement_characters_is_refused() -> None:
    decoded = decode(("<p>" + "\ufffd\ufffd会\ufffd" * 30 + "</p>").encode())
    assert decoded.rejection is not None
    assert decoded.rejection.reason == "undecodable"
    assert "90 of 120" in decoded.rejection.detail


def test_gbk_read_as_utf8_upstream_is_refused() -> None:
    body = TEXT.encode("gbk").decode("utf-8", "replace").encode()
    rejection = decode(body).rejection
    assert rejection is not None
    assert rejection.reason == "undecodable"


def test_a_few_replacement_characters_are_told_and_kept() -> None:
    decoded = decode((TEXT + "\ufffd\ufffd").encode())
    assert decoded.rejection is None
    assert decoded.damaged == 2
    assert any(e.rule == "lost_before_us" for e in decoded.evidence)


def test_noise_is_refused_with_figures() -> None:
    noise = bytes((i * i * 31 + i * 7) % 251 for i in range(20_000))
    rejection = decode(noise).rejection
    assert rejection is not None
    assert rejection.reason == "undecodable"


def test_places_before_and_after_mending_agree() -> None:
    text = "会\udce8\udcae。\udcff议\udce8\udcaex"
    mended, found = mend(text)
    assert mended == "会\ufffd。\ufffd议\ufffdx"
    assert mended[settled(text.index("议"), found)] == "议"
    assert mended[settled(text.index("x"), found)] == "x"
    assert all(mended[place] == "\ufffd" for place, _ in found)


def test_bytes_that_are_a_character_again_side_by_side_were_not_lost_before_us() -> None:
    body = "会议强调".encode("gbk") * 9 + b"\xff" + b"\xe4\xb8" + b"\xff\xad\xff" + "会议".encode("gbk")
    assert not [e for e in decode(body).evidence if e.rule == "lost_before_us"]
