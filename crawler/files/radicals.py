"""Signs that fonts of PDF files name by the radical they look like: ⼈ (U+2F08) stands for 人."""

from __future__ import annotations

import unicodedata
from collections import Counter

_KANGXI = range(0x2F00, 0x2FD6)
# Of the CJK Radicals Supplement, those that are whole characters; Unicode gives no mapping for them.
_WHOLE = (
    "⺁厂⺟母⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页"
    "⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"
)
_TABLE = {code: unicodedata.normalize("NFKC", chr(code)) for code in _KANGXI}
_TABLE |= {ord(sign): char for sign, char in zip(_WHOLE[::2], _WHOLE[1::2], strict=True)}
_SIGNS = str.maketrans(_TABLE)


def name_characters(text: str) -> str:
    """The text with characters where radicals stood.

    >>> name_characters("⼈⺠政府")
    '人民政府'
    """
    return text if text.isascii() else text.translate(_SIGNS)


def radicals_in(text: str) -> Counter[str]:
    """How often each radical stands in a text.

    >>> radicals_in("⼈⺠政府")["⼈"]
    1
    """
    return Counter(char for char in text if ord(char) in _TABLE)
