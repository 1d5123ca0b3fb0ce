"""Byte damage: where a mirror's replacement hit at an odd offset, and what stood there.

A sign (``signs``) begins a stretch, the search of ``lattice`` finds what follows; a weak sign is believed
only when the search makes sense of what made none.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import takewhile
from typing import Final

from pipelines.restore.annotations import ANNOTATION
from pipelines.restore.balance import is_left_open, open_after
from pipelines.restore.characters import to_traditional
from pipelines.restore.edits import Edit, apply
from pipelines.restore.gbk import characters, code, folded, is_strange
from pipelines.restore.language import Language
from pipelines.restore.lattice import Search
from pipelines.restore.letters import Writing, letters
from pipelines.restore.marks import EITHER, WIDE
from pipelines.restore.readings import LETTER, is_reading
from pipelines.restore.sense import AHEAD, FAR, is_odd, is_senseless
from pipelines.restore.signs import SIGN, STRONG, SYLLABLE, is_strong
from pipelines.restore.steps import RIGHT, Node, State, doubts

_NOTED: Final = re.compile(rf"([^\x00-\x7f])[(（]{SYLLABLE}\Z")
_NOTE_LENGTH: Final = 12
_CONTEXT: Final = 40
_QUOTES: Final = '"),'
_FOLDED_NUMBER: Final = re.compile(r"\A(?:\(\d{1,2}\)|\d{1,2}\.?)")
_NUMBERED: Final = re.compile(r"(?:\?|\d{1,2})[)）]")
_BLANK: Final = "\u3000"
_PARAGRAPH: Final = 400
_WEAK: Final = -4.0
_GAIN: Final = {True: 0.0, False: 12.0}
_SENSE: Final = -7.0
_ODD_LETTER: Final = 10.0
_BUDGET: Final = 40_000
_VAIN: Final = 5
_PER_SEARCH: Final = 20
_MOST_UNREAD: Final = 50
_SLOPE: Final = 2.5
_SURE: Final = 10.0
_TWICE: Final = ("??", ",,")
"""What is left of a character that lost both bytes, before a mark."""

_ENDED: Final = re.compile(r"[@-~][^\x00-\x7f]")
_WIDE_RUN: Final = re.compile(r"[!-~\uff01-\uff5e]{1,3}(?=[^\x00-\x7f]{4})")
_STRAY: Final = re.compile(r"[^\x00-\x7f][@-~][^\x00-\x7f]")
_SPELT: Final = re.compile(f"[@-~]\\({SYLLABLE}")
"""The second byte of a character, with the reading of that character: ``h(xiàn)`` for 縣."""

_LATIN: Final = re.compile(f"[{LETTER}]")


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the page: its script, the letters with pinyin, the marks with something before
    them."""

    writing: Writing
    annotated: frozenset[str]
    marked: frozenset[str]
    language: Language
    thorough: bool
    asks: bool


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
            position = sign.start() + 1
            opened = partial(_opened, page, sign.start(), edits)
            if is_strong(page, sign) or _is_suspect(page, sign, end, setting, opened):
                reader = _Reader(page, end, setting, budget, bool(sign["note"]))
                found, position = reader.read(sign, _before(page, sign.start(), edits))
                budget -= reader.cost * (1 if found else _VAIN)
                edits += found
                if not found and is_strong(page, sign) and len(unread) < _MOST_UNREAD:
                    unread.append(sign.start())
    return edits, unread


