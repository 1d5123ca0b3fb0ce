"""Marks and blanks of Chinese text in one form, changes recorded; numbers, English, addresses untouched."""

from __future__ import annotations

import html
import re

from crawler.records import Repair

_WIDE = "⺀-⿟\u3001-〿㐀-䶿一-鿿豈-﫿！-～“”‘’…—·○"
_CLOSED = "，。、；：？！“‘（《〈【）》〉】”’…"  # marks that no blank follows
_OPEN = "，。、；：？！）》〉】”’…"  # marks that no blank precedes
_WIDE_LETTERS = "０-９Ａ-Ｚａ-ｚ％"
_INVISIBLE = r"\ue000-\uf8ff\u200b-\u200f\u2060\ufeff\x00-\x08\x0b-\x1f\x7f"
_LETTERS = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()} | {
    ord("％"): "%",
    ord("．"): ".",
}
_FORMS = {
    f"{left}{mark}{right}": wide
    for mark, wide in zip(",;:?!().", "，；：？！（）。", strict=True)
    for left in ("", " ")
    for right in ("", " ")
}
_ADDRESS = r"(?:https?://|www\.)[\w./?=&%:#@~+,;!()-]+|(?<![\w.-])[\w.-]{1,64}@[\w.-]+"
_MARK = " ?+[,;:?!] ?+"
_ANY = re.compile(f"[ &,;:?!().{_WIDE_LETTERS}{_INVISIBLE}]")
_SPOT = re.compile(  # what bears no name stays as it is
    rf"(?a:{_ADDRESS})"
    r"|(?P<entity>&(?:[lr][ds]quo|[ne][bmn]sp|mdash|hellip|middot);)"  # escaped once too often
    rf"|(?P<half_width_mark>(?<=[{_WIDE}]){_MARK}|(?!\A){_MARK}(?=[{_WIDE}]))|{_MARK}"
    rf"|(?P<half_width_bracket>[()])"
    rf"|(?P<full_stop>(?<=[{_WIDE})])\.(?=[”’）)]?$))"
    rf"|(?P<blank>(?<=[{_CLOSED}]) ++| ++(?=[{_OPEN}]))| ++"
    rf"|(?P<wide_letter>[{_WIDE_LETTERS}]+(?:(?<=[０-９])．[０-９]+％?)*)|(?P<invisible>[{_INVISIBLE}]+)"
)
_BRACKET = re.compile(  # one group each: opening beside Chinese, opening, closing behind Chinese, closing
    rf"\((?:(?<=[{_WIDE}].)|(?=[{_WIDE}]))()|\(()|\)(?<=[{_WIDE}].)()|\)()"
)


def normalise(text: str, offset: int = 0) -> tuple[str, tuple[Repair, ...]]:
    """One paragraph with full-width marks and no stray blanks, and the changes, counting from ``offset`` on.

    >>> text, changes = normalise("会议指出, 产值达1,200万元(增长5%).")
    >>> text, [(change.start, change.before, change.after) for change in changes][:2]
    ('会议指出，产值达1,200万元（增长5%）。', [(4, ', ', '，'), (15, '(', '（')])
    """
    if not _ANY.search(text):
        return text, ()
    pairs = _pairs(text) if "(" in text else frozenset()
    pieces: list[str] = []
    changes: list[Repair] = []
    at = 0
    torn = False  # whether the last opening quote has the end of its entity behind it
    for spot in _SPOT.finditer(text):
        rule = spot.lastgroup
        if rule is None:
            continue
        start, end = spot.span()
        if rule == "half_width_bracket" and start not in pairs:
            continue
        if rule == "full_stop" and text[start - 1] == ")" and start - 1 not in pairs:
            continue
        before = spot[0]
        after = before.translate(_LETTERS) if rule == "wide_letter" else _FORMS.get(before, "")
        after = html.unescape(before).strip() if rule == "entity" else after
        if before == ";" and (text[start - 1] in "“‘" or (torn and text[start - 1] in "”’")):  # &ldquo;;
            rule, after, torn = "entity_end", "", text[start - 1] in "“‘"
        pieces += (text[at:start], after)
        offset += start - at
        changes.append(Repair(rule, offset, before, after, 1.0, True))
        offset += len(after)
        at = end
    return "".join([*pieces, text[at:]]), tuple(changes)


def _pairs(text: str) -> frozenset[int]:
    """Places of the brackets that belong to Chinese text: what they hold or what they follow is Chinese."""
    found: set[int] = set()
    opened: list[tuple[int, bool]] = []
    for bracket in _BRACKET.finditer(text):
        kind = bracket.lastindex or 0
        if kind <= 2:
            opened.append((bracket.start(), kind == 1))
        elif opened:
            start, beside = opened.pop()
            if beside or kind == 3:
                found.add(start)
                found.add(bracket.start())
    return frozenset(found)
