"""The fingerprint of a text: what makes two copies of one report meet, whatever their layout.

Chinese has no blanks between words, so likeness is counted on runs of characters (shingles), not
on words. Keys come from two sources: bands of a minhash signature (texts that are alike as a
whole) and whole paragraphs (a part of a text that stands in another one).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zlib
from dataclasses import dataclass

SHINGLE = 4  # characters; 3–5 tell Chinese texts apart
BINS = 64  # least hashes kept, one per bin
BAND = 4  # bins per key: texts sharing 8 of 10 shingles meet with certainty, 2 of 10 almost never
SHORT = 60  # folded characters; shorter texts are the same only when equal
LONG_PARAGRAPH = 40  # folded characters of a paragraph that is hardly ever written twice
PARAGRAPHS = 12  # keys from paragraphs, the longest first
_NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """``exact``: SHA-256 of the folded text; ``keys``: 63-bit numbers; ``length``: folded characters."""

    exact: str
    keys: tuple[int, ...]
    length: int


def fold(text: str) -> str:
    """Letters and figures only, width and case folded: what survives each site's layout.

    >>> fold("会议强调， 要落实“３项”任务。\\nABC")
    '会议强调要落实3项任务abc'
    """
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKC", text)).lower()


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of a body (paragraphs, one a line). Linear in the text.

    >>> a = fingerprint("会议强调,要落实责任。")
    >>> b = fingerprint("会议强调， 要落实责任！")
    >>> a == b, a.length, a.keys
    (True, 9, ())
    """
    folded = fold(text)
    exact = hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()
    keys = (*_band_keys(folded), *_paragraph_keys(text)) if len(folded) >= SHORT else ()
    return Fingerprint(exact, tuple(sorted(set(keys))), len(folded))


def _band_keys(folded: str) -> list[int]:
    """One-permutation minhash: each shingle is hashed once, each bin keeps its least hash."""
    data = folded.encode("utf-32-le", "replace")
    width = 4 * SHINGLE
    least: list[int | None] = [None] * BINS
    for shingle in {data[at : at + width] for at in range(0, len(data) - width + 4, 4)}:
        value = zlib.crc32(shingle)
        place, rest = value % BINS, value // BINS
        found = least[place]
        if found is None or rest < found:
            least[place] = rest
    filled = _densify(least)
    return [
        _number(f"{at}:{','.join(map(str, filled[at : at + BAND]))}".encode()) for at in range(0, BINS, BAND)
    ]


def _densify(least: list[int | None]) -> list[int]:
    """An empty bin takes the value of the next filled one, so that short texts compare fairly too."""
    filled: list[int] = []
    value = next((rest for rest in least if rest is not None), 0)
    for rest in reversed(least):
        value = rest if rest is not None else value + BINS
        filled.append(value)
    return filled[::-1]


def _paragraph_keys(text: str) -> list[int]:
    paragraphs = {folded for line in text.split("\n") if len(folded := fold(line)) >= LONG_PARAGRAPH}
    longest = sorted(paragraphs, key=lambda folded: (-len(folded), folded))[:PARAGRAPHS]
    return [_number(b"p:" + folded.encode("utf-8", "replace")) for folded in longest]


def _number(data: bytes) -> int:
    """63 bits that any database keeps as an integer."""
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big") >> 1
