"""What a spam mirror does to a page: traditional characters, pinyin in brackets, both put in on GBK bytes.

The damage follows the channel described in docs/mirrors.md: replacements match at odd offsets too, and the
result is decoded leniently, so that a few characters are destroyed.
"""

from __future__ import annotations

import re
from functools import cache

_ANNOTATED = (
    "会议强调县长员区报国时实书记开务门检应问题办"  # simplified characters whose traditional form gets pinyin
)


def mirror(html: str) -> str:
    """Damage the text between the tags of a page, as a mirror would.

    >>> mirror("<p>会议</p>")
    '<p>會(huì)議(yì)</p>'
    """
    return re.sub(r"(?<=>)[^<>]+(?=<)", lambda run: _damage(run.group()), html)


def _damage(text: str) -> str:
    data = _traditional(text).encode("gb18030")
    for code, pinyin in _pinyin().items():
        data = data.replace(code, code + b"(" + pinyin + b")")
    return data.decode("gbk", errors="replace").replace("\ufffd", "?")


def _traditional(text: str) -> str:
    return "".join(_one(char) for char in text)


@cache
def _one(char: str) -> str:
    return str(_converter().convert(char)) if "一" <= char <= "鿿" else char


@cache
def _converter():  # type: ignore[no-untyped-def]  # noqa: ANN202 - opencc has no types
    import opencc

    return opencc.OpenCC("s2t")


@cache
def _pinyin() -> dict[bytes, bytes]:
    """GBK code of each annotated character → its reading in GBK bytes, as pypinyin gives it."""
    from pypinyin import Style, pinyin

    readings = {}
    for char in _ANNOTATED:
        traditional = _one(char)
        if traditional != char:
            reading = pinyin(char, style=Style.TONE)[0][0]
            readings[traditional.encode("gbk")] = reading.encode("gb18030")
    return readings