class _Reader:
    """Reads one run of text from a sign on."""

    def __init__(self, page: str, end: int, setting: Setting, budget: int, by_pinyin: bool) -> None:
        """Read ``page`` up to ``end``; pinyin says that the text was traditional before the shift."""
        self._page, self._end, self._setting = page, end, setting
        chosen = letters("either" if by_pinyin and setting.writing == "simplified" else setting.writing)
        known = setting.annotated, setting.marked, setting.asks
        self._search = Search(page, end, setting.language, chosen, *known, budget)

    @property
    def cost(self) -> int:
        """How many steps the search took."""
        return self._search.beam.steps + _PER_SEARCH

    def read(self, sign: re.Match[str], before: str) -> tuple[list[Edit], int]:
        """Return the edits up to where the text is sound again, and that place."""
        page, start = self._page, sign.start()
        context = Language.normal(Language.plain(before))
        sound = State(0.0, RIGHT, context, open_after(before), None)
        best, end = self._search.walk(start, sound, self._sow)
        edits = [edit for edit in _edits(best.node, page) if self._makes_sense(edit)]
        return edits, max(end, start + 1)

    def _makes_sense(self, edit: Edit) -> bool:
        """Tell whether an edit gives likelier text than what it replaces, and likely enough."""
        language, page = self._setting.language, self._page
        context = Language.plain(page[max(0, edit.start - 2) : edit.start])
        found = language.score(context, Language.plain(edit.after))
        if found < _SENSE * len(edit.after) - _ODD_LETTER:
            return False
        setting, sign = self._setting, SIGN.match(page, edit.start)
        if (
            STRONG.match(page, edit.start)
            or (setting.thorough and sign and sign["indent"])
            or (setting.annotated and edit.rule == "shifted_by_pinyin")
        ):
            return True
        as_found = Language.general(Language.plain(page[edit.start : edit.end]))
        return found - as_found > _GAIN[setting.thorough or bool(setting.annotated)]

    def _sow(self, at: int, sound: State) -> Iterator[tuple[int, State]]:
        """Yield the hypotheses that a sign at ``at`` allows, with the places where they go on."""
        sign = SIGN.match(self._page, at, self._end)
        if not sign:
            return
        strong = is_strong(self._page, sign)
        if not strong and not _is_suspect(self._page, sign, self._end, self._setting, lambda: sound.opened):
            return
        prior = 0.0 if strong or (sign["note"] and self._setting.annotated) else _WEAK
        if sign["indent"]:
            yield sign.end(), self._indented(at, sign, sound)._replace(score=sound.score + prior)
        elif note := sign["note"]:
            for trail in _noted(note, _trails(_letter_before(self._page, at))):
                node = Node(sound.node, at, sign.end(), "")
                yield sign.end(), sound._replace(score=sound.score + prior, pending=trail, node=node)
        elif mark := code(WIDE.get(sign["mark"], sign["mark"])):
            for state in self._search.growth.sown(sound, at, sign.end(), mark, prior):
                yield sign.end(), state
            if sign[0] in _TWICE:
                for state in self._search.growth.sown_twice(sound, at, sign.end()):
                    yield sign.end(), state

    def _indented(self, at: int, sign: re.Match[str], sound: State) -> State:
        """Return the hypothesis on a full stop where a paragraph begins: its last blank, and what begins with
        the second byte of the stop; before a number in brackets that is the bracket."""
        if _NUMBERED.match(self._page, sign.end(), self._end):
            node = Node(sound.node, at, sign.end(), f"{_BLANK}（")
            return sound._replace(context=sound.context[-1:] + "(", node=node)
        _, pending = code(sign["indent"]) or (0, RIGHT)
        return sound._replace(pending=pending, node=Node(sound.node, at, sign.end(), _BLANK))


def _before(page: str, start: int, edits: Sequence[Edit]) -> str:
    """Return the paragraph before ``start`` as ``edits`` and the taking out of pinyin leave it."""
    begin = max(page.rfind("\n", 0, start) + 1, start - _PARAGRAPH)
    recent = list(takewhile(lambda edit: edit.start >= begin, reversed(edits)))
    moved = [edit._replace(start=edit.start - begin, end=edit.end - begin) for edit in reversed(recent)]
    return ANNOTATION.sub("", apply(page[begin:start], moved))


def _opened(page: str, start: int, edits: Sequence[Edit]) -> int:
    """Return which brackets and quotation marks are open before ``start``."""
    return open_after(_before(page, start, edits))


def _letter_before(page: str, at: int) -> str:
    """Return the character before ``at``, or before the pinyin that ends there."""
    noted = _NOTED.search(page, max(0, at - _NOTE_LENGTH), at)
    return noted[1] if noted else page[at - 1]


