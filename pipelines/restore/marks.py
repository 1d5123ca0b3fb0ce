"""Marks that a mirror doubled: an ASCII comma or an invisible byte in front of every mark (日,,示 長,、市
行,。)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from pipelines.restore.edits import Edit
from pipelines.restore.readings import LETTER

MARKS: Final = "，、。；！？"
"""The six marks that mirrors put something before."""

FOLDED: Final = {"，": ",", "；": ";", "！": "!", "？": "?"}
"""Their half-width forms; 、 and 。 have none."""

WIDE: Final = {narrow: wide for wide, narrow in FOLDED.items()}
"""Which mark a half-width form stands for."""

EITHER: Final = MARKS + "".join(FOLDED.values())
"""All ten, as the inside of a character class."""

INVISIBLE: Final = "\x01-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff"
PREFIXES: Final = ",\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x0e\x0f\u200b\ufeff"
"""What mirrors put before marks."""

DOUBLED: Final = re.compile(
    rf"[,{INVISIBLE}](?:(?<=,)(?<![,\s].)|(?<!,)(?<![{INVISIBLE}].)[{INVISIBLE}]*+)(?=[{EITHER}])"
)
"""A comma, or all invisible characters, before a mark; written so that a scan leaps from one to the next."""


_FEW: Final = 3
_ENDING: Final = "。；！？;!?"
_SHARE: Final = {",": 0.25}
_MOST: Final = 0.6
_ANY: Final = re.compile(rf"(?<!\?)(?:[{EITHER}](?<!\?)|\?(?![{LETTER}{EITHER}]))")
"""A mark that nothing calls a lost byte: what was before such a one may be lost with it."""


def has_doubled(text: str) -> bool:
    """Tell whether something stands before marks that is more than a slip.

    >>> has_doubled("县长,，市长,，"), has_doubled("县长,，市长,，省长,，"), has_doubled("县长\u200b，")
    (False, True, True)
    """
    found = DOUBLED.findall(text)
    return len(found) >= _FEW or any(mark != "," for mark in found)


def find_doubled(page: str, spans: Iterable[tuple[int, int]], mirrored: bool = False) -> list[Edit]:
    """Return the edits that take out what stands before marks; none when it is a slip of the author's.

    A mirror puts it before every mark of a kind (an author's own ASCII commas are not touched). No author
    writes an invisible byte. On a page that is known to be ``mirrored`` one is enough, and no author's comma
    stands before a mark that ends a clause.

    >>> [edit.start for edit in find_doubled("长,、市,，日,。", [(0, 9)])]
    [1, 4, 7]
    >>> find_doubled("市长,；", [(0, 4)]), len(find_doubled("市长,；", [(0, 4)], mirrored=True))
    ([], 1)
    """
    spans = list(spans)
    found = [
        match
        for start, end in spans
        for match in DOUBLED.finditer(page, start, end)
        if _ANY.match(page, match.end(), end)
    ]
    if not found:
        return []
    total: Counter[str] = Counter()
    for start, end in spans:
        total.update(_ANY.findall(page, start, end))
    prefixed = Counter(page[match.end()] for match in found)
    total.subtract({",": sum(match[0] == "," for match in found)})
    kinds = {mark for mark, count in prefixed.items() if count >= _SHARE.get(mark, _MOST) * total[mark]}
    if prefixed["、"] >= _FEW:
        kinds.add("、")  # no author writes ,、 again and again
    if mirrored:
        kinds.update(_ENDING)
    elif len(found) < _FEW:
        kinds.clear()
    taken = [hit for hit in found if hit[0] != "," or page[hit.end()] in kinds]
    return [Edit(hit.start(), hit.end(), "", "doubled_mark") for hit in taken]
