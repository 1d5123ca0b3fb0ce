"""CNS 11643, the character set of EUC-TW and ISO-2022-CN, for which Python has no codec."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

HIGH = bytes(b | 0x80 for b in range(256))  # translates seven-bit pairs to eight-bit ones
_EUC_TW = re.compile("\x8e([\xa1\xa2])([\xa1-\xfe]{2})|([\xa1-\xfe]{2})|[\x80-\xff]")


def read_euc_tw(body: bytes) -> str:
    """The text of EUC-TW (CNS 11643 planes 1 and 2); bytes that stand for nothing are holes.

    >>> read_euc_tw(b"\\xe4\\xc4\\xfa\\xbe!")
    '會議!'
    """
    return _EUC_TW.sub(_euc_tw_char, body.decode("latin-1"))


def _euc_tw_char(match: re.Match[str]) -> str:
    plane, far, near = match.groups()
    if pair := far or near:
        char = character(ord(plane) - 0xA0 if plane else 1, pair.encode("latin-1"))
        if char != "\ufffd":
            return char
    return "".join(chr(0xDC00 + ord(byte)) for byte in match[0])


def character(plane: int, pair: bytes) -> str:
    """The character of a plane at a pair of high bytes, U+FFFD where the plane has none."""
    return _planes()[plane - 1][(pair[0] - 0xA1) * 94 + pair[1] - 0xA1]


@cache
def _planes() -> tuple[str, str]:
    lines = (Path(__file__).parent / "cns11643.tsv").read_text(encoding="utf-8").splitlines()
    rows = dict(line.split("\t") for line in lines if not line.startswith("#"))
    first, second = (
        "".join(rows.get(f"{plane}-{row}", "\ufffd" * 94) for row in range(1, 95)) for plane in (1, 2)
    )
    return first, second
