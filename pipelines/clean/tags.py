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
    section summary table caption tbody thead tfoot tr td th ul ucapcontent founder-content""".split()  # noqa: SIM905 - a list of forty names reads worse
)
RAW: Final = frozenset(
    """script style textarea title iframe xmp
    noscript template svg select button object math audio video canvas""".split()  # noqa: SIM905
)
_VOID: Final = frozenset(
    "area base basefont bgsound br col embed frame hr img input link meta param source track wbr".split()  # noqa: SIM905
)
_ATTRIBUTE: Final = re.compile(r"([^\s=/\"'<>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+)))?")
_MOST_ATTRIBUTES: Final = 20_000  # characters of one tag's attributes that are looked at
_HREF: Final = re.compile(r"\s*href\s*=")
_ID: Final = re.compile(r"id(?<![^\s=/\"'<>]id)\s*=")
_HIDDEN: Final = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)

_PAGE: Final = frozenset({"html", "body", "head"})

Kind = Literal["start", "end", "void", "raw", "page", "nothing"]
"""``page`` is the start of ``<html>`` and ``<body>``, of which there is one; ``nothing`` changes nothing."""


class Tag:
    """A tag, written as ``source`` between ``<`` and ``>``; names, ids and classes are in lower case.

    ``raw``: its content is not read as markup. ``hints`` are its classes and its id, ``known`` says that it
    opens a known container, ``hides`` that a reader does not see what is in it, ``links`` that it is a link.

    >>> tag = Tag("DIV ID=Zoom class='Txt Big'", "DIV")
    >>> tag.kind, tag.name, tag.hints, tag.known, tag.hides
    ('start', 'div', ('txt', 'big', 'zoom'), True, False)
    """

    id = ""
    classes: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    hides = links = False
    _attributes: Mapping[str, str] | None = None

    def __init__(self, source: str, name: str) -> None:
        """``name`` is the name as it is written in ``source``."""
        is_end = source[0] == "/"
        self.name, self.kind, self.is_block, self.known = _about(name, is_end)
        self.rest = source[len(name) + is_end :]
        if self.rest and (self.kind == "start" or self.kind == "page"):
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
            said = self.attributes
            if "class" in said:
                self.hints = self.classes = tuple(said["class"].lower().split())
            if said.get("id"):
                self.id = said["id"].lower()
                self.hints = (*self.classes, self.id)
            self.known = self.known or _is_known(self.name, self.id, self.classes)
            self.hides = not self.known and (
                "hidden" in said or ("style" in said and bool(_HIDDEN.search(said["style"])))
            )
        if self.name == "a":
            self.links = _HREF.match(rest) is not None or "href" in self.attributes


def read_attributes(source: str) -> Mapping[str, str]:
    """Attributes of a tag: names in lower case, entities resolved; the first of two equal names wins.

    >>> read_attributes(' id="zoom" class=正文 hidden') == {"id": "zoom", "class": "正文", "hidden": ""}
    True
    """
    found = reversed(_ATTRIBUTE.findall(source[:_MOST_ATTRIBUTES]))
    said = {name.lower(): double or single or bare for name, double, single, bare in found}
    return {name: html.unescape(value) for name, value in said.items()} if "&" in source else said


@lru_cache(maxsize=512)
def _about(written: str, is_end: bool) -> tuple[str, Kind, bool, bool]:
    """The name, kind, whether it breaks lines, whether it is a known container by its name alone."""
    name = written.lower()
    return name, _kind(name, is_end), name in BLOCK_TAGS, _is_known(name, "", ())


def _kind(name: str, is_end: bool) -> Kind:
    if name == "br":
        return "void"
    if name in _PAGE:
        return "nothing" if is_end or name == "head" else "page"
    if is_end:
        return "nothing" if name in _VOID else "end"
    return "raw" if name in RAW else "void" if name in _VOID else "start"


@lru_cache(maxsize=512)
def _is_known(name: str, id: str, classes: tuple[str, ...]) -> bool:
    return load_containers().find(name, id, classes) is not None