def _noted(note: str, leads: frozenset[int]) -> set[int]:
    """Return the second bytes of the characters with this reading and one of these first bytes."""
    pairs = (each for lead in leads for each in _by_lead()[lead])
    return {trail for trail, char in pairs if is_reading(note, char)}


@cache
def _by_lead() -> Mapping[int, Sequence[tuple[int, str]]]:
    """Return for each first byte the second bytes that may begin a pair themselves, with the characters."""
    table: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for (lead, trail), char in characters().items():
        if trail >= 0x81:
            table[lead].append((trail, char))
    return table


def _edits(last: Node | None, page: str) -> Iterator[Edit]:
    """Yield the edits that a hypothesis makes: its steps, joined where they touch."""
    doubted = list(doubts(last))
    runs: list[Node] = []
    for node in reversed(list(_steps(last))):
        if runs and runs[-1].end == node.start:
            runs[-1] = runs[-1]._replace(end=node.end, out=runs[-1].out + node.out)
        else:
            runs.append(node)
    for run in runs:
        gap = min((gap for start, end, gap in doubted if start < run.end and end > run.start), default=_SURE)
        rule = "shifted_by_pinyin" if _LATIN.search(page[run.start : run.end][:3]) else "shifted_by_mark"
        yield Edit(run.start, run.end, run.out, rule, round(1 - 0.5 * math.exp(-gap / _SLOPE), 4))


def _steps(last: Node | None) -> Iterator[Node]:
    """Yield the steps that end in ``last``, the latest first, without the notes."""
    while last:
        if last.gap is None:
            yield last
        last = last.before


def _is_suspect(
    page: str, sign: re.Match[str], end: int, setting: Setting, opened: Callable[[], int]
) -> bool:
    """Tell whether a weak sign is worth a search: what follows makes no sense as it stands.

    Where a paragraph ends, an exclamation mark is one when a quotation is left open
    (``opened`` tells what is).
    """
    before = page[sign.start() - 1 : sign.start()]
    if sign["note"]:
        rest = page[sign.end() : min(end, sign.end() + AHEAD)]
        again = page.endswith(sign[0], 0, sign.start())  # 會(huì)(huì)
        wrong = not again and not is_reading(sign["note"], before)
        odd = _ENDED.match(rest) or (any(map(is_strange, rest)) and is_senseless(rest))
        return wrong and bool(setting.annotated or odd)
    thorough = setting.thorough
    if sign["indent"]:
        ahead = page[sign.end() : min(end, sign.end() + AHEAD)]
        odd = is_odd(page[sign.end() : min(end, sign.end() + FAR)])
        return (thorough and _NUMBERED.match(ahead) is not None) or (
            (thorough or odd) and is_senseless(ahead)
        )
    behind = page[sign.end() : sign.end() + 1]
    if sign[0] == ",," and WIDE.get(behind, behind) in setting.marked:
        return True
    if not before or (before.isascii() and not (thorough and before in _QUOTES)):
        return False
    ahead = ANNOTATION.sub("", page[sign.end() : min(end, sign.end() + _CONTEXT)])
    ahead = _FOLDED_NUMBER.sub("", ahead.lstrip(sign["mark"]))[:AHEAD]
    if not ahead or ahead[0] in "\r\n":
        return thorough and sign["mark"] in "!！" and is_left_open(opened())
    if "@" <= ahead[0] <= "~" and (not ahead[1:2].isascii() or _SPELT.match(page, sign.end(), end)):
        return thorough
    if thorough and (wide := _WIDE_RUN.match(page, sign.end(), end)):
        return is_senseless(page[wide.end() : min(end, wide.end() + AHEAD)])
    if thorough and _STRAY.match(ahead):
        return True
    if ahead[0].isascii() or ahead[0] in EITHER or sign["mark"] in "，、,":
        return False
    return (thorough or is_odd(page[sign.end() : min(end, sign.end() + FAR)])) and is_senseless(ahead)


@cache
def _trails(char: str) -> frozenset[int]:
    """Return the second bytes that a sound character may have had: its own, or its other script's."""
    pairs = [code(char), code(to_traditional().get(char, char)), *folded().get(char, ())]
    return frozenset(pair[1] for pair in pairs if pair)
