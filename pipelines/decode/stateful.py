"""Encodings that write Chinese in ASCII bytes behind shifts and escapes: HZ and ISO-2022.

Python has no codec for ISO-2022-CN, and its ``hz`` misreads · and ——; GB2312 is read through GB18030 here.
"""

from __future__ import annotations

import re

from pipelines.decode.charsets import read
from pipelines.decode.cns import HIGH, character
from pipelines.decode.frequency import bits

_HZ = re.compile(rb"~\{((?:[!-w][!-~])*)(?:~\})?|~(~|\r?\n)")
_ESCAPES = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$B", "iso2022_jp_2"), (b"\x1b$@", "iso2022_jp_2"))
_ISO_2022_CN = re.compile(
    rb"\x0e(?P<word>(?:[!-~]{2})+)\x0f|\x1b\$[)*](?P<set>[AGH])|(?P<shift>[\x0e\x0f])|\x1bN(?P<single>[!-~]{2})"
    rb"|(?P<line>\n)|(?P<pairs>(?:[!-~]{2})+)"
)
_COMMON = 12  # bits a character: an HZ reading above that is no Chinese


def read_ascii(body: bytes) -> tuple[str, str]:
    """The text of a body without high bytes, and the name of its encoding.

    >>> read_ascii(b"~{;aRi~} 2023"), read_ascii(b"if (~{}.x) {}")
    (('会议 2023', 'hz-gb-2312'), ('if (~{}.x) {}', 'utf-8'))
    """
    if b"\x1b$" in body:
        if b"\x1b$)A" in body or b"\x1b$)G" in body:
            return read_iso_2022_cn(body), "iso-2022-cn"
        for escape, codec in _ESCAPES:
            if escape in body:
                return body.decode(codec, "replace"), codec.replace("iso2022_", "iso-2022-").removesuffix(
                    "_2"
                )
    if b"~{" in body and _is_hz(body):
        return _HZ.sub(_hz_to_gb, body).decode("gb18030", "surrogateescape"), "hz-gb-2312"
    return body.decode("ascii"), "utf-8"


def _is_hz(body: bytes) -> bool:
    text = (
        b"".join(match[1] or b"" for match in _HZ.finditer(body)).translate(HIGH).decode("gb18030", "replace")
    )
    return bool(text) and bits(text) <= _COMMON * len(text)


def _hz_to_gb(match: re.Match[bytes]) -> bytes:
    if match[2]:
        return b"~" if match[2] == b"~" else b""
    return match[1].translate(HIGH)


def read_iso_2022_cn(body: bytes) -> str:
    """The text of ISO-2022-CN (RFC 1922): GB2312 and CNS planes 1 and 2 behind escapes and shifts.

    >>> read_iso_2022_cn(b"\\x1b$)A\\x0e;aRi\\x0f ok")
    '会议 ok'
    """
    pieces: list[str] = []
    position, designated, shifted = 0, "A", False
    for match in _ISO_2022_CN.finditer(body):
        pieces.append(body[position : match.start()].decode("ascii", "replace"))
        position = match.end()
        kind = match.lastgroup or ""
        found = match[kind]
        if kind == "word":
            shifted = False
            pieces.append(_read_pairs(found, designated))
        elif kind == "set" and found != b"H":
            designated = found.decode()
        elif kind == "shift":
            shifted = found == b"\x0e"
        elif kind == "single":
            pieces.append(character(2, found.translate(HIGH)))
        elif kind == "line":
            shifted = False
            pieces.append("\n")
        elif kind == "pairs":
            pieces.append(_read_pairs(found, designated) if shifted else found.decode("ascii"))
    pieces.append(body[position:].decode("ascii", "replace"))
    return "".join(pieces)


def _read_pairs(pairs: bytes, designated: str) -> str:
    high = pairs.translate(HIGH)
    if designated == "A":
        return read(high, "gb18030")
    return "".join(character(1, high[i : i + 2]) for i in range(0, len(high), 2))
