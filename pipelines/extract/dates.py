"""The day a meeting was held, read from the sentence that announces it; null rather than a guess."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class DatedBy:
    """A date and the rung of the ladder that gave it; ``body[start:end]`` is the wording it rests on."""

    date: date | None
    rule: str
    start: int
    end: int


def date_meeting(body: str, start: int, end: int, published: datetime | None, url: str) -> DatedBy:
    """The day of the meeting that ``body[start:end]`` (a sentence, positions in characters) announces.

    Ladder: body > dateline > publication line > address > agenda. ``date`` is None rather than a guess.
    """
    return DatedBy(None, "none", start, start)
