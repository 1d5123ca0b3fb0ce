"""The characters that a true text may hold, found by their bytes: what the search chooses from."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, cached_property
from itertools import islice
from typing import Final, Literal, NamedTuple, TypeVar

from pipelines.restore.characters import only_simplified, only_traditional, to_traditional
from pipelines.restore.gbk import characters, vanishing
from pipelines.restore.language import followers, general_step, is_known, narrow
from pipelines.restore.readings import is_reading
from pipelines.restore.script import telltales

T = TypeVar("T")
Writing = Literal["simplified", "traditional", "either"]
UNKNOWN: Final = 0x100
"""From here on a pending byte is any that vanishes together with the byte that was added to it."""

_ODD: Final = -4.0
_BARRED: Final = -9.0
_RARE: Final = -2.5
_COMMON: Final = 16
_MOST: Final = 16
_MANY: Final = 40
_TWOS: Final = 16
_PUNCTUATION: Final = "！％（），－．／：；？～、。·“”‘’…—《》〈〉【】〔〕「」『』〇×　①②③④⑤⑥⑦⑧⑨⑩"


class Letter(NamedTuple):
    """A character a text may hold: ``char`` as the page's script writes it, ``plain`` as the language table
    does.

    ``cost`` is the logarithm of how much rarer it is than the table, which knows no scripts and widths, says.
    """

    char: str
    plain: str
    lead: int
    trail: int
    cost: float = 0.0


Two = tuple[float, Letter, Letter]
"""Two characters, with the logarithm of how likely they are anywhere."""


class Letters:
    """The characters of one script, by their bytes and by what they commonly follow."""

    def __init__(self, chosen: Iterable[Letter]) -> None:
        """Group the characters; within a group the most frequent comes first."""
        ranked = sorted(chosen, key=lambda letter: -general_step("", letter.plain) - letter.cost)
        self.pairs = {letter.lead << 8 | letter.trail: letter for letter in ranked}
        ranked = [each for each in ranked if each.cost > _BARRED and is_known(each.plain)]
        self.all = tuple(letter for letter in ranked if letter.trail >= 0x81)
        self.by_trail = _grouped(ranked, lambda letter: letter.trail)
        self.by_lead = _grouped(self.all, lambda letter: letter.lead)
        self._by_plain = _grouped(ranked, lambda letter: letter.plain)
        gone = [letter for letter in ranked if letter.trail in vanishing()]
        self.gone_by_lead = _grouped(gone, lambda letter: letter.lead)
        self._gone = tuple(gone)
        self._goings: dict[str, list[Letter]] = {}
        self._again: dict[tuple[str, int], Sequence[Letter]] = {}
        self._after: dict[tuple[str, int, int], Sequence[Letter]] = {}
        self._endings: dict[str, dict[object, Sequence[Letter]]] = {}
        self._following: dict[str, Sequence[Letter]] = {}
        self._twos: dict[tuple[int, int], Sequence[Two]] = {}

    def ending(self, pending: int, plain: str, trail: int) -> Sequence[Letter]:
        """Return the letters made of the pending byte and ``trail``, the likeliest behind ``plain``."""
        if pending < UNKNOWN:
            letter = self.pairs.get(pending << 8 | trail)
            return (letter,) if letter else ()
        return self.after_gone(plain, pending - UNKNOWN, trail)

    def gone(self, plain: str, pending: int, trail: int) -> Iterator[Letter]:
        """Yield the characters written ``plain`` that begin with the pending byte and end in ``trail``."""
        for letter in self._by_plain.get(plain, ()):
            if letter.trail == trail and may_begin(pending, letter.lead):
                yield letter

    def going(self, pending: int, plain: str) -> Sequence[Letter]:
        """Return the likeliest letters that begin with the pending byte and whose second byte may vanish."""
        if pending < UNKNOWN:
            return self.gone_by_lead.get(pending, ())
        return self.gone_again(plain, pending - UNKNOWN)

    def starting(self, pending: int, plain: str) -> Sequence[Letter]:
        """Return the likeliest letters that begin with the pending byte, their second byte being lost."""
        if pending < UNKNOWN:
            return self.by_lead.get(pending, ())
        return self.beginning(plain, pending - UNKNOWN)

    def after_gone(self, plain: str, first: int, trail: int) -> Sequence[Letter]:
        """Return the likeliest characters behind ``plain`` that end in ``trail`` and begin with a byte that
        vanished together with ``first``."""
        key = plain, first, trail
        known = self._after.get(key)
        if known is None:
            leads = leads_gone_with(first)
            common = [each for each in self.by_trail.get(trail, ()) if each.lead in leads][:_COMMON]
            ending = self._ending(plain).get(trail, ())
            following = [each for each in ending if each.lead in leads][:_MOST]
            known = self._after[key] = tuple(dict.fromkeys(following + common))
        return known

    def _ending(self, plain: str) -> dict[object, Sequence[Letter]]:
        """Return what follows ``plain`` by second byte."""
        known = self._endings.get(plain)
        if known is None:
            known = self._endings[plain] = _grouped(self.following(plain), lambda letter: letter.trail)
        return known

    def beginning(self, plain: str, first: int) -> Sequence[Letter]:
        """Return the likeliest characters behind ``plain`` that begin with a byte which vanished together
        with ``first``."""
        leads = leads_gone_with(first)
        return [each for each in self.following(plain) if each.lead in leads][:_MOST]

    def gone_again(self, plain: str, first: int) -> Sequence[Letter]:
        """Return the likeliest characters behind ``plain`` whose first byte vanished together with ``first``,
        and whose second byte may begin another pair that vanishes."""
        key = plain, first
        known = self._again.get(key)
        if known is None:
            leads = leads_gone_with(first)
            found = [each for each in self._gone_following(plain) if each.lead in leads][:_MANY]
            common = [each for each in self._gone if each.lead in leads][:_MANY]
            known = self._again[key] = tuple(dict.fromkeys(found + common))
        return known

    def twos(self, first: int, trail: int) -> Sequence[Two]:
        """Return the likeliest pairs of characters whose second ends in ``trail``, the byte between them
        and the first one's first byte, with ``first``, being gone."""
        key = first, trail
        known = self._twos.get(key)
        if known is None:
            leads = leads_gone_with(first)
            found = (two for two in self._twos_by_trail.get(trail, ()) if two[1].lead in leads)
            known = self._twos[key] = tuple(islice(found, _TWOS))
        return known

    @cached_property
    def _twos_by_trail(self) -> dict[object, Sequence[Two]]:
        """Return the listed pairs of characters with a gone byte between them, by the last byte."""
        ranked: list[Two] = []
        for one in self._gone:
            head, leads = general_step("", one.plain) + one.cost, leads_gone_with(one.trail)
            following = (two for two in self.following(one.plain) if two.lead in leads)
            ranked += [(head + general_step(one.plain, two.plain) + two.cost, one, two) for two in following]
        ranked.sort(reverse=True, key=lambda each: each[0])
        return _grouped(ranked, lambda two: two[2].trail)

    def _gone_following(self, plain: str) -> list[Letter]:
        """Return what follows ``plain`` and may have vanished with its second byte."""
        known = self._goings.get(plain)
        if known is None:
            known = self._goings[plain] = [e for e in self.following(plain) if e.trail in vanishing()]
        return known

    def following(self, plain: str) -> Sequence[Letter]:
        """Return the characters that are known to follow ``plain``, the likeliest first."""
        known = self._following.get(plain)
        if known is None:
            found = [each for head in followers(plain) for each in self._by_plain.get(head, ())]
            known = self._following[plain] = tuple(found)
        return known

    @cache  # noqa: B019 - one object for each script, kept for good
    def read_as(self, syllable: str) -> Sequence[Letter]:
        """Return the characters with this reading."""
        return [letter for letter in self.all if is_reading(syllable, letter.char)]


