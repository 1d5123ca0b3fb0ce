"""The gazetteer: places down to townships, by code, by name, by short name, by the letters of their hosts.

Loaded from the two packed tables beside this file when first asked for, then kept.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

from crawler.records import Level

HERE = Path(__file__).resolve().parent
MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
RANKS: tuple[Level, ...] = ("province", "prefecture", "county", "township")
FOREVER = 9999


@dataclass(frozen=True, slots=True)
class Place:
    """A place under the name it had from ``since`` to ``until`` (years, both included)."""

    code: str
    name: str
    short: str
    pinyin: str = ""
    since: int = 0
    until: int = FOREVER

    @property
    def level(self) -> Level:
        """Level by the code: two digits a province, four a prefecture, six a county, nine a township."""
        if len(self.code) > 6:
            return "township"
        if self.code.endswith("0000"):
            return "province"
        return "prefecture" if self.code.endswith("00") else "county"

    def stood_in(self, year: int | None) -> bool:
        """Whether the name was in use in that year; an unknown year excludes nothing."""
        return year is None or self.since <= year <= self.until

    def lies_in(self, other: Place) -> bool:
        """Whether this place is ``other`` or a part of it, by code."""
        return self.code.startswith(other.code[: _significant(other)])


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Provinces, prefectures and counties, each index a dictionary to the places it may mean.

    ``by_initials`` holds the counties of today by the first letters of prefecture and county (鼓楼区: njgl).
    ``tails`` are the last two characters of all full names: what ends otherwise (全县) is none.
    """

    by_code: dict[str, tuple[Place, ...]]
    by_name: dict[str, tuple[Place, ...]]
    by_short: dict[str, tuple[Place, ...]]
    by_pinyin: dict[str, tuple[Place, ...]]
    by_initials: dict[str, tuple[Place, ...]]
    tails: frozenset[str]


@cache
def gazetteer() -> Gazetteer:
    """The tables, read once (some 25 ms)."""
    places = []
    for line in _lines("counties.tsv.gz"):
        code, name, short, pinyin, since, until = line.split("\t")
        places.append(Place(code, name, short, pinyin, int(since or 0), int(until or FOREVER)))
    by_code = _index((place.code, place) for place in places)
    everyday = _everyday_names()
    by_name = _index(
        (name, place) for place in places for name in (*_full_names(place), *everyday.get(place.name, ()))
    )
    return Gazetteer(
        by_code=by_code,
        by_name=by_name,
        by_short=_index((place.short, place) for place in places),
        by_pinyin=_index((place.pinyin.replace(" ", ""), place) for place in places),
        by_initials=_index(_initials(places, by_code)),
        tails=frozenset(name[-2:] for name in by_name),
    )


def townships(name: str) -> tuple[Place, ...]:
    """The townships of that name.

    >>> [path_of(place) for place in townships("花垣镇")]
    ['湖南省/湘西土家族苗族自治州/花垣县/花垣镇']
    """
    codes = _township_codes().get(name)
    return tuple(Place(code, name, name) for code in codes.split()) if codes else ()


@cache
def township_tails() -> frozenset[str]:
    """The last three characters of all names of townships: what ends otherwise (各乡镇) is none."""
    return frozenset(name[-3:] for name in _township_codes())


@cache
def _township_codes() -> dict[str, str]:
    """Codes by name, joined by blanks (some 30 ms; asked for only when a township is named)."""
    codes: dict[str, str] = {}
    for line in _lines("townships.tsv.gz"):
        county, names = line.split("\t")
        for entry in names.split(" "):
            name = entry[3:]
            codes[name] = f"{codes.get(name, '')} {county}{entry[:3]}"
    return codes


def parent_of(place: Place, year: int | None = None) -> Place | None:
    """The place right above, under its name of ``year`` (or of the last year that both stood)."""
    if len(place.code) > 6:
        return named_in(place.code[:6], year)
    if place.level == "county":
        above = named_in(place.code[:4] + "00", year if year is not None else place.until)
        if above is not None:
            return above
    if place.level == "province":
        return None
    return named_in(place.code[:2] + "0000", year)


