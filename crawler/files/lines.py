"""What the readers hand over, as plain tuples that travel as JSON between two programs."""

from __future__ import annotations

from typing import NamedTuple

MOST_TEXT = 300_000  # characters that are read of a file; the longest reports have a tenth of it
MOST_PAGES = 2_000  # pages that are looked at
MOST_CUTS = 5_000
MOST_BYTES = 64 * 1024 * 1024  # of a file, and of what one member of it unpacks to


class Line(NamedTuple):
    """A line as it stands on a PDF page, in points from the lower left corner; ``page`` counts from 1."""

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float


class CutLine(NamedTuple):
    """A line that is no text of the author's: the rule that took it out, and where it stood."""

    rule: str
    text: str
    place: str


class Lines(NamedTuple):
    """The text of a file, a paragraph a line. ``pages`` is None where the file does not count them.

    ``whole`` is False when something of the text is missing; ``notes`` are (rule, value, place).
    """

    lines: list[str]
    reader: str
    pages: int | None = None
    whole: bool = True
    cuts: list[CutLine] = []  # noqa: RUF012 - a default that nobody changes
    notes: list[tuple[str, str, str]] = []  # noqa: RUF012 - a default that nobody changes


class Unreadable(Exception):
    """A file that cannot be read: ``reason`` is a rule's name, ``detail`` says what a person can do."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
