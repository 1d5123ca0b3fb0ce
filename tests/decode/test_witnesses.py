"""Are declarations heard, weighed and never obeyed?"""

from __future__ import annotations

import pytest

from pipelines.decode.charsets import CODECS, canonical
from pipelines.decode.witnesses import declarations, speech_for, split_bom

LABELS = {
    "gb2312": "gb18030",
    "GBK": "gb18030",
    "gb18030": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "gb_2312-80": "gb18030",
    "big5": "big5",
    "Big5-HKSCS": "big5",
    "cn-big5": "big5",
    "UTF8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf8mb4": "utf-8",
    "shift_jis": "shift_jis",
    "x-sjis": "shift_jis",
    "euc-kr": "euc-kr",
    "ks_c_5601-1987": "euc-kr",
    "latin1": "windows-1252",
    "us-ascii": "windows-1252",
    "iso-8859-2": "iso-8859-2",
    "cp1250": "windows-1250",
    "koi8-r": "koi8-r",
    "tis-620": "tis-620",
    "utf-16": "utf-16le",
    "klingon": None,
    "unicode_escape": None,
    "idna": None,
    "base64": None,
    "rot13": None,
    "中文": None,
    "": None,
    "a\0b": None,
}


@pytest.mark.parametrize(("label", "name"), LABELS.items())
def test_labels(label: str, name: str | None) -> None:
    assert canonical(label) == name


@pytest.mark.parametrize("name", CODECS)
def test_every_name_of_ours_is_its_own_label(name: str) -> None:
    assert canonical(name) == name


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("text/html; charset=gbk", "gb18030"),
        ('text/html;charset="GBK"', "gb18030"),
        ("text/html; Charset = 'big5'", "big5"),
        ("text/html", None),
        ("text/html; charset=", None),
        ("", None),
        (None, None),
    ],
)
def test_header(header: str | None, name: str | None) -> None:
    found = declarations(b"", header)
    assert [w.encoding for w in found] == ([name] if name else [])


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (b'<meta charset="gbk">', ["gb18030"]),
        (b"<META CHARSET=gbk>", ["gb18030"]),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', ["gb18030"]),
        (b'<meta content="text/html; charset=big5" http-equiv="Content-Type"/>', ["big5"]),
        (b'<?xml version="1.0" encoding="gb2312"?><a/>', ["gb18030"]),
        (b'<meta charset="utf-8"><meta charset="gbk">', ["utf-8", "gb18030"]),
        (b'<meta name="viewport" content="width=device-width">', []),
        (b'<a charset="gbk">', []),
        (b" " * 3000 + b'<meta charset="gbk">', ["gb18030"]),
        (b" " * 9000 + b'<meta charset="gbk">', []),
    ],
)
def test_head(head: bytes, names: list[str]) -> None:
    assert [w.encoding for w in declarations(head, None)] == names


def test_header_and_meta_add_up_and_two_metas_do_not() -> None:
    both = declarations(b'<meta charset="gbk"><meta charset="gb2312">', "text/html; charset=gb18030")
    assert speech_for("gb18030", both) == 18
    assert speech_for("big5", both) == 0


def test_latin1_is_worth_next_to_nothing() -> None:
    assert speech_for("windows-1252", declarations(b"", "text/html; charset=iso-8859-1")) == 2


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_marks(codec: str) -> None:
    name, rest = split_bom("会议".encode(codec))
    assert name in ("utf-8", "utf-16le", "utf-32le")
    assert rest.decode(CODECS[name]) == "会议"
