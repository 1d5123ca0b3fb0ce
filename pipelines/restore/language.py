"""How likely a run of simplified Chinese is: three-letter counts of newspapers, words and the page itself.

The table beside this file is made by ``make_language.py``, which names its sources and their licences.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Final

from pipelines.restore.characters import to_simplified
from pipelines.restore.table import table

EDGE: Final = "^"
TERMS: Final = Path(__file__).with_name("terms.txt")
_PAGE_SHARE: Final = 0.5
_SHORTER: Final = 1.5
_RARE: Final = -6.5
_LETTER_SHARE: Final = 0.1
_DIGITS: Final = re.compile(r"[0-9]")
_LATIN: Final = re.compile(r"[A-Za-z]")


def normalise(text: str) -> str:
    """Return ``text`` as the table writes it: half-width marks, one letter for all digits, one for all Latin.

    >>> normalise("１2月，Ａ区")
    '00月,A区'
    """
    return _LATIN.sub("A", _DIGITS.sub("0", unicodedata.normalize("NFKC", text)))


def read_terms(path: Path) -> list[str]:
    """Return the words of a list: split by blanks, lines that begin with ``#`` left out."""
    lines = path.read_text("utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


def general_step(context: str, char: str) -> float:
    """Return the logarithm of the probability of ``char`` after ``context``, by the table alone."""
    return table().step(context, char)


def is_known(char: str) -> bool:
    """Tell whether the table holds a simplified letter at all."""
    return char in table().numbers


@cache
def narrow(char: str) -> str:
    """Return the one letter that stands for a character in the table.

    >>> narrow("會"), narrow("，"), narrow("7")
    ('会', ',', '0')
    """
    return normalise(to_simplified().get(char, char))[:1]


@cache
def followers(char: str) -> Sequence[str]:
    """Return the letters that often follow ``char``, the likeliest first."""
    return table().followers(char)


@cache
def _simple_letters() -> Mapping[int, str]:
    """Return the table of traditional letters for ``str.translate``."""
    return str.maketrans(dict(to_simplified()))


class Steps(dict[str, float]):
    """The logarithm of the probability of each letter after ``context``, worked out when first asked for."""

    __slots__ = ("_context", "_page", "_table")

    def __init__(self, context: str, page: Mapping[str, float]) -> None:
        """Follow ``context`` on a page that gives its own sequences the shares in ``page``."""
        super().__init__()
        self._context, self._page, self._table = context, page, table().step

    def __missing__(self, char: str) -> float:
        context, page = self._context, self._page
        found = self._table(context, char)
        own = page.get(context[-1:] + char)
        if own is not None:
            found = max(found, page.get(context + char, own - _SHORTER))
        else:
            found = max(found, page.get(char, found))
        self[char] = found
        return found


class Language:
    """Likelihood of simplified Chinese on one page: the general table, and what the page itself says.

    >>> language = Language("会议强调，要压实责任")
    >>> language.score("", "会议强调") > language.score("", "会义强掉")
    True
    """

    def __init__(self, page: str) -> None:
        """Count the letters of ``page``, simplified and as sound as it can be had."""
        self._text = page
        self._steps: dict[str, Steps] = {}

    def step(self, context: str, char: str) -> float:
        """Return the logarithm of the probability of ``char`` after ``context`` (at most two letters)."""
        return self.after(context)[char]

    def after(self, context: str) -> Steps:
        """Return how likely each letter is after ``context`` (at most two letters)."""
        found = self._steps.get(context)
        if found is None:
            found = self._steps[context] = Steps(context, self._page)
        return found

    def followers(self, char: str) -> str:
        """Return the letters that follow ``char`` on the page.

        >>> Language("会议强调会场").followers("会")
        '议场'
        """
        return self._followers.get(char, "")

    @cached_property
    def _followers(self) -> dict[str, str]:
        """Return what follows each letter of the page."""
        found: dict[str, str] = defaultdict(str)
        for first, second in dict.fromkeys(pairwise(normalise(self._text))):
            found[first] += second
        return found

    @cached_property
    def _page(self) -> dict[str, float]:
        """What the page itself says, counted when it is first asked."""
        return _page_table(normalise(self._text))

    def score(self, context: str, text: str) -> float:
        """Return the logarithm of the probability of ``text`` after ``context``."""
        total = 0.0
        context = normalise(context)[-2:]
        for char in normalise(text):
            total += self.step(context, char)
            context = context[-1:] + char
        return total

    @staticmethod
    def general(text: str) -> float:
        """Return the logarithm of the probability of ``text`` anywhere, whatever the page says."""
        total = 0.0
        context = ""
        for char in normalise(text):
            total += general_step(context, char)
            context = context[-1:] + char
        return total

    @staticmethod
    def normal(text: str) -> str:
        """Return ``text`` as a context for ``step``."""
        return normalise(text)[-2:]

    @staticmethod
    def plain(text: str) -> str:
        """Return ``text`` in simplified letters, one by one.

        >>> Language.plain("會議，2")
        '会议，2'
        """
        return text.translate(_simple_letters())

    @staticmethod
    def best(left: str, choices: str, right: str, preference: float = 0.0) -> str:
        """Return the letter of ``choices`` that fits best between ``left`` and ``right``, whatever the page
        says.

        ``preference`` is by how much the first is likelier than the others before anything is seen.

        >>> Language.best("标志", "着著", "我国")
        '着'
        """
        scores = {char: Language.general(left + char + right) for char in choices}
        scores[choices[0]] += preference
        return max(scores, key=lambda char: scores[char])


def _page_table(text: str) -> dict[str, float]:
    """Return the logarithm of the share each pair and triple has of its beginning, in ``text``."""
    singles = Counter(text)
    pairs = Counter(map("".join, pairwise(text)))
    triples = Counter(map("".join, zip(text, text[1:], text[2:], strict=False)))
    rare = [char for char in singles if general_step("", char) < _RARE]
    table = {char: math.log(_LETTER_SHARE * singles[char] / len(text)) for char in rare}
    table |= {gram: math.log(_PAGE_SHARE * count / (pairs[gram[:2]] + 1)) for gram, count in triples.items()}
    for gram, count in pairs.items():
        table[gram] = math.log(_PAGE_SHARE * count / (singles[gram[0]] + 1))
    return table