@cache
def counties_of(prefecture: Place) -> tuple[Place, ...]:
    """The counties of a prefecture, or of a municipality, today.

    >>> len(counties_of(gazetteer().by_name["邵阳市"][0]))
    12
    """
    head = prefecture.code[: 2 if prefecture.code[:2] in MUNICIPALITIES else 4]
    codes = gazetteer().by_code
    today = (place for code in codes if code.startswith(head) for place in codes[code])
    return tuple(place for place in today if place.until == FOREVER and not place.code.endswith("00"))


def before(county: Place, year: int) -> Place | None:
    """The one county of the same short name that stood in the same prefecture in a year before.

    >>> [place and place.name for place in (before(gazetteer().by_name["祁阳市"][0], 2014),)]
    ['祁阳县']
    """
    head = county.code[:4]
    same = gazetteer().by_short.get(county.short, ())
    past = [place for place in same if place.code.startswith(head) and place.stood_in(year)]
    return past[0] if len(past) == 1 and past[0].level == "county" else None


def named_in(code: str, year: int | None) -> Place | None:
    """The name that a code had in a year: the one standing then, else the last one.

    >>> named_in("420600", 2005).name, named_in("420600", 2020).name
    ('襄樊市', '襄阳市')
    """
    names = gazetteer().by_code.get(code, ())
    standing = [place for place in names if place.stood_in(year)]
    return max(standing or names, key=lambda place: place.until, default=None)


def lineage(place: Place, year: int | None = None) -> tuple[Place, ...]:
    """The place and all above it, province first."""
    chain = [place]
    while (above := parent_of(chain[-1], year)) is not None:
        chain.append(above)
    return tuple(reversed(chain))


def path_of(place: Place, year: int | None = None) -> str:
    """The path down to the place.

    >>> path_of(gazetteer().by_name["洞口县"][0]), path_of(gazetteer().by_name["海淀区"][0])
    ('湖南省/邵阳市/洞口县', '北京市/海淀区')
    """
    return "/".join(above.name for above in lineage(place, year))


def place_at(path: str) -> Place | None:
    """The place a path leads to, or None: ``湖南省/邵阳市/洞口县``."""
    last = path.rsplit("/", 1)[-1]
    found = [place for place in gazetteer().by_name.get(last, ()) if path_of(place) == path]
    if not found:
        found = [place for place in townships(last) if path_of(place) == path]
    return max(found, key=lambda place: place.until, default=None)


def rank(place: Place) -> int:
    """Depth of the place: 0 province, 1 prefecture, 2 county, 3 township."""
    return RANKS.index(place.level)


def _full_names(place: Place) -> tuple[str, ...]:
    """The name, and for an autonomous place the everyday forms: 凉山州, 酉阳县, 松桃自治县."""
    if "自治" in place.name and place.level != "province" and place.short != place.name:
        return place.name, place.short + place.name[-1], place.short + place.name[-3:]
    return (place.name,)


def _everyday_names() -> dict[str, list[str]]:
    """What a county is called every day, by its name: 科尔沁左翼中旗 is 科左中旗."""
    names: dict[str, list[str]] = {}
    for line in (HERE / "everyday_names.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        form, name = line.split("\t")
        names.setdefault(name, []).append(form)
    return names


def initials(place: Place) -> tuple[str, ...]:
    """The first letter of each syllable; of 尔 the last one, too: 虹口 hk, 哈尔滨 heb and hrb."""
    syllables = place.pinyin.split()
    first = "".join(syllable[0] for syllable in syllables)
    other = "".join("r" if syllable == "er" else syllable[0] for syllable in syllables)
    return (first,) if other == first else (first, other)


def _initials(places: Iterable[Place], by_code: dict[str, tuple[Place, ...]]) -> Iterator[tuple[str, Place]]:
    for place in places:
        if place.until == FOREVER and place.level == "county":
            above = by_code.get(place.code[:4] + "00") or by_code[place.code[:2] + "0000"]
            for head, tail in product(initials(above[-1]), initials(place)):
                yield head + tail, place


def _significant(place: Place) -> int:
    return {"province": 2, "prefecture": 4, "county": 6, "township": 9}[place.level]


def _index(pairs: Iterable[tuple[str, Place]]) -> dict[str, tuple[Place, ...]]:
    index: dict[str, list[Place]] = {}
    for key, place in pairs:
        index.setdefault(key, []).append(place)
    return {key: tuple(found) for key, found in index.items()}


def _lines(name: str) -> list[str]:
    return gzip.decompress((HERE / name).read_bytes()).decode("utf-8").splitlines()
