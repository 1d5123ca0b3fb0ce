"""The characters that a true text may hold, found by their bytes: what the search chooses from."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from pipelines.restore.characters import only_simplified, only_traditional, to_simplified, to_traditional
from pipelines.restore.gbk import characters, vanishing
from pipelines.restore.language import is_known
from pipelines.restore.readings import is_reading
from pipelines.restore.script import telltales

Writing = Literal["simplified", "traditional", "either"]
_ODD: Final = -4.0
_PUNCTUATION: Final = "！％（），－．／：；？～、。·“”‘’…—《》〈〉【】〔〕「」『』〇×　①②③④⑤⑥⑦⑧⑨⑩"


@dataclass(frozen=True, slots=True)
class Letter:
    """A character a text may hold: ``char`` as the page's script writes it, ``plain`` as the language table
    does.

    ``cost`` is the logarithm of how much rarer it is than the table, which knows no scripts and widths, says.
    """

    char: str
    plain: str
    lead: int
    trail: int
    cost: float = 0.0


class Group:
    """Characters by first byte and by simplified form."""

    def __init__(self) -> None:
        """Begin empty."""
        self.by_lead: defaultdict[int, list[Letter]] = defaultdict(list)
        self.by_plain: defaultdict[str, list[Letter]] = defaultdict(list)

    def add(self, letter: Letter) -> None:
        """Take a character in."""
        self.by_lead[letter.lead].append(letter)
        self.by_plain[letter.plain].append(letter)


class Letters:
    """The characters of one script, by pair and by second byte.

    ``orphaned`` are those whose second byte may be taken for a first one, ``gone`` those whose second byte
    may begin a pair that vanishes.
    """

    def __init__(self, chosen: Sequence[Letter]) -> None:
        """Group the characters."""
        self.pairs = {(letter.lead, letter.trail): letter for letter in chosen}
        self.by_trail: defaultdict[int, list[Letter]] = defaultdict(list)
        self.orphaned, self.gone = Group(), Group()
        self._after: dict[tuple[int, int], list[Letter]] = {}
        self._read: dict[str, list[Letter]] = {}
        pairs = vanishing()
        for letter in chosen:
            self.by_trail[letter.trail].append(letter)
            if letter.trail >= 0x81:
                self.orphaned.add(letter)
            if letter.trail in pairs:
                self.gone.add(letter)

    def after_gone(self, first: int, trail: int) -> list[Letter]:
        """Return the characters that end in ``trail`` and begin with a byte that vanished together with
        ``first``."""
        key = first, trail
        if key not in self._after:
            leads = self.leads(first)
            self._after[key] = [letter for letter in self.by_trail.get(trail, ()) if letter.lead in leads]
        return self._after[key]

    def read_as(self, syllable: str) -> list[Letter]:
        """Return the characters of ``orphaned`` with this reading."""
        if syllable not in self._read:
            groups = self.orphaned.by_lead.values()
            self._read[syllable] = [
                each for group in groups for each in group if is_reading(syllable, each.char)
            ]
        return self._read[syllable]

    @staticmethod
    @cache
    def leads(first: int) -> frozenset[int]:
        """Return the bytes that vanish together with ``first``."""
        return frozenset(vanishing()[first])


@cache
def letters(writing: Writing) -> Letters:
    """Return the characters that a text of this script may hold.

    >>> [letter.char for letter in letters("traditional").orphaned.by_plain["会"]]
    ['會']
    """
    barred = {"traditional": only_simplified(), "simplified": only_traditional()}.get(writing, frozenset())
    changed = to_traditional().keys() - telltales()
    chosen: list[Letter] = []
    for (lead, trail), char in characters().items():
        if char not in barred:
            plain = _narrow(to_simplified().get(char, char))
            if (
                char in _PUNCTUATION
                or is_wide_ascii(char)
                or ("\u4e00" <= char <= "\u9fff" and is_known(plain))
            ):
                odd = is_wide_ascii(char) or (writing == "traditional" and char in changed)
                chosen.append(Letter(char, plain, lead, trail, _ODD if odd else 0.0))
    return Letters(chosen)


def is_wide_ascii(char: str) -> bool:
    """Tell whether ``char`` is the full-width form of a letter or digit."""
    return "！" <= char <= "～" and unicodedata.normalize("NFKC", char).isalnum()


def _narrow(char: str) -> str:
    """Return the one letter that stands for ``char`` in the language table."""
    plain = unicodedata.normalize("NFKC", char)
    if plain.isdecimal():
        return "0"
    return "A" if plain.isascii() and plain.isalpha() else plain[0]
