"""Which kind of file some bytes are, by what they begin with; names and headers are often wrong."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

_HEAD = 1024  # bytes in which a PDF may begin (ISO 32000-2, annex I)
_DIRECTORY = 65_536  # bytes at either end of a ZIP in which names are looked for


class FileKind(NamedTuple):
    """A kind: ``reader`` is the module that reads it, None when nobody does; ``remedy`` then helps."""

    name: str
    begins: tuple[bytes, ...]
    holds: bytes
    reader: str | None
    remedy: str


def kind_of(body: bytes) -> FileKind | None:
    """The kind of a file that is no page of text; None for text and what is not known.

    >>> kind_of(b"\\xef\\xbb\\xbf%PDF-1.7").reader, kind_of("会议".encode()) is None
    ('crawler.files.pdf', True)
    >>> kind_of(b"\\xd0\\xcf\\x11\\xe0\\xa1\\xb1\\x1a\\xe1").remedy[:35]
    'open it with its password, if it ha'
    """
    head = body[:_HEAD]
    at = head.find(b"%PDF-")
    if at > 0 and b"<" not in head[:at]:
        head = head[at:]
    return next((kind for kind in load_kinds() if head.startswith(kind.begins) and _holds(body, kind)), None)


@cache
def load_kinds() -> tuple[FileKind, ...]:
    """The kinds of ``kinds.toml``, in its order, read once."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return tuple(
        FileKind(
            kind["name"],
            tuple(bytes.fromhex(magic) for magic in kind["begins"]),
            kind.get("holds", "").encode(),
            kind.get("reader"),
            kind.get("remedy", ""),
        )
        for kind in data["kind"]
    )


def _holds(body: bytes, kind: FileKind) -> bool:
    """Whether the ZIP names a member as this kind has it; its directory stands at the end."""
    return kind.holds in body[:_DIRECTORY] or kind.holds in body[-_DIRECTORY:]
