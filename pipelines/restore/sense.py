"""Whether letters make sense: what stands behind a sign of damage is judged before any search."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from pipelines.restore.gbk import is_strange, strange
from pipelines.restore.language import Language

AHEAD: Final = 4
"""How many letters behind a sign are judged."""

FAR: Final = 24
"""How many are looked at for strange ones."""

_STRANGE: Final = -7.5
_ASCII: Final = re.compile(r"(?<=.)[\x00-\x7f]")


def is_odd(letters: str) -> bool:
    """Tell whether what stands behind a mark holds a strange character soon, or two."""
    return any(map(is_strange, letters[: 2 * AHEAD])) or sum(map(is_strange, letters)) > 1


def is_senseless(letters: str) -> bool:
    """Tell whether a few letters are no words, in either script."""
    letters = _ASCII.split(letters, maxsplit=1)[0] or letters
    return Language.general(Language.plain(letters)) < _STRANGE * len(letters)


@cache
def rare_class() -> str:
    """Return a class of all strange characters, for patterns."""
    return f"[{re.escape(''.join(sorted(strange())))}]"


@cache
def junk() -> re.Pattern[str]:
    """Return the pattern of a mark before what is soon a strange character, or two; it takes the mark alone,
    so that each of two marks before them is found."""
    rare = rare_class()
    soon = rf"[^\x00-\x7f；！？。，、]{{0,3}}{rare}|(?:[^\r\n]{{0,11}}{rare}){{2}}"
    return re.compile(rf"[;!?；！？。](?:(?<=[^\x00-\x7f].)|(?<=[^\x00-\x7f],.))(?=({soon}))")
