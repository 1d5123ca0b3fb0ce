"""Bytes that no character stands for: each becomes U+FFFD, is listed with its place, and counts."""

from __future__ import annotations

import re
from itertools import accumulate, islice

from crawler.records import Evidence, Rejection
from pipelines.decode.candidates import count_beyond_ascii
from pipelines.decode.charsets import has_holes

LIMIT = 0.15  # share of the characters beyond ASCII that may be lost before a page is refused
_FEW = 4  # lost characters that never refuse a page, however short it is
_LISTED = 50  # spots listed one by one; the places of the rest stand in one evidence
_HOLES = re.compile("([\udc80-\udcff]+)")
_LOST = "\ufffd"

Spot = tuple[int, bytes]  # place in the text returned, the bytes that stood there


def mend(text: str) -> tuple[str, tuple[Spot, ...]]:
    """The text with U+FFFD for its holes, and the holes' places and bytes.

    A broken UTF-8 sequence is one U+FFFD, any other byte one each, as the Unicode standard recommends.

    >>> mend("会\\udce8\\udcae。\\udcff")
    ('会�。�', ((1, b'\\xe8\\xae'), (3, b'\\xff')))
    """
    if not has_holes(text):
        return text, ()
    pieces = _HOLES.split(text)  # text, hole, text, hole, …, text
    lost = {hole: hole.encode("utf-8", "surrogateescape") for hole in set(pieces[1::2])}
    marks = {hole: broken.decode("utf-8", "replace") for hole, broken in lost.items()}
    holes = pieces[1::2]
    pieces[1::2] = map(marks.__getitem__, holes)
    ends = accumulate(map(len, pieces))
    places = islice(ends, 0, None, 2)  # where the text before each hole ends
    return "".join(pieces), tuple(zip(places, map(lost.__getitem__, holes), strict=False))


def settled(place: int, spots: tuple[Spot, ...]) -> int:
    """Where a place of the text before ``mend`` lies in the text after it.

    >>> settled(5, mend("会\\udce8\\udcae。议")[1])
    4
    """
    for spot, lost in spots:
        if spot >= place:
            break
        place -= len(lost) - len(lost.decode("utf-8", "replace"))
    return place


def report(spots: tuple[Spot, ...]) -> list[Evidence]:
    """The evidence of undecodable bytes: the first spots one by one, then the places of the others."""
    rule = "undecodable_bytes"
    listed = [
        Evidence("decode", "damage", lost.hex(" "), rule, f"character {place}")
        for place, lost in spots[:_LISTED]
    ]
    if rest := spots[_LISTED:]:
        places = ", ".join(str(place) for place, _ in rest)
        listed.append(Evidence("decode", "damage", f"{len(rest)} more spots", rule, f"characters {places}"))
    return listed


def refuse(text: str) -> Rejection | None:
    """A rejection when too many characters of the text are U+FFFD, whoever lost them.

    >>> refuse("����的�") and refuse("����的�").detail
    '5 of 6 characters beyond ASCII are lost (83.3%, limit 15%)'
    >>> refuse("会议强调，要压实责任�。")
    """
    lost = text.count(_LOST)
    if lost <= _FEW:
        return None
    beyond = count_beyond_ascii(text)
    if lost <= LIMIT * beyond:
        return None
    return Rejection(
        "undecodable",
        f"{lost} of {beyond} characters beyond ASCII are lost ({lost / beyond:.1%}, limit {LIMIT:.0%})",
    )
