"""What a page says of its own encoding: witnesses with a weight, never orders."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipelines.decode.charsets import canonical

_PRESCAN = 8192  # bytes of the page that are searched; browsers stop at 1024, real pages do not
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]{2,40})", re.I | re.A)
_META = re.compile(rb"<meta\b[^>]{0,500}?\bcharset\s*=\s*[\"']?\s*([\w.:+-]{2,40})", re.I)
_XML = re.compile(rb"<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:+-]{2,40})", re.I)
_BOMS = (  # the longer first: UTF-32LE begins like UTF-16LE
    (b"\xff\xfe\0\0", "utf-32le"),
    (b"\0\0\xfe\xff", "utf-32be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (b"\xff\xfe", "utf-16le"),
    (b"\xfe\xff", "utf-16be"),
)
# What a declaration is worth, in bits: about one character of text. ISO-8859-1 is what servers say
# when nobody told them anything.
_WORTH = {"header": 10, "meta": 8, "xml": 8}
_WORTHLESS = "windows-1252"


@dataclass(frozen=True, slots=True)
class Witness:
    """One declaration: who made it, the label as written, the encoding it names (None: unknown label)."""

    who: Literal["header", "meta", "xml"]
    label: str
    encoding: str | None

    @property
    def worth(self) -> int:
        """Bits by which it speeds its encoding in the comparison."""
        return 2 if self.encoding == _WORTHLESS else _WORTH[self.who]


def declarations(body: bytes, content_type: str | None) -> tuple[Witness, ...]:
    """All declarations of a response, header first, then XML, then the metas in order.

    >>> [w.encoding for w in declarations(b'<meta charset="gb2312">', "text/html; charset=utf-8")]
    ['utf-8', 'gb18030']
    """
    found: list[Witness] = []
    if match := _HEADER.search(content_type or ""):
        found.append(Witness("header", match[1], canonical(match[1])))
    head = body[:_PRESCAN]
    for who, pattern in (("xml", _XML), ("meta", _META)):
        for label in pattern.findall(head)[:4]:
            text = label.decode("ascii", "replace")
            found.append(Witness("xml" if who == "xml" else "meta", text, canonical(text)))
    return tuple(found)


def split_bom(body: bytes) -> tuple[str | None, bytes]:
    """The encoding that a byte order mark tells, and the bytes after it.

    >>> split_bom("会".encode("utf-8-sig"))[0], split_bom(b"plain")
    ('utf-8', (None, b'plain'))
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return name, body[len(mark) :]
    return None, body


def speech_for(encoding: str, witnesses: tuple[Witness, ...]) -> int:
    """Bits that the declarations give to an encoding."""
    return sum({w.who: w.worth for w in witnesses if w.encoding == encoding}.values())
