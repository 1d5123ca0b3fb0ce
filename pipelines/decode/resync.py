"""Two-byte text that lost or gained a byte: find the one place where the pairs fell out of step."""

from __future__ import annotations

from pipelines.decode.charsets import has_holes, read
from pipelines.decode.frequency import HOLE, bits

_TWO_BYTES = ("gb18030", "big5")
_LONGEST = 4096  # bytes of a run that is worth the search; longer ones are read as they stand


def read_run(run: bytes, encoding: str) -> str:
    r"""Read a run so that it costs least, a byte that is skipped costing as a hole.

    One lost byte would otherwise turn all characters up to the next blank or tag into wrong ones.

    >>> broken = "县长主持召开".encode("gbk")[1:]
    >>> broken.decode("gbk", "replace"), read_run(broken, "gb18030").replace("\udcd8", "□")
    ('爻ぶ鞒终倏�', '□长主持召开')
    """
    text = read(run, encoding)
    if len(run) <= _LONGEST and encoding in _TWO_BYTES and has_holes(text):
        return _cheapest(run, encoding)
    return text


def _cheapest(run: bytes, encoding: str) -> str:
    """The reading of a run of least cost: at each byte a character of one, two or four bytes, or a hole."""
    size = len(run)
    best = [0] * (size + 1)
    step = [""] * size
    width = [1] * size
    for i in range(size - 1, -1, -1):
        best[i], step[i] = HOLE + best[i + 1], chr(0xDC00 + run[i])
        if run[i] < 0x80:
            best[i], step[i] = best[i + 1], chr(run[i])
            continue
        for length in (2, 4):
            text = read(run[i : i + length], encoding) if i + length <= size else ""
            if len(text) != 1:
                continue
            total = bits(text) + best[i + length]
            if total < best[i]:
                best[i], step[i], width[i] = total, text, length
    pieces: list[str] = []
    i = 0
    while i < size:
        pieces.append(step[i])
        i += width[i]
    return "".join(pieces)