def may_begin(pending: int, lead: int) -> bool:
    """Tell whether a letter with this first byte can be the pending one."""
    return lead == pending if pending < UNKNOWN else lead in leads_gone_with(pending - UNKNOWN)


def _grouped(chosen: Iterable[T], key: Callable[[T], object]) -> dict[object, Sequence[T]]:
    """Return characters, or pairs of them, in groups."""
    groups: defaultdict[object, list[T]] = defaultdict(list)
    for each in chosen:
        groups[key(each)].append(each)
    return {name: tuple(group) for name, group in groups.items()}


@cache
def leads_gone_with(first: int) -> frozenset[int]:
    """Return the bytes that vanish together with ``first``.

    >>> 0xA1 in leads_gone_with(0xAA), 0xA1 in leads_gone_with(0xB0)
    (True, False)
    """
    return frozenset(vanishing().get(first, ()))


@cache
def letters(writing: Writing) -> Letters:
    """Return the characters that a text of this script may hold.

    >>> letters("traditional").pairs[0x95FE].plain
    '会'
    """
    barred = {"traditional": only_simplified(), "simplified": only_traditional()}.get(writing, frozenset())
    odd = to_traditional().keys() - telltales() if writing == "traditional" else frozenset()
    return Letters(
        Letter(char, narrow(char), lead, trail, _cost(char, lead, trail, writing, barred, odd))
        for (lead, trail), char in characters().items()
    )


def _cost(
    char: str, lead: int, trail: int, writing: Writing, barred: frozenset[str], odd: AbstractSet[str]
) -> float:
    """Return how much rarer a character is than its simplified form, as a logarithm."""
    if char in odd or is_wide_ascii(char):
        return _ODD
    if char in _PUNCTUATION:
        return 0.0
    if char in barred or not "\u4e00" <= char <= "\u9fff":
        return _BARRED
    common = char == narrow(char) and lead >= 0xB0 and trail >= 0xA1
    return 0.0 if common or writing == "traditional" else _RARE


def is_wide_ascii(char: str) -> bool:
    """Tell whether ``char`` is the full-width form of a letter or digit."""
    return "！" <= char <= "～" and unicodedata.normalize("NFKC", char).isalnum()
