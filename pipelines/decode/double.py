"""Double encoding: text that was read in the wrong encoding once and stored again, undone.

Three kinds: UTF-8 or GBK read as Latin-1/Windows-1252 (``ä¼šè®®``, ``»áÒé``) and UTF-8 read as GBK
(``浼氳``). Whole pages and blocks are undone; a short quotation of mojibake stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, islice

from pipelines.decode.candidates import GOOD, choose, count_beyond_ascii, count_high, sample, utf8_share
from pipelines.decode.charsets import has_holes, read
from pipelines.decode.frequency import bits

Reading = tuple[str, str, int]  # rule (empty: sound), the text undone, bytes that speak for it
_SOUND: Reading = ("", "", 0)

FLOOR = 12  # bytes; a shorter stretch by itself may be a quotation and stays
_QUOTED_FLOOR = 24  # the same where the stretch touches sound Chinese
_GOOD_GBK = 12  # bits a character of GBK read as Latin-1, below which it is Chinese
_NAMES = 13  # the same for a few characters in a page that has been spoilt elsewhere
_WHOLE = 0.95  # share of the characters beyond ASCII: the page as a whole was read wrongly
_SHARE = 0.8  # of the bytes of a stretch that are well-formed UTF-8
_MOST = 100_000  # stretches that are looked at: more than stand in all that is read of a page later
TELLTALES = (
    "锛涓銆浜浠澶鏄涔鎴鏃鏉缁骞璇鏂瀛浼鎵璁寰閲姘寮鍏鍙瀹鍒鍚鍗鍜"  # half of all UTF-8, as GBK; quick to find
)
_LATIN_TELLTALES = "åæäèçéÖÐÊÄÔÏÒÓËÇÕ"  # leads of UTF-8 and of GBK, read as Latin-1

# Windows-1252 as browsers decode it: 0x80–0x9F are marks, the five unused bytes C1 controls.
_WINDOWS = {bytes([b]).decode("cp1252"): b for b in range(0x80, 0xA0) if b not in b"\x81\x8d\x8f\x90\x9d"}
_LATIN = "\x80-\xff" + "".join(_WINDOWS)
_TO_BYTES = str.maketrans({char: chr(byte) for char, byte in _WINDOWS.items()})
_LATIN_STRETCH = re.compile(f"([{_LATIN}][\t -;=?-~{_LATIN}]*)|[\u3400-\uffff]+")
_LATIN_RUN = re.compile(f"[\xc0-\xff][{_LATIN}]{{3}}")
_WIDE_STRETCH = re.compile("([^\x00-\x7f]+)")
_PROBE = re.compile(f"[{TELLTALES}][^\x00-\x7f\ufffd]{{1,11}}")
_UTF8_SHAPED = re.compile(
    rb"(?:[\x00-\x7f]|\xc2[\x80-\xbf]|[\xe2-\xef][\x80-\xbf]{2})*(?:[\xe2-\xef][\x80-\xbf]?)?"
)
_SEQUENCE = re.compile("(?:[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2})+")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_HANZI = re.compile("[\u3400-\u9fff]")
_HIGH = re.compile("[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Undone:
    """One stretch that was undone: its place in the text returned, what stood there, and by which rule."""

    rule: str
    start: int
    before: str
    after: str


def undo_double(text: str) -> tuple[str, tuple[Undone, ...]]:
    """Undo double encoding; a sound text comes back as it is.

    >>> undo_double("<p>ä¼šè®®å¼ºè°ƒ</p>")[0]
    '<p>会议强调</p>'
    >>> undo_double("编码错了会显示“ä¼šè®®”这样的字")[1]
    ()
    """
    undone: tuple[Undone, ...] = ()
    if any(mark in text for mark in _LATIN_TELLTALES) and _LATIN_RUN.search(text):
        whole = _whole_page(text)
        text, undone = _undo(text, _LATIN_STRETCH, whole or _from_latin, FLOOR if not whole else 0)
    if not undone and any(mark in text for mark in TELLTALES) and _seems_gbk(text):
        text, undone = _undo(text, _WIDE_STRETCH, partial(_from_gbk, lost=_refused(text)), FLOOR)
    return text, undone


def _seems_gbk(text: str) -> bool:
    """Whether some run that begins with a tell-tale is common Chinese in UTF-8 to its end."""
    for match in _PROBE.finditer(text):
        probe = match[0].encode("gb18030", "ignore")
        if _UTF8_SHAPED.fullmatch(probe):
            found = probe.decode("utf-8", "ignore")
            beyond = count_beyond_ascii(found)
            if beyond > 1 and bits(found) <= _NAMES * beyond:
                return True
    return False


def _whole_page(text: str) -> Callable[[str], Reading] | None:
    """The reading that fits the page as a whole, where nearly all of it is Latin letters and marks."""
    beyond = text.encode("ascii", "ignore")
    latin = "".join(m[1] for m in _LATIN_STRETCH.finditer(text) if m[1])
    as_bytes = latin.translate(_TO_BYTES).encode("latin-1")
    high = count_high(as_bytes)
    if high < max(FLOOR, _WHOLE * (len(text) - len(beyond))):
        return None
    if utf8_share(as_bytes) >= _SHARE:
        return _from_whole_utf8
    choice = choose(sample(as_bytes), (), names=("gb18030", "windows-1252"))
    return _from_gb18030 if choice.encoding == "gb18030" and choice.per_char <= GOOD else None


def _undo(
    text: str, pattern: re.Pattern[str], reading: Callable[[str], Reading], floor: int
) -> tuple[str, tuple[Undone, ...]]:
    """Undo the stretches that are long enough, and short ones among them."""
    stretches = list(islice(pattern.finditer(text), _MOST))
    readings = [reading(m[1]) if m[1] else _SOUND for m in stretches]
    pieces: list[str] = []
    undone: list[Undone] = []
    position = length = 0
    for number in _spoilt(text, stretches, readings, floor):
        (rule, after, _), match = readings[number], stretches[number]
        pieces += (text[position : match.start()], after)
        length += match.start() - position
        undone.append(Undone(rule, length, match[0], after))
        length += len(after)
        position = match.end()
    return "".join((*pieces, text[position:])), tuple(undone)


def _spoilt(
    text: str, stretches: Sequence[re.Match[str]], readings: Sequence[Reading], floor: int
) -> list[int]:
    """Which stretches to undo: those of neighbourhoods that are long enough; then any other good reading.

    A neighbourhood is a row of stretches without sound Chinese among them.
    """
    chosen: set[int] = set()
    for spoilt, row in groupby(range(len(readings)), key=lambda i: readings[i][0] != ""):
        members = list(row)
        size = sum(readings[i][2] for i in members)
        quoted = floor and (len(members) > 1 or _touches_chinese(text, stretches[members[0]]))
        if spoilt and size >= (_QUOTED_FLOOR if quoted else floor):
            chosen.update(members)
    if chosen:
        chosen.update(i for i, found in enumerate(readings) if _reads_well(found))
    return sorted(chosen)


def _touches_chinese(text: str, match: re.Match[str]) -> bool:
    around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
    return any(char >= "\u3000" for char in around)


def _reads_well(found: Reading) -> bool:
    rule, text, _ = found
    hanzi = rule.startswith("utf8") and _HANZI.search(text)
    return bool(hanzi) and bits(text) <= _NAMES * count_beyond_ascii(text) and not has_holes(text)


def _from_latin(stretch: str) -> Reading:
    """The stretch as its author wrote it, when it is UTF-8 or GBK that was read as Latin-1."""
    as_bytes = stretch.translate(_TO_BYTES)
    high = len(_HIGH.findall(as_bytes))
    if sum(map(len, _SEQUENCE.findall(as_bytes))) >= _SHARE * high:
        return _from_utf8(stretch)
    found = _from_gb18030(stretch)
    text = found[1]
    return found if bits(text) <= _GOOD_GBK * count_beyond_ascii(text) and not has_holes(text) else _SOUND


def _from_gb18030(stretch: str) -> Reading:
    as_bytes = stretch.translate(_TO_BYTES).encode("latin-1")
    return "gbk_as_latin1", read(as_bytes, "gb18030"), count_high(as_bytes)


def _from_whole_utf8(stretch: str) -> Reading:
    """The stretch of a page that is UTF-8 throughout: what is no sequence was damaged."""
    as_bytes = stretch.translate(_TO_BYTES).encode("latin-1")
    return "utf8_as_latin1", read(as_bytes, "utf-8"), count_high(as_bytes)


def _from_utf8(stretch: str) -> Reading:
    """The stretch with its UTF-8 sequences read; a mark that is no part of one stays."""
    as_bytes = stretch.translate(_TO_BYTES)
    pieces: list[str] = []
    position = 0
    for match in _SEQUENCE.finditer(as_bytes):
        text = match[0].encode("latin-1").decode("utf-8", "surrogateescape")
        pieces += (stretch[position : match.start()], text)
        position = match.end()
    pieces.append(stretch[position:])
    return "utf8_as_latin1", "".join(pieces), len(_HIGH.findall(as_bytes))


def _from_gbk(stretch: str, lost: bytes) -> Reading:
    """The stretch as UTF-8, when it is UTF-8 that was read as GBK; ``lost`` stands for each U+FFFD in it."""
    parts = stretch.rstrip("\ufffd").split("\ufffd") if "\ufffd" in stretch else [stretch]
    as_bytes = lost.join([part.encode("gb18030", "ignore") for part in parts])
    if not _UTF8_SHAPED.fullmatch(as_bytes) and utf8_share(as_bytes) < _SHARE:
        return _SOUND
    return "utf8_as_gbk", read(as_bytes, "utf-8"), count_high(as_bytes)


def _refused(text: str) -> bytes:
    """What U+FFFD in GBK mojibake was: 0x80 if GB18030 made it, which refuses no other byte; else unknown.

    Characters of private use show GB18030: GBK refuses their codes.
    """
    return b"\x80" if _PRIVATE.search(text) else b""
