"""The word lists of ``words/*.toml``, read once and turned into sets, patterns and prefix tables."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
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
    return re.compile(f"{firsts(every)}(?:{alternation(every, _as_pattern)})")


def _as_pattern(word: str) -> str:
    return re.escape(word).replace("_", _GAP)


def alternation(every: Iterable[str], shape: Callable[[str], str]) -> str:
    """``every`` word in its order, each made a pattern by ``shape``: the words of one first letter together.

    The order among words of one letter decides, others never match at one place; so few are tried there.

    >>> alternation(["市委", "县长", "市长"], str)
    '市(?:委|长)|县长'
    """
    by_first: dict[str, list[str]] = {}
    for word in every:
        by_first.setdefault(word[0], []).append(word)
    return "|".join(
        shape(some[0]) if len(some) == 1 else f"{shape(first)}(?:{'|'.join(shape(w[1:]) for w in some)})"
        for first, some in by_first.items()
    )


def firsts(*every: Iterable[str]) -> str:
    """A look ahead that fails at once where none of the words can begin.

    >>> firsts(["市委", "县长", "市长"])
    '(?=[县市])'
    """
    return f"(?=[{re.escape(''.join(sorted({word[0] for words in every for word in words})))}])"


@cache
def name_ends() -> re.Pattern[str]:
    """What a name may end before: the end of the text, a mark, or a word that may stand right behind a name.

    >>> bool(name_ends().match("吴湛出席会议", 2)), bool(name_ends().match("吴湛出席会议", 3))
    (True, False)
    """
    groups = ("absent", "host", "instruct", "report", "brief", "attend", "adverbs", "openers", "follow")
    verbs = [word.split("_")[0] for group in groups for word in words("verbs", group)]
    every, posts = dict.fromkeys(verbs), words("posts", "after")
    said = f"{firsts(every)}(?:{alternation(every, re.escape)})"
    post = f"{firsts(posts)}(?:{alternation(posts, re.escape)})(?![会台团])"  # 常委会 is a body
    return re.compile(rf"[^㐀-鿿A-Za-z·•・‧]|\Z|{said}|{post}")


@cache
def name_starters() -> re.Pattern[str]:
    """Words of two characters and more that follow names: no name begins with one of them."""
    groups = ("absent", "host", "instruct", "report", "attend", "adverbs", "follow", "openers")
    verbs = [word.split("_")[0] for group in groups for word in words("verbs", group)]
    every = dict.fromkeys(word for word in (*verbs, *words("names", "words")) if len(word) > 1)
    return re.compile(f"{firsts(every)}(?:{alternation(every, re.escape)})")
