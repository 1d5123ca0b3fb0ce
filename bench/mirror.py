"""A simulator of the mirrors: does to a clean text, on its GBK bytes, what obfuscating proxies do.

It stands alone (nothing of ``pipelines``), so that what restores can be measured against what damages. The
steps: simplified to traditional letter by letter; pinyin behind some characters; something before marks;
both by blind replacement of bytes; then a lenient decoder; then, on some sites, half-width forms.
"""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal

from opencc import OpenCC
from pypinyin import Style, pinyin

KEPT = "后里于范干斗松并"
OVERRIDES = {"症": "癥", "复": "復", "冲": "沖", "着": "著", "为": "為", "伪": "偽"}
MARKS = "，、。；！？"


@dataclass(frozen=True)
class Mirror:
    """How one mirror works.

    ``traditional``: converts letters first. ``share``: which part of the changed letters gets pinyin (0–1).
    ``table``: 1, or 2 with other readings and a blank. ``marks``: which marks something is put before, in the
    order of the replacements; ``before``: what. ``orphan``: a lead byte without a trail byte becomes ``?``
    and swallows the ASCII byte, or vanishes alone, or becomes
    U+FFFD. ``folded``: full-width forms become half-width at the end.
    """

    traditional: bool = True
    share: float = 0.3
    table: Literal[1, 2] = 1
    marks: str = ""
    before: bytes = b","
    orphan: Literal["question", "vanish", "replace"] = "question"
    folded: bool = True
    seed: int = 0

    def __str__(self) -> str:
        words = [
            "traditional" if self.traditional else "simplified",
            f"pinyin {self.share:.2f} table {self.table}" if self.share else "no pinyin",
            f"{self.before!r} before {self.marks}" if self.marks else "marks whole",
            self.orphan,
            "folded" if self.folded else "full width",
        ]
        return ", ".join(words)


@cache
def old_form(char: str) -> str:
    """Return the letter that a mirror's table gives for a simplified one."""
    if char in KEPT:
        return char
    return OVERRIDES.get(char) or _s2t().convert(char)


@cache
def _s2t() -> OpenCC:
    return OpenCC("s2t")


@cache
def reading(char: str, table: int) -> str | None:
    """Return the reading a table holds for a letter, None when GBK cannot write it."""
    found = pinyin(char, style=Style.TONE, heteronym=True)[0]
    syllable = found[0] if table == 1 else found[-1] + " "
    try:
        return syllable if syllable.encode("gbk") and re.fullmatch(r"[a-zü-ǜ]+ ?", syllable) else None
    except UnicodeEncodeError:
        return None


@cache
def _all_changed() -> tuple[str, ...]:
    every = (bytes([lead, trail]) for lead in range(0xB0, 0xF8) for trail in range(0xA1, 0xFF))
    letters = (code.decode("gb2312", "ignore") for code in every)
    return tuple(dict.fromkeys(old_form(char) for char in letters if char and old_form(char) != char))


@cache
def _insertions(mirror: Mirror) -> tuple[tuple[bytes, bytes], ...]:
    draw = random.Random(mirror.seed)
    pairs = []
    for char in _all_changed():
        if draw.random() < mirror.share and (syllable := reading(char, mirror.table)):
            try:
                code = char.encode("gbk")
            except UnicodeEncodeError:
                continue
            pairs.append((code, code + b"(" + syllable.encode("gbk") + b")"))
    return tuple(pairs)


def damage_bytes(text: str, mirror: Mirror) -> bytes:
    """Return the bytes that the mirror serves for ``text``: GBK, with the replacements in them."""
    if mirror.traditional:
        text = "".join(map(old_form, text))
    data = text.encode("gbk", "xmlcharrefreplace")
    for code, annotated in _insertions(mirror):
        if code in data:
            data = data.replace(code, annotated)
    for mark in mirror.marks:
        code = mark.encode("gbk")
        data = data.replace(code, mirror.before + code)
    return data


def lenient(data: bytes, orphan: str) -> str:
    """Decode GBK as lenient decoders do: orphan lead bytes and private pairs are lost."""
    parts: list[str] = []
    i = 0
    while i < len(data):
        byte = data[i]
        if byte < 0x80:
            parts.append(chr(byte))
            i += 1
        elif byte == 0x80:
            parts.append("€" if orphan == "question" else "")
            i += 1
        elif 0x81 <= byte <= 0xFE and i + 1 < len(data) and data[i + 1] >= 0x40 and data[i + 1] != 0x7F:
            parts.append(_pair(data[i : i + 2]))
            i += 2
        elif orphan == "question" and i + 1 < len(data) and data[i + 1] > 0x20:
            parts.append("?")
            i += 2
        else:
            parts.append("\ufffd" if orphan == "replace" else "")
            i += 1
    return "".join(parts)


@cache
def _pair(code: bytes) -> str:
    return code.decode("gbk", "ignore") if len(code.decode("gbk", "ignore")) == 1 and code[1] >= 0x40 else ""


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def damage(text: str, mirror: Mirror) -> str:
    """Return what a crawler reads on a mirror's page of ``text``."""
    seen = _CONTROL.sub("", lenient(damage_bytes(text, mirror), mirror.orphan))
    return unicodedata.normalize("NFKC", seen) if mirror.folded else seen


def mild_mirrors() -> list[Mirror]:
    """Return the mirrors that seldom harm bytes: letters converted, a little pinyin, two marks doubled."""
    some = [Mirror(share=0.0), Mirror(share=0.0, folded=False), Mirror(False, 0, marks="，、", folded=False)]
    for seed, share in enumerate((0.01, 0.02, 0.05)):
        some += [Mirror(share=share, seed=seed), Mirror(share=share, seed=seed, table=2, folded=False)]
        some += [Mirror(share=share, seed=seed, marks="，、")]
    return some


def mirrors() -> list[Mirror]:
    """Return the mirrors that harm bytes more or less."""
    plain: list[Mirror] = []
    for seed, share in enumerate((0.1, 0.3, 0.6, 1.0)):
        plain += [Mirror(share=share, seed=seed), Mirror(share=share, seed=seed + 50, table=2, folded=False)]
        plain += [Mirror(share=share, seed=seed + 80, orphan="vanish")]
        plain += [Mirror(share=share, seed=seed + 90, orphan="replace", folded=False)]
    for seed, marks in enumerate(("，、。；！？", "？！；。、，", "！；", "；！？。", "。，、")):
        plain += [
            Mirror(share=0.3, seed=seed + 100, marks=marks),
            Mirror(share=0.1, seed=seed + 110, marks=marks, before=b"\x07"),
            Mirror(share=0.3, seed=seed + 120, marks=marks, orphan="vanish", folded=False),
            Mirror(False, 0, marks=marks),
            Mirror(False, 0, marks=marks, before=b"\x0b", folded=False),
            Mirror(False, 0, marks=marks, orphan="vanish"),
        ]
    return plain
