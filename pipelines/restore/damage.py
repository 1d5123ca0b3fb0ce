"""Byte damage: where a mirror's replacement hit at an odd offset, and what stood there.

Two signs begin a stretch: a syllable in brackets that is no reading of the character before it, its opening
bracket often swallowed (``序?qū)``), and a mark with a lost byte before it (``確?！``). The search of
``lattice`` finds what follows; a weak sign is believed only when the search makes sense of what made none.
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
from pipelines.restore.gbk import characters, code, folded, is_strange
from pipelines.restore.language import Language
from pipelines.restore.lattice import Search, State
from pipelines.restore.letters import Writing, letters
from pipelines.restore.marks import EITHER, FOLDED
from pipelines.restore.readings import LETTER, is_reading

_LETTER_BEFORE: Final = r"(?<=[^\x00-\x7f].)"
_ANY_BEFORE: Final = r"(?<=[^\x00-\x7f].|[:,;!()~].)"
_NOTE_BEFORE: Final = r"(?<=[\")].)"
_SYLLABLE: Final = rf"[{LETTER}]{{1,8}} ?[)）]"
STRONG: Final = re.compile(rf"\?(?:{_ANY_BEFORE}{_SYLLABLE}|(?:{_LETTER_BEFORE}|{_NOTE_BEFORE})[{EITHER}])")
"""A question mark that stands for lost bytes: ``?qū)`` or ``?！``."""

SIGN: Final = re.compile(
    rf"(?:\?{_ANY_BEFORE}|[(（]{_LETTER_BEFORE})(?P<note>[{LETTER}]{{1,8}}) ?[)）]"
    rf"|(?:(?P<lost>[?,])(?:{_LETTER_BEFORE}|{_NOTE_BEFORE}))?(?P<mark>[{EITHER}])"
)
"""All that may begin a shifted stretch."""

_WIDE: Final = {narrow: wide for wide, narrow in FOLDED.items()}
_CONTEXT: Final = 40
_QUOTES: Final = '")'
_FOLDED_NUMBER: Final = re.compile(r"\A(?:\(\d{1,2}\)|\d{1,2}\.?)")
_ASCII: Final = re.compile(r"(?<=.)[\x00-\x7f]")
_PARAGRAPH: Final = 400
_AHEAD: Final = 4
_STRANGE: Final = -7.5
_SENSE: Final = {True: -13.0, False: -9.5}
_GAIN: Final = {True: 0.0, False: 12.0}
_POPS: Final = {True: 500, False: 400}
_KNOWN_MIRROR: Final = 8.0
_BUDGET: Final = 2_000
_PER_SEARCH: Final = 4
_MOST_UNREAD: Final = 50
_MARGIN: Final = 6.0


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the page: its script, the letters with pinyin, the marks with something before
    them."""

    writing: Writing
    annotated: frozenset[str]
    marked: frozenset[str]
    language: Language
    thorough: bool

    def search(self, page: str, start: int, end: int, by_pinyin: bool) -> Search:
        """Return a search from ``start`` to ``end``; pinyin says that the text was traditional before the
        shift."""
        before = ANNOTATION.sub("", page[max(0, start - _PARAGRAPH) : start].rpartition("\n")[2])
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
            position = sign.end() - (sign["mark"] == "?")
            strong = page[sign.start()] == "?" and len(sign[0]) > 1
            if strong or _is_suspect(page, sign, end, setting):
                search = setting.search(page, sign.start(), end, bool(sign["note"]))
                edit = _read(page, sign, search, setting, strong)
                budget -= _PER_SEARCH + search.pops // (4 if edit else 1)
                if edit:
                    edits.append(edit)
                    position = edit.end
                elif strong and len(unread) < _MOST_UNREAD:
                    unread.append(sign.start())
            position = max(position, sign.start() + 1)
    return edits, unread


def has_damage(page: str) -> bool:
    """Tell whether a page shows signs of shifted bytes; quick on a page that shows none.

    >>> has_damage("有序?qū)嵤┬滦"), has_damage("确保患者生命安全；要抓实")
    (True, False)
    """
    if STRONG.search(page):
        return True
    return any(_is_senseless(page[hit.start() + 1 : hit.end() + 1]) for hit in _junk().finditer(page))


def _is_suspect(page: str, sign: re.Match[str], end: int, setting: Setting) -> bool:
    """Tell whether a weak sign is worth a search: what follows makes no sense as it stands."""
    before = page[sign.start() - 1 : sign.start()]
    if sign["note"]:
        rest = page[sign.end() : min(end, sign.end() + _AHEAD)]
        wrong = not is_reading(sign["note"], before)
        return wrong and (bool(setting.annotated) or (any(map(is_strange, rest)) and _is_senseless(rest)))
    thorough = setting.thorough
    if not before or (before.isascii() and not (thorough and before in _QUOTES)):
        return False
    ahead = ANNOTATION.sub("", page[sign.end() : min(end, sign.end() + _CONTEXT)])
    ahead = _FOLDED_NUMBER.sub("", ahead.lstrip(sign["mark"]))[:_AHEAD]
    if not ahead:
        return False
    if "@" <= ahead[0] <= "~":
        return thorough and not ahead[1:2].isascii() and _is_senseless(sign["mark"] + ahead)
    if ahead[0].isascii() or ahead[0] in EITHER or sign["mark"] in "，、,":
        return False
    return (thorough or any(map(is_strange, ahead))) and _is_senseless(ahead)


def _is_senseless(letters: str) -> bool:
    """Tell whether a few letters are no words, in either script."""
    letters = _ASCII.split(letters, maxsplit=1)[0] or letters
    return Language.general(Language.plain(letters)) < _STRANGE * len(letters)


@cache
def _junk() -> re.Pattern[str]:
    """Return the pattern of a mark soon followed by a strange character."""
    strange = re.escape("".join(filter(is_strange, characters().values())))
    return re.compile(rf"[;!?；！？。](?<=[^\x00-\x7f].)[^\x00-\x7f；！？。，、]{{0,3}}[{strange}]")


def _read(page: str, sign: re.Match[str], search: Search, setting: Setting, strong: bool) -> Edit | None:
    """Return the edit that makes best sense of the stretch which begins at ``sign``, if any makes enough."""
    language = setting.language
    context = Language.plain(ANNOTATION.sub("", page[max(0, sign.start() - _CONTEXT) : sign.start()]))[-2:]
    found, horizon = search.solve(_seeds(page, sign, language.normal(context), search), _POPS[strong])
    if not found:
        return None
    best = found[0]
    length = len(best.out) + horizon - best.at
    as_found = language.general(Language.plain(page[sign.start() : horizon]))
    if (
        best.score < _SENSE[strong or (bool(sign["note"]) and bool(setting.annotated))] * length
        or best.score - as_found < _GAIN[strong] - _KNOWN_MIRROR * setting.thorough * strong
    ):
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
    pairs = [code(char), code(to_traditional().get(char, char)), *folded().get(char, ())]
    return frozenset(pair[1] for pair in pairs if pair)
