"""Numbers that Word writes by itself (一、 （二） 3.): they stand in no text, only in the file's lists."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

from lxml import etree

_DIGITS = "〇一二三四五六七八九"
_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9


class Numbering:
    """The lists of a document (``numbering.xml``, ``styles.xml``) and how far each has counted."""

    def __init__(self, *parts: etree._Element) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._lists: dict[str, str] = {}
        self._styles: dict[str, tuple[str | None, str | None]] = {}
        self._counts: defaultdict[str, list[int]] = defaultdict(lambda: [0] * _LEVELS)
        for part in parts:
            self._read(part)

    def label(self, paragraph: etree._Element) -> str:
        """The number that Word shows before a paragraph, counted on; empty when it shows none."""
        number, level = self._place(paragraph)
        abstract = self._lists.get(number or "")
        if abstract is None or (abstract, level) not in self._levels:
            return ""
        counts = self._counts[abstract]
        counts[level] = (counts[level] or self._levels[abstract, level][2] - 1) + 1
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        kind, text, _ = self._levels[abstract, level]
        return "" if kind in ("bullet", "none") else _PLACE.sub(lambda m: self._figure(abstract, m), text)

    def _figure(self, abstract: str, match: re.Match[str]) -> str:
        level = int(match[1]) - 1
        kind, _, start = self._levels.get((abstract, level), ("decimal", "", 1))
        return _FORMATS.get(kind, str)(self._counts[abstract][level] or start)

    def _place(self, paragraph: etree._Element) -> tuple[str | None, int]:
        """List and level of a paragraph: its own, else its style's."""
        number, level = _list_of(paragraph)
        style = self._styles.get(_value(paragraph, "pPr/pStyle") or "", (None, None))
        number, level = number or style[0], level or style[1] or "0"
        return number, int(level) if level.isdecimal() and int(level) < _LEVELS else 0

    def _read(self, part: etree._Element) -> None:
        for style in _find(part, "style"):
            self._styles[_attribute(style, "styleId") or ""] = _list_of(style)
        for entry in _find(part, "abstractNum"):
            for level in _find(entry, "lvl"):
                place = _attribute(entry, "abstractNumId") or "", _small(_attribute(level, "ilvl"), 0)
                first = _small(_value(level, "start"), 1)
                kind = _value(level, "numFmt") or "decimal"
                self._levels[place] = kind, _value(level, "lvlText") or "", first
        for entry in _find(part, "num"):
            self._lists[_attribute(entry, "numId") or ""] = _value(entry, "abstractNumId") or ""


def chinese(number: int) -> str:
    """A number below a hundred as Chinese lists write it, others in figures.

    >>> [chinese(n) for n in (1, 10, 12, 20, 35, 100)]
    ['一', '十', '十二', '二十', '三十五', '100']
    """
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def circled(number: int) -> str:
    """A number in a circle, as far as there are such signs.

    >>> circled(3), circled(21)
    ('③', '21')
    """
    return chr(0x245F + number) if 0 < number <= 20 else str(number)


def letter(number: int) -> str:
    """The letter that stands for a number in a list.

    >>> letter(3)
    'c'
    """
    return chr(96 + number) if 0 < number <= 26 else str(number)


_COUNTING = ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital")
_FORMATS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys((*_COUNTING, "taiwaneseCounting", "taiwaneseCountingThousand"), chinese),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), circled),
    "lowerLetter": letter,
    "upperLetter": lambda number: letter(number).upper(),
    "decimalZero": lambda number: f"{number:02}",
}


def _find(element: etree._Element, path: str) -> list[etree._Element]:
    """Elements below by their names, whatever their space."""
    return element.findall("/".join(f"{{*}}{name}" for name in path.split("/")))


def _attribute(element: etree._Element, name: str) -> str | None:
    return next((str(v) for k, v in element.attrib.items() if etree.QName(k).localname == name), None)


def _value(element: etree._Element, path: str) -> str | None:
    """The ``w:val`` of the first element at a path."""
    found = _find(element, path)
    return _attribute(found[0], "val") if found else None


def _list_of(element: etree._Element) -> tuple[str | None, str | None]:
    """List and level that a paragraph or a style names."""
    return _value(element, "pPr/numPr/numId"), _value(element, "pPr/numPr/ilvl")


def _small(text: str | None, other: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 4 else other
