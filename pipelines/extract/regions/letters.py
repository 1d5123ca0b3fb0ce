"""Places by the first letters of their syllables, as hosts and folders spell them: jzzzq, hrbyl, ahsc."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from pipelines.extract.regions.gazetteer import (
    FOREVER,
    MUNICIPALITIES,
    RANKS,
    Place,
    gazetteer,
    initials,
    rank,
)

PROVINCE_HEADS: Final = {
    "hn": "41 43 46", "hb": "42 13", "he": "13", "sx": "14 61", "sn": "61", "gd": "44", "gx": "45",
    "gz": "52", "yn": "53", "sc": "51", "js": "32", "zj": "33", "ah": "34", "fj": "35", "jx": "36",
    "sd": "37", "ln": "21", "jl": "22", "hlj": "23", "nmg": "15", "gs": "62", "qh": "63", "nx": "64",
    "xj": "65", "xz": "54", "bj": "11", "tj": "12", "sh": "31", "cq": "50",
}  # fmt: skip
"""What a host puts before a place's letters, and the provinces it may stand for."""

MEDIUM_TAIL: Final = re.compile(
    r"(?:rb|wb|cb|szb|xww|xw|news|daily|tv|gd|bbs|360|365|today|online|info|zgh|gsl|wmw)$"
)
_OFFICES: Final = "rd|zx|zf|jw|sw|dj|gh|xw|xc|zw|qx|fy|st|jt|wj"
_OFFICE: Final = re.compile(rf"(?:{_OFFICES})$")
"""What ends a label of initials that may stand for an office (人大, 政协 …): no place is read from it."""

_UNIT: Final = re.compile(rf"(?:zfw|fzb|kb|{_OFFICES})$|{MEDIUM_TAIL.pattern}")
"""What ends the label of an office or a medium beside that of its prefecture."""

_GOVERNMENT: Final = re.compile(r"(?P<letters>[a-z]{2,6}?)(?P<kind>[qxs])?rmzf$")
_KINDS: Final = {"q": "区", "x": "县", "s": "市"}
_LEAST: Final = 3  # letters that one county alone may have


def of_office(label: str) -> tuple[Place, ...]:
    """The places that the own label of a government's host spells: prefecture and county, or a prefecture.

    >>> [place.name for label in ("jzzzq", "zgsr", "zhaofu") for place in of_office(label)]
    ['中站区', '上饶市']
    """
    return _with_prefecture(label) or prefecture(_OFFICE.sub("", label.removeprefix("zg")), 2)


def of_county(label: str) -> tuple[Place, ...]:
    """The one county that a label spells by its own letters alone, or behind those of its province.

    Offices of provinces have labels of that look (hbgt), so only reports of counties believe it.

    >>> [place.name for label in ("zjc", "ahscrd") for place in of_county(label)]
    ['张家川回族自治县', '舒城县']
    """
    if len(label) >= _LEAST and (alone := county(label)):
        return alone
    for head, provinces in PROVINCE_HEADS.items():
        letters = _UNIT.sub("", label[len(head) :]) if label.startswith(head) else ""
        inside = [place for place in _counties().get(letters, ()) if place.code[:2] in provinces.split()]
        if len(inside) == 1:
            return tuple(inside)
    return ()


def beside(label: str, places: Sequence[Place]) -> tuple[Place, ...]:
    """The one county that a label spells, its office left out, in a prefecture that another label tells.

    >>> [place.name for place in beside("slzfw", prefecture("km", 2))]
    ['石林彝族自治县']
    """
    above = [place for place in places if rank(place) == RANKS.index("prefecture")]
    found = county(_UNIT.sub("", label), above) if above else ()
    return tuple(place for place in found if place.short not in {city.short for city in above})  # py: 濮阳市


def of_government(folder: str) -> tuple[Place, ...]:
    """The places that a folder may spell before what a government is called; of the kind it names.

    >>> [place.name for place in of_government("qypqrmzf")]
    ['青云谱区']
    """
    found = _GOVERNMENT.match(folder)
    if found is None:
        return ()
    kind = _KINDS.get(found["kind"] or "")
    spelt = _prefectures().get(found["letters"], ()) or _counties().get(found["letters"], ())
    return tuple(place for place in spelt if kind is None or place.name.endswith(kind))


def prefecture(letters: str, shortest: int) -> tuple[Place, ...]:
    """The one prefecture of these initials; those of two letters that begin like a province are none."""
    if len(letters) < shortest or letters in PROVINCE_HEADS:
        return ()
    places = _prefectures().get(letters, ())
    return places if len(places) == 1 else ()


def prefectures(label: str) -> tuple[Place, ...]:
    """All prefectures that the label of an office spells, which another label may choose from.

    >>> sorted(place.short for place in prefectures("tlsrd"))
    ['通辽', '铁岭', '铜陵']
    """
    office = _OFFICE.search(label)
    spelt = label[: office.start()] if office else ""
    return _prefectures().get(spelt) or _prefectures().get(spelt.removesuffix("s"), ())


def in_province(labels: Sequence[str], province: Place | None) -> tuple[Place, ...]:
    """The one county of a province that the label below the province's own domain spells: dfrd.js.cn."""
    return county(_UNIT.sub("", labels[0]), (province,)) if province and labels else ()


def county(letters: str, above: Sequence[Place] = ()) -> tuple[Place, ...]:
    """The one county of these initials, within one of the places ``above`` if there are any."""
    spelt = _counties().get(letters, ())
    inside = tuple(place for place in spelt if any(place.lies_in(one) for one in above)) if above else spelt
    return inside if len(inside) == 1 else ()


def _with_prefecture(label: str) -> tuple[Place, ...]:
    """The counties that a label of initials spells with their prefecture, or municipality, before them."""
    head = next((provinces for head, provinces in PROVINCE_HEADS.items() if label.startswith(head)), None)
    if not 4 <= len(label) <= 8 or (head and head not in MUNICIPALITIES):
        return ()
    spelt = gazetteer().by_initials
    if office := _OFFICE.search(label):  # aqyjzx: 安庆市迎江区政协
        places = spelt.get(label[: office.start()], ())
        return places if len(places) == 1 and office.start() >= 4 else ()
    kind = _KINDS.get(label[-1])
    if label not in spelt and kind is not None:  # jzzzq: 焦作市中站区
        return tuple(place for place in spelt.get(label[:-1], ()) if place.name.endswith(kind))
    return spelt.get(label, ())


@cache
def _prefectures() -> dict[str, tuple[Place, ...]]:
    return _by_letters("prefecture")


@cache
def _counties() -> dict[str, tuple[Place, ...]]:
    return _by_letters("county")


def _by_letters(level: str) -> dict[str, tuple[Place, ...]]:
    """The places of a level that stand today, by their initials."""
    found: dict[str, list[Place]] = {}
    for place in (place for places in gazetteer().by_code.values() for place in places):
        if place.level == level and place.until == FOREVER:
            for letters in initials(place):
                found.setdefault(letters, []).append(place)
    return {letters: tuple(places) for letters, places in found.items()}
