"""Two-byte text that lost or gained a byte: find the one place where the pairs fell out of step.

A run is a stretch between bytes that are never part of a character of several bytes (blank, quotes, ``<``,
``>``, ``=``), so every run can be read by itself; damage never passes its end.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.decode.charsets import has_holes, read
from pipelines.decode.frequency import HOLE, bits

RUN = re.compile(rb"[\x80-\xff][0-9@-\xff]*")
_CHUNK = re.compile(rb"[\x00-\xff]{1,200}[0-9@-\xff]*")  # some runs, whole
_TWO_BYTES = ("gb18030", "big5")
_LONGEST = 4096  # bytes of a run that is worth the search; longer ones are read as they stand
_MOST = 500_000  # bytes of a page that are searched; what is broken behind them is read as it stands
_DIGITS = range(0x30, 0x3A)


class Reader:
    """Reads a page, stretch by stretch, in one encoding; its stretches begin and end where runs do.

    ``spent`` tells that so much was broken that the rest was read as it stands.
    """

    def __init__(self, encoding: str) -> None:
        """Read in an encoding; only those of two bytes fall out of step."""
        self._encoding = encoding
        self._left = _MOST
        self.spent = False

    def read(self, stretch: bytes) -> str:
        r"""Read a stretch so that its runs cost least, a byte that is skipped costing as a hole.

        One lost byte would otherwise turn all characters up to the next blank or tag into wrong ones.

        >>> broken = "县长主持召开".encode("gbk")[1:]
        >>> broken.decode("gbk", "replace"), Reader("gb18030").read(broken).replace("\udcd8", "□")
        ('爻ぶ鞒终倏�', '□长主持召开')
        """
        text = read(stretch, self._encoding)
        if self._encoding not in _TWO_BYTES or self.spent or not has_holes(text):
            return text
        return "".join(map(self._chunk, _CHUNK.findall(stretch)))

    def _chunk(self, chunk: bytes) -> str:
        text = read(chunk, self._encoding)
        if not has_holes(text):
            return text
        if self._left <= 0:
            self.spent = True
            return text
        pieces: list[str] = []
        position = 0
        for run in RUN.finditer(chunk):
            pieces += (chunk[position : run.start()].decode("ascii"), self._run(run[0]))
            position = run.end()
        pieces.append(chunk[position:].decode("ascii"))
        self._left -= len(chunk)
        return "".join(pieces)

    def _run(self, run: bytes) -> str:
        text = read(run, self._encoding)
        return _cheapest(run, self._encoding) if len(run) <= _LONGEST and has_holes(text) else text


def _cheapest(run: bytes, encoding: str) -> str:
    """The reading of a run of least cost: at each byte a character of one, two or four bytes, or a hole."""
    size = len(run)
    best = [0] * (size + 4)
    step = [""] * size
    width = [1] * size
    for i in range(size - 1, -1, -1):
        byte = run[i]
        if byte < 0x80:
            best[i], step[i] = best[i + 1], chr(byte)
            continue
        least, char = HOLE + best[i + 1], chr(0xDC00 + byte)
        wide = 4 if i + 1 < size and run[i + 1] in _DIGITS else 2
        found = _character(run[i : i + wide], encoding)
        if found and found[1] + best[i + wide] < least:
            char, cost = found
            least, width[i] = cost + best[i + wide], wide
        best[i], step[i] = least, char
    pieces: list[str] = []
    i = 0
    while i < size:
        pieces.append(step[i])
        i += width[i]
    return "".join(pieces)


@lru_cache(maxsize=1 << 16)
def _character(body: bytes, encoding: str) -> tuple[str, int] | None:
    """The one character that the bytes are, and its bits; None when they are not one character."""
    text = read(body, encoding)
    return (text, bits(text)) if len(text) == 1 and len(body) > 1 else None
