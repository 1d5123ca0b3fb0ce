"""Marks and blanks of Chinese text in one form, changes recorded; numbers, English, addresses untouched."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.records import Repair

_WIDE = re.compile("[⺀-⿟\u3001-〿㐀-䶿一-鿿豈-﫿！-～“”‘’…—·○]")
_CLOSED = frozenset("，。、；：？！“‘（《〈【）》〉】”’…")  # marks that no blank follows
_OPEN = frozenset("，。、；：？！）》〉】”’…")  # marks that no blank precedes
_MARKS = str.maketrans(",;:?!()", "，；：？！（）")
_LETTERS = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()} | {ord("％"): "%"}
_ADDRESS = r"(?:https?://|www\.)[\w./?=&%:#@~+,;!()-]+|(?<![\w.-])[\w.-]{1,64}@[\w.-]+"
_SPOT = re.compile(
    rf"(?P<address>(?a:{_ADDRESS}))|(?P<mark> ?[,;:?!] ?)|(?P<bracket>[()])"
    r"|(?P<stop>\.(?=[”’）)]?$))|(?P<blank> +)|(?P<letters>[０-９Ａ-Ｚａ-ｚ％]+)"
    r"|(?P<invisible>[\ue000-\uf8ff\u200b-\u200f\u2060\ufeff\x00-\x08\x0b-\x1f\x7f]+)"
)


def normalise(text: str, offset: int = 0) -> tuple[str, tuple[Repair, ...]]:
    """One paragraph with full-width marks and no stray blanks, and the changes, counting from ``offset`` on.

    >>> text, changes = normalise("会议指出, 产值达1,200万元(增长5%).")
    >>> text, [(change.start, change.before, change.after) for change in changes][:2]
    ('会议指出，产值达1,200万元（增长5%）。', [(4, ', ', '，'), (15, '(', '（')])
    """
    edits = list(_edits(text))
    if not edits:
        return text, ()
    pieces: list[str] = []
    changes: list[Repair] = []
    at = length = 0
    for start, end, after, rule in edits:
        pieces += [text[at:start], after]
        length += start - at
        changes.append(Repair(rule, offset + length, text[start:end], after))
        length += len(after)
        at = end
    return "".join([*pieces, text[at:]]), tuple(changes)


def _edits(text: str) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, what stands there after, rule) of each change, in order."""
    pairs = _pairs(text) if "(" in text else frozenset()
    for spot in _SPOT.finditer(text):
        start, end, kind = spot.start(), spot.end(), spot.lastgroup
        left, right = text[start - 1 : start], text[end : end + 1]
        if kind == "mark" and (_is_wide(left) or (_is_wide(right) and left != "")):
            yield start, end, spot[0].strip().translate(_MARKS), "half_width_mark"
        elif kind == "bracket" and start in pairs:
            yield start, end, spot[0].translate(_MARKS), "half_width_bracket"
        elif kind == "stop" and (_is_wide(left) or (left == ")" and start - 1 in pairs)):
            yield start, end, "。", "full_stop"
        elif kind == "blank" and (left in _CLOSED or right in _OPEN):
            yield start, end, "", "blank"
        elif kind == "letters":
            yield start, end, spot[0].translate(_LETTERS), "wide_letter"
        elif kind == "invisible":
            yield start, end, "", "invisible"


def _pairs(text: str) -> frozenset[int]:
    """Places of the brackets that belong to Chinese text: what they hold or what they follow is Chinese."""
    found: set[int] = set()
    opened: list[int] = []
    for at, char in enumerate(text):
        if char == "(":
            opened.append(at)
        elif char == ")" and opened:
            start = opened.pop()
            if _is_wide(text[start - 1 : start]) or _is_wide(text[start + 1]) or _is_wide(text[at - 1]):
                found |= {start, at}
    return frozenset(found)


def _is_wide(char: str) -> bool:
    return bool(char) and _WIDE.match(char) is not None
