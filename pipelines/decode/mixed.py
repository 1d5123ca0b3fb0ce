"""Pages of two encodings: a GBK include in a UTF-8 page and the reverse, told apart run by run.

A run is a stretch between bytes that are never part of a character of several bytes (blank, quotes, ``<``,
``>``, ``=``), so every run can be read by itself; damage never passes its end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.decode.candidates import choose, count_beyond_ascii, count_high
from pipelines.decode.charsets import has_holes, read
from pipelines.decode.frequency import HOLE, bits
from pipelines.decode.neighbours import settle
from pipelines.decode.resync import RUN, Reader

_WELL_FORMED_RUN = re.compile(rb"(?:[\x00-\x7f]|[\xe1-\xef][\x80-\xbf]{2})*")
_COMMON_LEADS = (*range(0xE3, 0xEA), 0xEF)  # first bytes of Chinese characters and marks in UTF-8
_SHAPE = bytes(ord("L" if b in _COMMON_LEADS else "t" if 0x80 <= b < 0xC0 else " ") for b in range(256))
_UTF8_IN_LEGACY = b"Ltt" * 3
_RARE_IN_LEGACY = bytes(range(0x80, 0xA1))  # half of the trail bytes of UTF-8; none in GB2312 and Big5
_CONTINUATION = bytes(range(0x80, 0xC0))  # of each, UTF-8 can explain one more byte at most
_LEAD = 12  # bits by which the other reading of a run must be ahead
_GOOD = 13  # bits a character, names included, below which the other reading is text
_FEWEST = 4  # high bytes; a shorter run follows its neighbours, so that a stray byte makes no character
_SAMPLE = 4096  # bytes of the runs that are no UTF-8, of which the other encoding is told
_MOST = 100_000  # runs that are weighed; what lies behind them is read in the page's own encoding

# Runs that are certainly in the page's own encoding, with the ASCII around them: one leap to the next run
# that is doubtful. UTF-8: only sequences of three bytes; others: no such sequence of a common character.
_UTF8_SURE = re.compile(
    rb"(?:[\x00-\x7f]++|(?:(?:[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf])[0-9@-\x7f]*+)++"
    rb"(?![\x80-\xff]))*+"
)
_LEGACY_SURE = re.compile(
    rb"(?:[\x00-\x7f]++|(?:[0-9@-\xe2\xea-\xee\xf0-\xff]++|[\xe3-\xe9\xef](?![\x80-\xbf]{2}))++"
    rb"(?![\x80-\xff]))*+"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A run that was read in another encoding than its page: its text, and its first byte in the body."""

    start: int
    text: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Mixed:
    """The text of a page, holes included, and the runs that were read differently.

    ``weighed`` is the byte from which on a page of too many doubtful runs was read as one encoding;
    ``spent`` tells that not all broken runs were searched for the place where their pairs fell out of step.
    """

    text: str
    segments: tuple[Segment, ...] = ()
    weighed: int | None = None
    spent: bool = False


def read_utf8(body: bytes) -> Mixed:
    """Read a page that is UTF-8 for the most part; runs that only GB18030 or Big5 explains are read so.

    >>> read_utf8("<p>青溪县</p><p>".encode() + "常务会议".encode("gbk") + b"</p>").text
    '<p>青溪县</p><p>常务会议</p>'
    """
    runs = _doubtful(body, _UTF8_SURE)
    foreign = _foreign([run[0] for run in runs])
    if not foreign:
        return Mixed(read(body, "utf-8"))
    choice = choose(foreign, (), names=("gb18030", "big5", "utf-8"))
    if choice.encoding == "utf-8":
        choice = choose(foreign, (), names=("gb18030", "big5"))
    return _weave(body, runs, "utf-8", choice.encoding)


def read_legacy(body: bytes, encoding: str) -> Mixed:
    """Read a page in a legacy encoding; runs that are UTF-8 in truth are read so.

    >>> read_legacy("<p>青溪县政府</p><p>".encode("gbk") + "常务会议".encode() + b"</p>", "gb18030").text
    '<p>青溪县政府</p><p>常务会议</p>'
    """
    text = read(body, encoding)
    if has_holes(text):
        return _weave(body, _doubtful(body, _LEGACY_SURE), encoding, "utf-8")
    rare = len(body) - len(body.translate(None, _RARE_IN_LEGACY))
    if rare >= 2 and _UTF8_IN_LEGACY in body.translate(_SHAPE):
        return _weave(body, _doubtful(body, _LEGACY_SURE), encoding, "utf-8")
    return Mixed(text)


