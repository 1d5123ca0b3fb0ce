"""Marks that a mirror doubled: an ASCII comma or an invisible byte in front of every mark (日,,示 長,、市 行,。)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from pipelines.restore.edits import Edit

MARKS: Final = "，、。；！？"
"""The six marks that mirrors put something before."""

FOLDED: Final = {"，": ",", "；": ";", "！": "!", "？": "?"}
"""Their half-width forms; 、 and 。 have none."""

EITHER: Final = MARKS + "".join(FOLDED.values())
"""All ten, as the inside of a character class."""

INVISIBLE: Final = "\x01-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff"
DOUBLED: Final = re.compile(rf"(?:,(?<![,\s].)|[{INVISIBLE}])(?=[{EITHER}])")

_FEW: Final = 3
_SHARE: Final = 0.2
_ANY: Final = re.compile(f"[{EITHER}]")


def find_doubled(page: str, spans: Iterable[tuple[int, int]]) -> list[Edit]:
    """Return the edits that take out what stands before marks; none when it is a slip of the author's.

    >>> [edit.start for edit in find_doubled("長,、市,，日,。", [(0, 9)])]
    [1, 4, 7]
    """
    found: list[re.Match[str]] = []
    total = 0
    for start, end in spans:
        found += DOUBLED.finditer(page, start, end)
        total += sum(1 for _ in _ANY.finditer(page, start, end))
    if len(found) < _FEW or len(found) < _SHARE * (total - len(found)):
        return []
    return [Edit(match.start(), match.end(), "", "doubled_mark") for match in found]
