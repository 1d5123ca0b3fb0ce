"""How the copies of one report relate: which is the original, which is best, what the others are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pipelines.match.compare import WHOLE

Relation = Literal["original", "reprint", "excerpt", "mirror"]
_TYPES = {"portal": 0, "aggregator": 1, "docshare": 2}  # a government's own site is nearest to the source


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """What is known of one copy; ``seen_at`` is when it was first stored, ``length`` in folded characters."""

    id: int
    script: str
    site_type: str | None
    published_at: datetime | None
    seen_at: datetime
    length: int
    truncated: bool
    quality: float


def relate(copies: Sequence[CopyFacts]) -> Mapping[int, Relation]:
    """The relation of each copy, by its id; exactly one copy is the original.

    The original is the earliest whole copy that no mirror made; a day without a time counts as its
    beginning, and of one day a government's own site goes first.

    >>> day = datetime(2024, 3, 6)
    >>> whole = CopyFacts(1, "simplified", "portal", day, day, 900, False, 1.0)
    >>> part = CopyFacts(2, "simplified", "portal", day, day, 300, False, 1.0)
    >>> twisted = CopyFacts(3, "mirror", "portal", None, day, 900, False, 0.9)
    >>> dict(relate([twisted, part, whole]))
    {3: 'mirror', 2: 'excerpt', 1: 'original'}
    """
    longest = max(copy.length for copy in copies)
    original = min(copies, key=lambda copy: _distance(copy, longest))
    return {
        copy.id: "original" if copy is original else _relation(copy, max(original.length, 1))
        for copy in copies
    }


def choose_best(copies: Sequence[CopyFacts]) -> int:
    """The id of the copy to read: whole, sound, of high quality; the original where all else is equal."""
    longest = max(copy.length for copy in copies)
    best = min(
        copies,
        key=lambda copy: (_worth(copy, longest), -copy.quality, _distance(copy, longest)),
    )
    return best.id


def _relation(copy: CopyFacts, length: int) -> Relation:
    if copy.script == "mirror":
        return "mirror"
    return "excerpt" if copy.length < WHOLE * length else "reprint"


def _worth(copy: CopyFacts, longest: int) -> tuple[bool, bool, bool]:
    return (_partial(copy, longest), copy.truncated, copy.script == "mirror")


def _partial(copy: CopyFacts, longest: int) -> bool:
    return copy.length < WHOLE * longest


def _distance(copy: CopyFacts, longest: int) -> tuple[object, ...]:
    """How far a copy is from the source, for sorting; the id makes it one order."""
    day = copy.published_at.date() if copy.published_at else datetime.max.date()
    return (
        copy.script == "mirror",
        _partial(copy, longest),
        copy.truncated,
        day,
        _TYPES.get(copy.site_type or "", len(_TYPES)),
        copy.published_at or datetime.max,
        copy.seen_at,
        copy.id,
    )
