"""Which encoding a sample of bytes reads best in."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from pipelines.decode.charsets import read
from pipelines.decode.frequency import bits
from pipelines.decode.witnesses import Witness, speech_for

_NOT_LATIN = ("windows-1251", "windows-1253", "koi8-r")  # letters that never stand beside ASCII ones
CHINESE = ("gb18030", "big5", "utf-8")
FOREIGN = ("euc-tw", "euc-jp", "shift_jis", "euc-kr", "windows-1252", "windows-1250", *_NOT_LATIN)
_PRIOR = {"gb18030": 0, "utf-8": 0, "big5": 2}  # the crawl is Chinese: what others must make up for
_FOREIGN_PRIOR = 12
GOOD = 12.0  # bits a character below which a reading is plainly text (news: 9–10, wrong readings: 14)
_SHORT = 40  # bytes of a sample for which every Chinese encoding is tried
_CLEAR = 60  # bits of lead at which no further witness is asked

_BOUNDARY = re.compile(rb"[\x00-/:-?]")  # bytes that are never part of a character of several bytes
_BESIDE_ASCII = re.compile(rb"[\xb8-\xff][A-Za-z]")
_KANA = re.compile(rb"[\xa4\xa5][\xa1-\xf6]")
_STRANGE = 6  # bits for each letter of Cyrillic or Greek beside an ASCII letter
_RUN = re.compile(rb"([\x80-\xff][0-9@-\xff]{0,511})[0-9@-\xff]*")
_WELL_FORMED = re.compile(rb"[\xe1-\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]+")
_WINDOWS, _PER_WINDOW = 8, 256


@dataclass(frozen=True, slots=True)
class Choice:
    """The best reading of a sample: ``margin`` its lead in bits, ``per_char`` its bits a character."""

    encoding: str
    margin: float
    per_char: float
    runner_up: str

    @property
    def confidence(self) -> float:
        """0–1: 0.5 at a lead of eight bits, about one character."""
        return round(1 - math.pow(0.5, max(0.0, self.margin) / 8), 4)


def sample(body: bytes) -> bytes:
    """Runs of high bytes from all over the body, at most 2 KB: script and markup cannot dilute them.

    >>> sample(b"<p>" + "会议".encode("gbk") + b"</p>" * 1000)
    b'\\xbb\\xe1\\xd2\\xe9'
    """
    windows = _WINDOWS if len(body) > 4 * _WINDOWS * _PER_WINDOW else 1
    size = -(-len(body) // windows) if body else 1
    runs: list[bytes] = []
    position = 0
    for start in range(0, len(body), size):
        if start > position and (boundary := _BOUNDARY.search(body, start)):
            position = boundary.end()
        left = _WINDOWS * _PER_WINDOW // windows
        while left > 0 and (run := _RUN.search(body, position, max(position, start + size))):
            runs.append(run[1][:left])
            left -= len(runs[-1])
            position = run.end()
    return b" ".join(runs)


def count_beyond_ascii(text: str) -> int:
    """Number of characters beyond ASCII.

    >>> count_beyond_ascii("3月6日")
    2
    """
    return len(text) - len(text.encode("ascii", "ignore"))


def count_high(body: bytes) -> int:
    """Number of bytes from 0x80 up."""
    return len(body) - len(body.translate(None, _HIGH_BYTES))


_HIGH_BYTES = bytes(range(0x80, 0x100))


def utf8_share(runs: bytes) -> float:
    """Share of the high bytes that stand in well-formed UTF-8 sequences of three or four bytes.

    Damaged UTF-8 has 0.9 and more, GBK and Big5 at most 0.15.

    >>> utf8_share("会议".encode() + b"\\xe4"), utf8_share("会议".encode("gbk"))
    (0.8571428571428571, 0.0)
    """
    high = count_high(runs)
    return sum(map(len, _WELL_FORMED.findall(runs))) / high if high else 0.0


def cost(runs: bytes, encoding: str) -> int:
    """Bits that the runs cost when read in an encoding."""
    return bits(read(runs, encoding))


def choose(runs: bytes, witnesses: tuple[Witness, ...], names: tuple[str, ...] = ()) -> Choice:
    """The encoding in which the runs cost least, declarations helping with a few bits.

    Foreign encodings are tried only where no Chinese one is plainly right.

    >>> choose(sample("<p>會議強調".encode("big5hkscs")), ()).encoding
    'big5'
    """
    likely = CHINESE if len(runs) <= _SHORT or _partly_utf8(runs) else CHINESE[:2]
    costs = {name: _weighed(runs, name, witnesses) for name in names or likely}
    best = _best(costs, runs)
    kana = best.encoding == "gb18030" and _has_kana(runs)
    if not names and (kana or best.per_char > GOOD or best.margin < _CLEAR):
        declared = [w.encoding for w in witnesses if w.encoding and w.encoding not in costs]
        costs |= {name: _weighed(runs, name, witnesses) for name in (*FOREIGN, *declared)}
        best = _best(costs, runs)
    return best


def _has_kana(runs: bytes) -> bool:
    """Whether a tenth of the sample is kana of EUC-JP, which GB18030 reads as kana too."""
    return 20 * len(_KANA.findall(runs)) > count_high(runs)


def _partly_utf8(runs: bytes) -> bool:
    """Whether UTF-8 explains half of the high bytes, sequences of two included: damaged French, not GBK."""
    return 2 * count_high(runs.decode("utf-8", "ignore").encode()) > count_high(runs)


def _weighed(runs: bytes, name: str, witnesses: tuple[Witness, ...]) -> int:
    strange = _STRANGE * len(_BESIDE_ASCII.findall(runs)) if name in _NOT_LATIN else 0
    return strange + cost(runs, name) + _PRIOR.get(name, _FOREIGN_PRIOR) - speech_for(name, witnesses)


def _best(costs: dict[str, int], runs: bytes) -> Choice:
    first, second = sorted(costs, key=lambda name: costs[name])[:2]
    beyond = count_beyond_ascii(read(runs, first))
    return Choice(first, costs[second] - costs[first], costs[first] / max(1, beyond), second)
