"""The encodings we read, their names, and how bytes are read in them without losing any.

A byte that stands for nothing becomes a lone surrogate (U+DC00 + byte), never an exception and never a
silent loss; ``damage.py`` turns these holes into U+FFFD and lists them.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from types import MappingProxyType

from pipelines.decode.cns import read_euc_tw

# Names after the WHATWG Encoding Standard; each is read by the widest codec of its family, because
# pages that say gb2312 hold 镕 and 喆, and pages that say big5 hold Hong Kong's characters.
CODECS = MappingProxyType(
    {
        "utf-8": "utf-8",
        "gb18030": "gb18030",
        "big5": "big5hkscs",
        "euc-jp": "euc_jp",
        "shift_jis": "cp932",
        "euc-kr": "cp949",
        "windows-1252": "cp1252",
        "windows-1250": "cp1250",
        "windows-1251": "cp1251",
        "windows-1253": "cp1253",
        "koi8-r": "koi8_r",
        "utf-16le": "utf-16-le",
        "utf-16be": "utf-16-be",
        "utf-32le": "utf-32-le",
        "utf-32be": "utf-32-be",
    }
)
_FAMILIES = MappingProxyType(
    {
        "gb2312": "gb18030",
        "gbk": "gb18030",
        "big5hkscs": "big5",
        "cp950": "big5",
        "shift_jis_2004": "shift_jis",
        "shift_jisx0213": "shift_jis",
        "cp932": "shift_jis",
        "euc_jp": "euc-jp",
        "euc_jis_2004": "euc-jp",
        "euc_jisx0213": "euc-jp",
        "cp949": "euc-kr",
        "euc_kr": "euc-kr",
        "iso8859-1": "windows-1252",
        "ascii": "windows-1252",
        "cp1252": "windows-1252",
        "cp1251": "windows-1251",
        "utf-8-sig": "utf-8",
        "utf-16": "utf-16le",
        "utf-16-le": "utf-16le",
        "utf-16-be": "utf-16be",
        "utf-32": "utf-32le",
        "utf-32-le": "utf-32le",
        "utf-32-be": "utf-32be",
    }
)
_OTHER_LABELS = MappingProxyType(
    {
        "x-gbk": "gb18030",
        "gb_2312-80": "gb18030",
        "cn-gb": "gb18030",
        "utf8mb4": "utf-8",
        "cn-big5": "big5",
        "x-x-big5": "big5",
        "x-sjis": "shift_jis",
        "windows-31j": "shift_jis",
        "windows-949": "euc-kr",
        "ks_c_5601-1989": "euc-kr",
        "hz-gb-2312": "hz-gb-2312",
        "hz": "hz-gb-2312",
        "euc-tw": "euc-tw",
        "x-euc-tw": "euc-tw",
        "iso-2022-cn": "iso-2022-cn",
    }
)
# Big5 as browsers read it, where Python's codec differs: the dot in names, the small comma, the euro.
_BIG5_AS_ON_THE_WEB = (("\u2022", "\u2027"), ("\uff64", "\ufe51"), ("\udca3\udce1", "€"))
_SINGLE_BYTE = re.compile(r"(cp|iso8859-|koi8-|mac-|tis-)(125\d|874|\d{1,2}|[rut]|cyrillic|roman|620)")


@cache
def canonical(label: str) -> str | None:
    """The name under which we know a label, or None for one that names no encoding of text.

    >>> canonical(" GB2312 "), canonical("x-gbk"), canonical("utf8"), canonical("klingon")
    ('gb18030', 'gb18030', 'utf-8', None)
    """
    label = label.strip(" \t\r\n\"'").lower()
    if not label.isascii() or "\0" in label:
        return None
    if label in CODECS or label in _OTHER_LABELS:
        return _OTHER_LABELS.get(label, label)
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    if name in _FAMILIES or name in CODECS:
        return _FAMILIES.get(name, name)
    return _SINGLE_BYTE.sub(_web_name, name) if _SINGLE_BYTE.fullmatch(name) else None


def _web_name(match: re.Match[str]) -> str:
    return {"cp": "windows-", "iso8859-": "iso-8859-"}.get(match[1], match[1]) + match[2]


def read(body: bytes, name: str) -> str:
    """The text of the bytes; bytes that stand for nothing are holes, U+DC80–U+DCFF.

    >>> read("会议".encode("gbk") + b"\\x80\\xff", "gb18030")
    '会议€\\udcff'
    """
    if name == "euc-tw":
        return read_euc_tw(body)
    codec = CODECS.get(name) or name.replace("windows-", "cp")
    if name.startswith(("utf-16", "utf-32")):
        return body.decode(codec, "replace")
    try:
        text = body.decode(codec)
    except UnicodeDecodeError:
        text = body.decode(codec, "surrogateescape")
    if name == "gb18030":
        return text.replace("\udc80", "€")
    if name == "big5":
        for found, meant in _BIG5_AS_ON_THE_WEB:
            text = text.replace(found, meant)
    return text


def has_holes(text: str) -> bool:
    """Whether some byte of a text from ``read`` stands for nothing.

    >>> has_holes(read(b"\\xbb\\xe1\\xff", "gb18030")), has_holes(read(b"\\xbb\\xe1", "gb18030"))
    (True, False)
    """
    try:
        text.encode("utf-32-le")  # the fastest way to ask for surrogates
    except UnicodeEncodeError:
        return True
    return False
