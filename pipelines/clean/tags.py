"""What a tag says by itself, wherever it stands; each spelling is read once a page."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, Literal

from pipelines.clean.containers import load_containers

BLOCK_TAGS: Final = frozenset(
    """html body address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol option p pre search
    section summary table caption tbody thead tfoot tr td th ul
    ucapcontent founder-content founder-title
    uni-page-body uni-view uni-rich-text uni-scroll-view uni-swiper-item""".split()  # noqa: SIM905 - a list of forty names reads worse
)
RAW: Final = frozenset(
    """script style textarea title iframe xmp
    noscript template svg select button object math audio video canvas""".split()  # noqa: SIM905
)
META_TAGS: Final = frozenset({"publishtime", "pubdate"})  # their text is a word of the head
DATED_TAGS: Final = frozenset({"time", "abbr"})  # an attribute may hold a time
_VOID: Final = frozenset(
    "area base basefont bgsound br col embed frame hr img input link meta param source track wbr".split()  # noqa: SIM905
)
_MOST_KNOWN: Final = 200  # characters of a tag that is kept
_MOST_TAGS: Final = 8000  # tags that are kept
_MOST_QUOTED: Final = 8000  # characters of an attribute's value
_WHOLE: Final = re.compile(
    r"(/?[a-zA-Z][^\s/<>]{0,60}+)"
    r"([^<\"'=]*+(?:(?:=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"']))|[\"'])[^<\"'=]*+)*+)"
)
_ATTRIBUTE: Final = re.compile(r"([^\s=/\"'<>]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?")
_QUOTES: Final = ('"', "'")
_MOST_ATTRIBUTES: Final = 20_000  # characters of one tag's attributes that are looked at
_HREF: Final = re.compile(r"\s*href\s*=")
_ID: Final = re.compile(r"id(?<![^\s=/\"'<>]id)\s*=")
_JAMMER: Final = "jammer"  # what forums put between the lines against copying, too small to be seen
_HIDDEN: Final = re.compile(
    r"display\s*:\s*none|(?<![\w-])(?:left|top|text-indent)\s*:\s*-(?:999|\d{4,})(?:px|em)", re.I
)
_UNSEEN: Final = re.compile(r"visibility\s*:\s*hidden", re.I)
_TINY: Final = re.compile(
    r"(?:font-size|(?<![-\w])opacity)\s*:\s*0(?:\.0+)?(?:px|pt|r?em|%)?\s*(?:;|!|$)"
    r"|(?<![-\w])(?:width|height)\s*:\s*0(?:px)?\s*;.{0,80}?overflow\s*:\s*hidden",
    re.I,
)
WITHIN_LINE: Final = frozenset({"span", "font", "i", "b", "em"})  # a box of size 0 may hold larger text
_HOLDERS: Final = frozenset({"div", "section", "article", "main"})
_PAGE: Final = frozenset({"html", "body", "head"})

Kind = Literal["start", "end", "void", "raw", "page", "nothing"]
"""``page`` is the start of ``<html>`` and ``<body>``, of which there is one; ``nothing`` changes nothing."""


class Tag:
    """A tag, written as ``source`` between ``<`` and ``>``; names, ids and classes are in lower case.

    ``raw``: its content is not read as markup. ``hints`` are its classes and its id, ``known`` says that it
    opens a known container, ``hides`` that a reader does not see what is in it, ``links`` that it is a link,
    ``plain`` that what it starts does nothing but stand in a line (``<span>``, ``<a>``). ``end`` is the end
    of what it starts as it stands behind a ``<``, empty when it starts nothing, None when it is ``raw``.

    >>> tag = Tag("DIV", " ID=Zoom class='Txt Big'")
    >>> tag.kind, tag.name, tag.hints, tag.known, tag.hides
    ('start', 'div', ('txt', 'big', 'zoom'), True, False)
    """

    id = ""
    classes: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    hides = links = False
    _attributes: Mapping[str, str] | None = None

    def __init__(self, written: str, rest: str = "") -> None:
        """``written`` is the name with its slash, ``rest`` what follows it."""
        self.end, self.name, self.kind, self.is_block, self.known, self.plain = _about(written)
        self.rest = rest
        if rest and (self.kind == "start" or self.kind == "page"):
            self._read()

    @property
    def attributes(self) -> Mapping[str, str]:
        """All attributes, read when they are first asked for."""
        if self._attributes is None:
            self._attributes = read_attributes(self.rest)
        return self._attributes

    def _read(self) -> None:
        """Read the attributes, if any of those that matter may be among them."""
        rest = self.rest.lower()
        if "class" in rest or "style" in rest or "hidden" in rest or ("id" in rest and _ID.search(rest)):
            said = _said(rest)
            if "class" in said:
                self.hints = self.classes = tuple(_value(said["class"]).split())
            if id := _value(said.get("id", "")):
                self.id = id
                self.hints = (*self.classes, id)
            if not self.known and load_containers().find(self.name, self.id, self.classes):
                self.known, self.plain = True, False
            style = _value(said.get("style", ""))
            self.hides = not self.known and (
                "hidden" in said
                or _JAMMER in self.classes
                or (style != "" and _HIDDEN.search(style) is not None)
                or (style != "" and self.name not in _HOLDERS and _UNSEEN.search(style) is not None)
                or (style != "" and self.name in WITHIN_LINE and _TINY.search(style) is not None)
            )  # a box that is unseen until a script has run may be the article's
        if self.name == "a":
            self.links = _HREF.match(rest) is not None or "href" in _said(rest)


def read_attributes(source: str) -> Mapping[str, str]:
    """Attributes of a tag: names in lower case, entities resolved; the first of two equal names wins.

    >>> read_attributes(' id="zoom" class=正文 hidden') == {"id": "zoom", "class": "正文", "hidden": ""}
    True
    """
    found = reversed(_ATTRIBUTE.findall(source[:_MOST_ATTRIBUTES]))
    return {name.lower(): _value(value) for name, value in found}


def _said(source: str) -> dict[str, str]:
    """Attributes of a tag, their values as they are written."""
    return dict(reversed(_ATTRIBUTE.findall(source[:_MOST_ATTRIBUTES])))


def _value(written: str) -> str:
    """A value without its quotes, entities resolved."""
    value = written[1:-1] if written[:1] in _QUOTES else written
    return html.unescape(value) if "&" in value else value


KNOWN: Final[dict[str, Tag]] = {}
"""Tags by their source, those that ``read_tag`` has read: a site writes most of its tags alike."""


def read_tag(source: str) -> Tag | None:
    """Read a tag that is not ``KNOWN`` and keep it; None for what is no tag or has quotes that do not end.

    >>> read_tag("a title='x'").name, read_tag("a title='x"), read_tag("!-- a --")
    ('a', None, None)
    """
    whole = _WHOLE.fullmatch(source) if len(source) < _MOST_QUOTED else None
    if whole is None:
        return None
    tag = Tag(*whole.groups())
    if len(source) <= _MOST_KNOWN:
        if len(KNOWN) >= _MOST_TAGS:
            KNOWN.clear()
        KNOWN[source] = tag
    return tag


@lru_cache(maxsize=512)
def _about(written: str) -> tuple[str | None, str, Kind, bool, bool, bool]:
    """Of a name with its slash: the end of what it starts, the name, its kind, whether it breaks lines, is a
    known container by its name alone, is plain."""
    is_end = written[0] == "/"
    name = written[is_end:].lower()
    kind, is_block = _kind(name, is_end), name in BLOCK_TAGS
    known = load_containers().find(name, "", ()) is not None
    plain = kind == "start" and not (is_block or known or name in META_TAGS or name in DATED_TAGS)
    end = f"/{written}>" if kind == "start" else None if kind == "raw" else ""
    return end, name, kind, is_block, known, plain


def _kind(name: str, is_end: bool) -> Kind:
    if name == "br":
        return "void"
    if name in _PAGE:
        return "nothing" if is_end or name == "head" else "page"
    if is_end:
        return "nothing" if name in _VOID else "end"
    return "raw" if name in RAW else "void" if name in _VOID else "start"
