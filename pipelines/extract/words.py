"""The word lists of ``words/*.toml``, read once and turned into sets, patterns and prefix tables."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "words"
_GAP = "[^,。;!?、\n]{0,30}?"


@cache
def table(name: str) -> Mapping[str, Any]:
    """One word file as a mapping of groups. Raises OSError or TOMLDecodeError on a broken installation.

    >>> "县长" in str(table("posts")["heads"])
    True
    """
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str, group: str) -> tuple[str, ...]:
    """The words of one group, without repeats, longest first (so that an alternation takes the longest).

    >>> words("posts", "national")[-1]
    '总书记'
    """
    return tuple(sorted(dict.fromkeys(table(name)[group].split()), key=lambda word: (-len(word), word)))


@cache
def word_set(name: str, group: str) -> frozenset[str]:
    """The words of one group as a set, for membership only.

    >>> "欧阳" in word_set("names", "compound")
    True
    """
    return frozenset(table(name)[group].split())


@cache
def chars(name: str, group: str) -> frozenset[str]:
    """The characters of one group, blanks left out.

    >>> "欧" in chars("names", "surnames")
    True
    """
    return frozenset(table(name)[group]) - frozenset(" \n")


@cache
def pattern(name: str, *groups: str) -> re.Pattern[str]:
    """An alternation of the words of some groups; ``_`` in a word is a gap of up to 30 characters.

    >>> pattern("verbs", "report").match("作全年工作报告。").group()
    '作全年工作报告'
    """
    every = [word for group in groups for word in words(name, group)]
    every.sort(key=lambda word: (-len(word), word))
    return re.compile("|".join(re.escape(word).replace("_", _GAP) for word in every))


class Prefixes:
    """Does one of many words start at this place? Looked up by first character, so it costs one test.

    >>> Prefixes(["出席", "参加"]).at("县长出席", 2)
    True
    """

    def __init__(self, all_words: Iterable[str]) -> None:
        by_first: dict[str, list[str]] = {}
        for word in all_words:
            by_first.setdefault(word[0], []).append(word)
        self._table = {first: tuple(some) for first, some in by_first.items()}

    def at(self, text: str, position: int) -> bool:
        """True if a word of the set starts at ``text[position]``."""
        some = self._table.get(text[position : position + 1])
        return some is not None and text.startswith(some, position)


@cache
def follow_words() -> Prefixes:
    """All words that may stand right behind a name: verbs of every role, adverbs, prepositions, posts."""
    groups = ("absent", "host", "instruct", "report", "brief", "attend", "adverbs", "openers", "follow")
    verbs = [word.split("_")[0] for group in groups for word in words("verbs", group)]
    return Prefixes([*verbs, *words("posts", "after")])


@cache
def starter_words() -> Prefixes:
    """Words of two characters and more that follow names: no name begins with one of them."""
    groups = ("absent", "host", "instruct", "report", "attend", "adverbs", "follow", "openers")
    verbs = [word.split("_")[0] for group in groups for word in words("verbs", group)]
    return Prefixes([word for word in (*verbs, *words("names", "words")) if len(word) > 1])