def _doubtful(body: bytes, sure: re.Pattern[bytes]) -> list[re.Match[bytes]]:
    """The runs of a page that may be in another encoding."""
    runs: list[re.Match[bytes]] = []
    position = 0
    while len(runs) < _MOST and (found := sure.match(body, position)):
        run = RUN.match(body, found.end())
        if run is None:
            break
        runs.append(run)
        position = run.end()
    return runs


def _foreign(runs: Sequence[bytes]) -> bytes:
    """A sample of the runs that are no UTF-8."""
    found: list[bytes] = []
    size = 0
    for run in runs:
        if count_high(run) >= _FEWEST and not _WELL_FORMED_RUN.fullmatch(run):
            found.append(run)
            size += len(run)
            if size >= _SAMPLE:
                break
    return b" ".join(found)[:_SAMPLE]


def _weave(body: bytes, runs: Sequence[re.Match[bytes]], base: str, other: str) -> Mixed:
    """Read each doubtful run in the encoding it leans to, and all between them in the page's own."""
    leans = _leans([run[0] for run in runs], base, other)
    reader, stranger = Reader(base), Reader(other)
    pieces: list[str] = []
    segments: list[Segment] = []
    position = 0
    for run, lean in zip(runs, _settled(body, runs, leans), strict=True):
        if lean:
            start, end = run.span()
            text = stranger.read(run[0])
            segments.append(Segment(start, text, other))
            pieces += (reader.read(body[position:start]), text)
            position = end
    pieces.append(reader.read(body[position:]))
    weighed = runs[-1].end() if len(runs) == _MOST else None
    return Mixed("".join(pieces), tuple(segments), weighed, reader.spent or stranger.spent)


def _settled(
    body: bytes, runs: Sequence[re.Match[bytes]], leans: Sequence[bool | None]
) -> Sequence[bool | None]:
    """The leans, those that are undecided after their neighbours; what lies between the runs is sure."""
    if None not in leans:
        return leans
    row: list[bool | None] = []
    places: list[int] = []
    position = 0
    for run, lean in zip(runs, leans, strict=True):
        if not body[position : run.start()].isascii():
            row.append(False)
        places.append(len(row))
        row.append(lean)
        position = run.end()
    if not body[position:].isascii():
        row.append(False)
    settled = settle(row)
    return [settled[place] for place in places]


def _leans(runs: Sequence[bytes], base: str, other: str) -> list[bool | None]:
    """For each run True for the other encoding, False for the page's own, None if it is too short to tell."""
    if not runs:
        return []
    legacy = other if base == "utf-8" else base
    joined = b"\n".join(runs)  # no byte of a run is a newline, and none can take one with it
    in_utf8, in_legacy = (read(joined, name).split("\n") for name in ("utf-8", legacy))
    return [_lean(*each, legacy, base) for each in zip(runs, in_utf8, in_legacy, strict=True)]


def _lean(run: bytes, in_utf8: str, in_legacy: str, legacy: str, base: str) -> bool | None:
    """Whether a run is in the encoding that is not the page's own."""
    high = count_high(run)
    if high < _FEWEST:
        return None if has_holes(in_utf8 if base == "utf-8" else in_legacy) else False
    if base == "utf-8" and high >= 6 and _WELL_FORMED_RUN.fullmatch(run):
        return False
    cost_in_legacy = bits(in_legacy)
    if base != "utf-8" and HOLE * (high - 2 * _continuations(run)) - cost_in_legacy >= _LEAD:
        return False
    cost = bits(in_utf8)
    lead = cost - cost_in_legacy  # above 0: the legacy reading is the better one
    if abs(lead) >= _LEAD:
        better, text, cost = (legacy, in_legacy, cost_in_legacy) if lead > 0 else ("utf-8", in_utf8, cost)
        if better == base or cost <= _GOOD * count_beyond_ascii(text):
            return better != base
    return None if has_holes(in_utf8 if base == "utf-8" else in_legacy) else False


def _continuations(run: bytes) -> int:
    return len(run) - len(run.translate(None, _CONTINUATION))
