"""The records that travel from step to step: frozen, typed, without behaviour beyond a property.

The way of a page: ``Page → Decoded → Restored → Cleaned → Facts → Report``.
Every position (``start``, ``end``) counts characters; each record says of which text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from crawler.sites import Site, SiteType

Script = Literal["simplified", "traditional", "mirror"]
Precision = Literal["day", "minute", "second"]
Genre = Literal["report", "speech", "minutes", "notice", "other"]
Level = Literal["central", "province", "prefecture", "county", "township", "organization"]
Format = Literal["in_person", "video", "teleconference", "mixed", "unknown"]


@dataclass(frozen=True, slots=True)
class Page:
    """One response as it came: ``body`` is the raw bytes, ``content_type`` the HTTP header's value.

    ``parts`` are pages 2…n of an article that its site splits, in order; ``reading`` is a file's text.
    """

    url: str
    body: bytes
    content_type: str | None = None
    status: int = 200
    fetched_at: datetime | None = None
    site: Site | None = None
    parts: tuple[Part, ...] = ()
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Page ``number`` (2…n) of an article; without ``body`` when it was not had: ``rule`` then says why."""

    number: int
    url: str
    body: bytes | None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One choice a step made: of what (``subject``), what it chose, by which rule, seen where.

    ``score`` lies in 0–1 when the step has one; ``chosen`` is False for a candidate that lost.
    """

    step: str
    subject: str
    value: str
    rule: str
    place: str = ""
    score: float | None = None
    chosen: bool = True


@dataclass(frozen=True, slots=True)
class Cut:
    """Text that a step took out: the rule's name, the text, and its place (block path or ``line 12``)."""

    rule: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Repair:
    """Text that a step changed: at ``start`` of the repaired text stands ``after``, where ``before`` was.

    ``certainty`` lies in 0–1: how far the repair is ahead of the runner-up. ``start`` counts in
    ``Restored.text`` when restore gives it, in ``Report.body`` once ``located`` is True.
    """

    rule: str
    start: int
    before: str
    after: str
    certainty: float = 1.0
    located: bool = False

    @property
    def end(self) -> int:
        """Position after the repaired text."""
        return self.start + len(self.after)


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a page is not stored as a report: a rule's name and figures or words a person can act on."""

    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a file that is no page: ``lines`` are its paragraphs, ``kind`` names what it is.

    ``pages`` is None where the file does not count them; ``truncated`` tells that its text is not whole.
    """

    kind: str
    lines: tuple[str, ...] = ()
    pages: int | None = None
    truncated: bool = False
    cuts: tuple[Cut, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    rejection: Rejection | None = None


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of the bytes: ``encoding`` is a WHATWG-style name, ``damaged`` counts undecodable spots."""

    text: str
    encoding: str
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    damaged: int = 0
    rejection: Rejection | None = None


@dataclass(frozen=True, slots=True)
class Restored:
    """The text as its author wrote it; ``repairs`` are ordered by ``start`` and never overlap."""

    text: str
    script: Script
    repairs: tuple[Repair, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    rejection: Rejection | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a document-sharing site says of its document: all as printed, ``pages`` as a number."""

    id: str | None = None
    format: str | None = None
    pages: int | None = None
    size: str | None = None
    uploader: str | None = None


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The article of a page: its own words, and what the page says about them.

    ``paragraphs`` are simplified Chinese with full-width punctuation, never empty strings.
    ``rewrites`` are what cleaning changed (punctuation, blanks); their ``start`` counts in ``body``.
    """

    site_type: SiteType | None
    title: str | None
    published_at: datetime | None
    published_precision: Precision | None
    source: str | None
    reporters: tuple[str, ...]
    editors: tuple[str, ...]
    paragraphs: tuple[str, ...]
    truncated: bool = False
    document: Document | None = None
    cuts: tuple[Cut, ...] = ()
    rewrites: tuple[Repair, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    rejection: Rejection | None = None

    @property
    def body(self) -> str:
        """The paragraphs, one a line; facts count their positions in it."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone at a meeting: ``body[start:end]`` is the name (a blank inside a two-character name included);
    both are None for who gave a speech and is named in its headline alone. On a traditional page ``name``
    and ``title`` are as written there, ``body[start:end]`` is simplified. What is ``normalised`` is
    simplified and has no blanks, on every page: for searches and joins.
    """

    name: str
    title: str | None
    start: int | None
    end: int | None
    rule: str
    normalised: str = ""
    title_normalised: str | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One numbered point of a statement (一要…, 二是…, 首先…): ``number`` counts from 1."""

    number: int
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """Who (a name, or 会议) said what (``body[start:end] == text``) at which of ``Report.meetings``."""

    speaker: str
    verb: str
    text: str
    start: int
    end: int
    points: tuple[Point, ...] = ()
    meeting: int = 0
    speaker_normalised: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting; words and their ``normalised`` forms as in ``Person``, without a verb that splits a name.

    ``date`` is None rather than a guess, ``date_rule`` names the rung that gave it; ``follows`` is the index
    in ``Report.meetings`` of the upper meeting that this one follows up.
    """

    name: str
    ordinal: int | None = None
    kind: str | None = None
    date: date | None = None
    date_rule: str | None = None
    level: Level | None = None
    region: str | None = None
    region_code: str | None = None
    format: Format = "unknown"
    hosts: tuple[Person, ...] = ()
    speakers: tuple[Person, ...] = ()
    attendees: tuple[Person, ...] = ()
    absent: tuple[Person, ...] = ()
    venue: str | None = None
    organiser: str | None = None
    follows: int | None = None
    start: int | None = None
    end: int | None = None
    normalised: str = ""
    organiser_normalised: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What ``extract`` reads from a clean article; positions count in ``Cleaned.body``."""

    is_meeting_report: bool
    genre: Genre
    meetings: tuple[Meeting, ...] = ()
    statements: tuple[Statement, ...] = ()
    documents: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    rejection: Rejection | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """All that ``process`` knows of a page. ``rejection`` is None for a report worth storing."""

    url: str
    site_type: SiteType | None = None
    encoding: str = "utf-8"
    script: Script = "simplified"
    title: str | None = None
    published_at: datetime | None = None
    published_precision: Precision | None = None
    source: str | None = None
    reporters: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    body_as_found: str = ""
    truncated: bool = False
    is_meeting_report: bool = False
    genre: Genre = "other"
    meetings: tuple[Meeting, ...] = ()
    statements: tuple[Statement, ...] = ()
    documents: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    document: Document | None = None
    cuts: tuple[Cut, ...] = ()
    repairs: tuple[Repair, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    rejection: Rejection | None = None
    quality: float = 0.0

    @property
    def body(self) -> str:
        """The paragraphs joined by a newline; every position counts in it."""
        return "\n".join(self.paragraphs)
