"""Pages of two encodings: a GBK include in a UTF-8 page and the reverse, told apart run by run.

A run is a stretch between bytes that are never part of a character of several bytes (blank, quotes, ``<``,
``>``, ``=``), so every run can be read by itself; damage never passes its end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.decode.candidates import choose, count_beyond_ascii, count_high
from pipelines.decode.charsets import has_holes, read
from pipelines.decode.frequency import bits
from pipelines.decode.neighbours import settle
from pipelines.decode.resync import read_run

_RUN = re.compile(rb"[\x80-\xff][0-9@-\xff]*")
_WELL_FORMED_RUN = re.compile(rb"(?:[\x00-\x7f]|[\xe1-\xef][\x80-\xbf]{2})*")
_UTF8_SEQUENCE = re.compile(rb"[\xe3-\xe9\xef][\x80-\xbf]{2}")
_UTF8_IN_LEGACY = re.compile(rb"[\xe3-\xe9\xef][\x80-\xbf]{2}" * 3)
_RARE_IN_LEGACY = bytes(range(0x80, 0xA1))  # half of the trail bytes of UTF-8; none in GB2312 and Big5
_LEAD = 12  # bits by which the other reading of a run must be ahead
_GOOD = 13  # bits a character, names included, below which the other reading is text
_FEWEST = 4  # high bytes; a shorter run follows its neighbours, so that a stray byte makes no character


@dataclass(frozen=True, slots=True)
class Segment:
    """A run that was read in another encoding than its page: its text, and its first byte in the body."""

    start: int
    text: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Mixed:
    """The text of a page, holes included, and the runs that were read differently."""

    text: str
    segments: tuple[Segment, ...] = ()


def read_utf8(body: bytes) -> Mixed:
    """Read a page that is UTF-8 for the most part; runs that only GB18030 or Big5 explains are read so.

    >>> read_utf8("<p>青溪县</p><p>".encode() + "常务会议".encode("gbk") + b"</p>").text
    '<p>青溪县</p><p>常务会议</p>'
    """
    suspects = [run[0] for run in _RUN.finditer(body) if not _WELL_FORMED_RUN.fullmatch(run[0])]
    foreign = b" ".join(run for run in suspects if count_high(run) >= _FEWEST)[:4096]
    choice = choose(foreign, (), names=("gb18030", "big5", "utf-8"))
    if not foreign or choice.encoding == "utf-8":
        choice = choose(foreign, (), names=("gb18030", "big5"))
    if not foreign:
        return Mixed(read(body, "utf-8"))
    return _weave(body, "utf-8", choice.encoding)


def read_legacy(body: bytes, encoding: str) -> Mixed:
    """Read a page in a legacy encoding; runs that are UTF-8 in truth are read so.

    >>> read_legacy("<p>青溪县政府</p><p>".encode("gbk") + "常务会议".encode() + b"</p>", "gb18030").text
    '<p>青溪县政府</p><p>常务会议</p>'
    """
    text = read(body, encoding)
    if has_holes(text):
        return _weave(body, encoding, "utf-8")
    rare = len(body) - len(body.translate(None, _RARE_IN_LEGACY))
    if rare >= 2 and _UTF8_IN_LEGACY.search(body):
        return _weave(body, encoding, "utf-8")
    return Mixed(text)


def _weave(body: bytes, base: str, other: str) -> Mixed:
    """Read each run in the encoding it leans to; the ASCII between runs is the same in both."""
    runs = list(_RUN.finditer(body))
    leans = [_lean(run[0], base, other) for run in runs]
    pieces: list[str] = []
    segments: list[Segment] = []
    position = 0
    for run, lean in zip(runs, settle(leans), strict=True):
        before = body[position : run.start()].decode("ascii")
        text = read_run(run[0], other if lean else base)
        if lean:
            segments.append(Segment(run.start(), text, other))
        pieces += (before, text)
        position = run.end()
    pieces.append(body[position:].decode("ascii"))
    return Mixed("".join(pieces), tuple(segments))


def _lean(run: bytes, base: str, other: str) -> bool | None:
    """True for the other encoding, False for the page's own, None when the run is too short to tell."""
    utf8, legacy = ("utf-8", other) if base == "utf-8" else ("utf-8", base)
    high = count_high(run)
    if base == "utf-8" and high >= 6 and _WELL_FORMED_RUN.fullmatch(run):
        return False
    if base != "utf-8" and not _UTF8_SEQUENCE.search(run):
        return False
    in_utf8, in_legacy = read(run, utf8), read(run, legacy)
    lead = bits(in_utf8) - bits(in_legacy)  # above 0: the legacy reading is the better one
    if high >= _FEWEST and abs(lead) >= _LEAD:
        better, text = (legacy, in_legacy) if lead > 0 else (utf8, in_utf8)
        if better == base or bits(text) <= _GOOD * count_beyond_ascii(text):
            return better == other
    return None if has_holes(in_utf8 if base == "utf-8" else in_legacy) else False
