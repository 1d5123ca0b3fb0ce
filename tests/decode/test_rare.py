"""Are marks, UTF-16 and the encodings behind shifts and escapes read?"""

from __future__ import annotations

import pytest

from pipelines.decode import decode
from pipelines.decode.cns import character, read_euc_tw
from pipelines.decode.stateful import read_ascii, read_iso_2022_cn

TEXT = "<p>青溪县召开会议，县长柏远主持——2023年3月6日·上午。</p>\n"
HANT = "<p>縣長柏遠主持召開會議，強調隱患要逐條銷號。</p>\n"


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16le"),
        ("utf-32", "utf-32le"),
        ("utf-16-le", "utf-16le"),
        ("utf-16-be", "utf-16be"),
    ],
)
@pytest.mark.parametrize("header", [None, "text/html; charset=gbk", "text/html; charset=utf-8"])
def test_unicode_forms(codec: str, name: str, header: str | None) -> None:
    decoded = decode(TEXT.encode(codec), header)
    assert (decoded.text, decoded.encoding) == (TEXT, name)


def test_big_endian_marks() -> None:
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be")).text == TEXT
    assert decode(b"\0\0\xfe\xff" + TEXT.encode("utf-32-be")).text == TEXT
    assert decode(b"\x84\x31\x95\x33" + TEXT.encode("gb18030")).text == TEXT


def test_a_utf8_mark_over_gbk_is_overruled() -> None:
    decoded = decode(b"\xef\xbb\xbf" + TEXT.encode("gbk"))
    assert (decoded.text, decoded.encoding) == (TEXT, "gb18030")


def test_a_page_that_claims_utf16_and_is_utf8() -> None:
    body = ('<meta charset="utf-16">' + TEXT).encode()
    assert decode(body).encoding == "utf-8"


def test_a_stray_nul_makes_no_utf16() -> None:
    body = (TEXT + "\0" + TEXT).encode()
    assert decode(body).text == TEXT + "\0" + TEXT


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"~{;aRi~} 3 ~{TB~}", "会议 3 月"),
        (b"a ~~ ~{;aRi~}", "a ~ 会议"),
        (b"~{;aRi\nend", "会议\nend"),
        (b"~{!$!*!*~}~{;aRi~}", "·——会议"),
        (b"plain ~{ text", "plain ~{ text"),
        (b"x = ~{a}", "x = ~{a}"),
    ],
)
def test_hz(body: bytes, text: str) -> None:
    assert read_ascii(body)[0] == text


@pytest.mark.parametrize(("codec", "name"), [("iso2022_jp", "iso-2022-jp"), ("iso2022_kr", "iso-2022-kr")])
def test_iso_2022(codec: str, name: str) -> None:
    text = "会議" if codec == "iso2022_jp" else "회의"
    assert read_ascii(text.encode(codec)) == (text, name)


def test_iso_2022_cn() -> None:
    assert read_iso_2022_cn(b"\x1b$)A\x0e;aRi\x0f 3\n\x0e;a\x0f") == "会议 3\n会"
    assert read_iso_2022_cn(b"\x1b$)G\x0edDz>\x0f!") == "會議!"
    assert read_iso_2022_cn(b"\x1b$*H\x1bN!!x") == "乂x"
    assert decode(b"<p>\x1b$)A\x0e;aRi\x0f</p>").encoding == "iso-2022-cn"


def euc_tw(text: str) -> bytes:
    """EUC-TW bytes of a text, by looking each character up in plane 1."""
    pairs = {
        character(1, bytes((row, col))): bytes((row, col))
        for row in range(0xA1, 0xFF)
        for col in range(0xA1, 0xFF)
    }
    return b"".join(char.encode() if char < "\x80" else pairs[char] for char in text)


def test_euc_tw() -> None:
    decoded = decode(euc_tw(HANT))
    assert (decoded.text, decoded.encoding) == (HANT, "euc-tw")


def test_euc_tw_declared_and_broken() -> None:
    assert read_euc_tw(b"\xe4\xc4\xff\xfa\xbe\x8e") == "會\udcff議\udc8e"


@pytest.mark.parametrize(
    ("body", "text"),
    [(b"\xf9\xd6", "碁"), (b"\xc6\xa1", "①"), (b"\x87\x40", "䏰"), (b"\xa1\x45", "‧"), (b"\xa3\xe1", "€")],
)
def test_big5_extensions(body: bytes, text: str) -> None:
    decoded = decode(HANT.encode("big5hkscs") + body)
    assert decoded.text == HANT + text
    assert decoded.encoding == "big5"
