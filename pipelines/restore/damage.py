"""Byte damage: where a mirror's replacement hit at an odd offset, and what stood there.

Two signs begin a stretch: a syllable in brackets that is no reading of the character before it, its opening
bracket often swallowed (``序?qū)``), and a mark with a lost byte before it (``確?！``). The search of ``lattice``
finds what follows; a weak sign is believed only when the search makes sense of what made none.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipelines.restore.annotations import ANNOTATION
from pipelines.restore.characters import to_traditional
from pipelines.restore.edits import Edit
from pipelines.restore.gbk import Writing, characters, code, letters
from pipelines.restore.language import Language, familiar
from pipelines.restore.lattice import Search, State
from pipelines.restore.marks import EITHER, FOLDED
from pipelines.restore.readings import LETTER, is_reading

_NOTE: Final = rf"(?:\?|[(（])(?P<note>[{LETTER}]{{1,8}}) ?[)）]"
_LETTER_BEFORE: Final = r"(?<=[^\x00-\x7f])"
_BEFORE: Final = rf"(?:{_LETTER_BEFORE}|(?<=[{LETTER}]\))|(?<= \)))"
SIGN: Final = re.compile(rf"{_LETTER_BEFORE}{_NOTE}|{_BEFORE}(?P<lost>[?,]?)(?P<mark>[{EITHER}])")
STRONG: Final = re.compile(rf"{_LETTER_BEFORE}\?[{LETTER}]{{1,8}} ?[)）]|{_BEFORE}\?[{EITHER}]")

_WIDE: Final = {narrow: wide for wide, narrow in FOLDED.items()}
_CONTEXT: Final = 40
_PARAGRAPH: Final = 400
_AHEAD: Final = 4
_STRANGE: Final = -7.5
_SENSE: Final = {True: -9.5, False: -7.0}
_GAIN: Final = {True: 0.0, False: 10.0}
_BUDGET: Final = 20_000
_MARGIN: Final = 6.0


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the page: its script, the letters with pinyin, the marks with something before them."""

    writing: Writing
    annotated: frozenset[str]
    marked: frozenset[str]
    language: Language
    thorough: bool

    def search(self, page: str, start: int, end: int, by_pinyin: bool) -> Search:
        """Return a search from ``start`` to ``end``; pinyin says that the text was traditional before the shift."""
        before = ANNOTATION.sub("", page[max(page.rfind("\n", 0, start), start - _PARAGRAPH, 0) : start])
        writing = "either" if by_pinyin and self.writing == "simplified" else self.writing
        return Search(page, end, self.language, letters(writing), self.annotated, self.marked, before)


def find_damage(
    page: str, spans: Iterable[tuple[int, int]], setting: Setting
) -> tuple[list[Edit], list[int]]:
    """Return the edits that put shifted stretches right, and the places of signs that could not be read."""
    edits: list[Edit] = []
    unread: list[int] = []
    budget = _BUDGET
    for start, end in spans:
        position = start
        while budget > 0 and (sign := SIGN.search(page, position, end)):
            position = sign.end() - bool(sign["mark"])
            strong = page[sign.start()] == "?" and len(sign[0]) > 1
            if strong or _is_suspect(page, sign, end, setting):
                search = setting.search(page, sign.start(), end, bool(sign["note"]))
                edit = _read(page, sign, search, setting.language, strong)
                budget -= search.pops * (4 if edit is None else 1) // 4
                if edit:
                    edits.append(edit)
                    position = edit.end
                elif strong:
                    unread.append(sign.start())
            position = max(position, sign.start() + 1)
    return edits, unread


def _is_suspect(page: str, sign: re.Match[str], end: int, setting: Setting) -> bool:
    """Tell whether a weak sign is worth a search: what follows makes no sense as it stands."""
    if sign["note"]:
        return not is_reading(sign["note"], page[sign.start() - 1])
    ahead = ANNOTATION.sub("", page[sign.end() : min(end, sign.end() + _CONTEXT)])[:_AHEAD]
    if not ahead or ahead[0].isascii() or ahead[0] in EITHER:
        return False
    if not setting.thorough and not any(map(_is_strange, ahead)):
        return False
    return setting.language.general(Language.plain(ahead)) < _STRANGE * len(ahead)


@cache
def _is_strange(char: str) -> bool:
    """Tell whether a character is rare in reports, whichever script it is written in."""
    return code(char) is not None and not familiar(Language.plain(char))


def _read(page: str, sign: re.Match[str], search: Search, language: Language, strong: bool) -> Edit | None:
    """Return the edit that makes best sense of the stretch which begins at ``sign``, if any makes enough."""
    context = Language.plain(ANNOTATION.sub("", page[max(0, sign.start() - _CONTEXT) : sign.start()]))[-2:]
    found, horizon = search.solve(_seeds(page, sign, language.normal(context), search))
    if not found:
        return None
    best = found[0]
    length = len(best.out) + horizon - best.at
    as_found = language.general(Language.plain(page[sign.start() : horizon]))
    if best.score < _SENSE[strong] * length or best.score - as_found < _GAIN[strong]:
        return None
    gap = best.score - max((each.score for each in found[1:] if each.out != best.out), default=-math.inf)
    rule = "shifted_by_pinyin" if sign["note"] else "shifted_by_mark"
    return Edit(sign.start(), best.at, best.out, rule, round(1 / (1 + math.exp(-min(gap, _MARGIN * 5))), 4))


def _seeds(page: str, sign: re.Match[str], context: str, search: Search) -> Iterator[State]:
    """Yield the hypotheses that a sign allows: which character the replacement took for its own."""
    if note := sign["note"]:
        for lead in _trails(page[sign.start() - 1]):
            for (first, trail), char in characters().items():
                if first == lead and trail >= 0x81 and is_reading(note, char):
                    yield State(sign.end(), trail, context, "", 0.0)
        return
    mark = code(_WIDE.get(sign["mark"], sign["mark"]))
    if mark:
        yield from search.before(context, sign.end(), mark)


@cache
def _trails(char: str) -> frozenset[int]:
    """Return the second bytes that a sound character may have had: its own, or its other script's."""
    pairs = map(code, {char, to_traditional().get(char, char)})
    return frozenset(pair[1] for pair in pairs if pair)
