"""Two-byte text that lost or gained a byte: find the one place where the pairs fell out of step."""

from __future__ import annotations

from functools import lru_cache

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
        wide = 4 if run[i + 1 : i + 2].isdigit() else 2
        found = _character(run[i : i + wide], encoding)
        if found and found[1] + best[i + wide] < best[i]:
            best[i], step[i], width[i] = found[1] + best[i + wide], found[0], wide
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
