"""The choice of a place: every witness in the order of its weight, cut to the level of the meeting."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from crawler.records import Level
from pipelines.extract.regions import witnesses
from pipelines.extract.regions.gazetteer import (
    MUNICIPALITIES,
    RANKS,
    Place,
    counties_of,
    gazetteer,
    initials,
    lineage,
    named_in,
    path_of,
    place_at,
    rank,
)
from pipelines.extract.regions.kin import townships_by_county
from pipelines.extract.regions.mentions import plain_words, township_behind, township_names
from pipelines.extract.regions.region import Region
from pipelines.extract.regions.told import LINE, READ, Case, Told
from pipelines.extract.regions.venue import by_venue
from pipelines.extract.regions.witnesses import Witness

_ZONE = re.compile(
    r"(?:高新|经开|经济|开发|示范|保税|度假|管理|工业|产业|新|合作|风景|名胜)(?:技术)?(?:产业)?[园区]|园区|景区"
)

_SURE = frozenset(
    ["name", "sentence", "organization", "source", "site", "title", "dateline", "medium", "margin", "url"]
)
"""The rules that tell a county well enough to place in it a township that no table has there."""

_OF_TOWNSHIP = re.compile(r"[\u4e00-\u9fff]{0,6}?(?:小学|中学|学校|中心校|幼儿园|卫生院)")
_OWN = re.compile(r"[我全](?P<whole>[县区市旗])|(?P<body>[县区市旗])(?:委|政府|长(?!征|期)|领导)")


def resolve_region(told: Told, level: Level | None, name: str) -> Region:
    """The place of the meeting ``name``, cut to its level; ``path`` is None rather than a guess.

    A central meeting has no place. An organization's is the deepest that its name or source tells, else the
    city in which it met. A place above the level, where nothing tells more, is but a candidate.

    >>> resolve_region(Told("1月3日晚，洞口县召开调度会。"), "prefecture", "调度会").path
    '湖南省/邵阳市'
    """
    if level == "central":
        return Region(None, None, "central")
    case = Case(told, name)
    found = _township(case) if level == "township" else _of_level(case, level)
    if level == "organization" and found.path:
        return _seat(case, found.path) or found
    if found.path or found.candidates:
        return found
    return _venue(case) if level == "organization" else _above(case)


def _of_level(case: Case, level: Level | None) -> Region:
    """The place at a level from the province down to the county, or an organization's."""
    choice = _choose(case, level)
    zone = choice.rule == "body" and _ZONE.search(case.name)
    if level == "county" and (choice.path is None or zone):
        return _below(case, _choose(case, "prefecture")) or _below(case, _municipality(case)) or choice
    return choice


def _seat(case: Case, county: str) -> Region | None:
    """The township of a county that the name of a school or a clinic begins with."""
    for rule, text in (("name", case.name), ("sentence", case.sentence)):
        for named in township_names(text):
            seats = [place for place in named.places if path_of(place).startswith(f"{county}/")]
            if len(seats) == 1 and _OF_TOWNSHIP.match(text, named.end):
                return Region(path_of(seats[0]), seats[0].code, rule)
    return None


def _venue(case: Case) -> Region:
    """The city in which a body met."""
    venue = next(by_venue(case.sentence), None)
    if venue is None:
        return Region(None, None, "no_place")
    return Region(path_of(venue.places[0]), venue.places[0].code, venue.rule)


def _above(case: Case) -> Region:
    """No place; the one above the level that the weightiest witness tells is a candidate."""
    told = (_narrow(witness.places, case) for witness in case.seen() if witness.rule != "initials")
    one = next((places[0] for places in told if len(places) == 1), None)
    return Region(None, None, "no_place", (path_of(one),) if one else ())


def home_of(told: Told) -> str | None:
    """The path of the place that the report comes from (for ``level_of(home=…)``), or None.

    >>> home_of(Told("", "眉县召开产业升级推进会"))
    '陕西省/宝鸡市/眉县'
    """
    case = Case(told, "", vote=False)
    best: Place | None = None
    for witness in case.seen():
        places = () if witness.rule == "initials" else _narrow(witness.places, case)
        if len(places) == 1 and (best is None or _is_below(places[0], best)):
            best = places[0]
    return path_of(best) if best is not None else _choose(Case(told, ""), None).path


def _is_below(place: Place, other: Place) -> bool:
    return place.lies_in(other) and rank(place) > rank(other)


def kind_of(name: str) -> Level | None:
    """The level of a named place; None when unknown or when places of that name differ.

    >>> kind_of("济源市"), kind_of("唐山市"), kind_of("北京市"), kind_of("西宁")
    ('county', 'prefecture', 'province', 'prefecture')
    """
    index = gazetteer()
    places = index.by_name.get(name) or witnesses.highest(index.by_short.get(name, ()))
    levels = {place.level for place in witnesses.standing(places)}
    return levels.pop() if len(levels) == 1 else None


def _choose(case: Case, level: Level | None) -> Region:
    """The first witness that leaves exactly one place at the level; else what was left to choose from."""
    doubt: tuple[str, ...] = ()
    voted = False
    for witness in case.seen():
        if witness.rule == "initials" and level != "county":
            continue  # an office of a province may have such a host
        if witness.rule != "body":
            cuts = _cut_all(_narrow(witness.places, case), level)
        elif not voted:
            voted = True
            cuts = _vote(case, level)
        else:
            continue
        if len(cuts) == 1:
            place = next(iter(cuts.values()))
            return Region(path_of(place), place.code, witness.rule)
        doubt = doubt or tuple(cuts)
    return Region(None, None, "ambiguous" if doubt else "no_place", doubt)


def _below(case: Case, above: Region) -> Region | None:
    """The county of a known prefecture that the words call by its short name; a zone stands for its city."""
    city = place_at(above.path) if above.path else None
    if city is None:
        return None
    if _ZONE.search(case.name):
        return Region(above.path, above.code, "zone", above.candidates)
    votes = Counter(
        {
            place: _times(place.short, case.text)
            for place in counties_of(city)
            if place.short in case.text and place.short not in plain_words() and place.short != city.short
        }
    )
    ranking = (+votes).most_common(2)
    if ranking and (len(ranking) == 1 or ranking[0][1] >= 2 * ranking[1][1]):
        return Region(path_of(ranking[0][0]), ranking[0][0].code, "short_name")
    subject = witnesses.subject_of(case.sentence)
    zone = _ZONE.search(f"{case.name} {subject} {case.told.title[:LINE]} {case.told.source[:LINE]}")
    return Region(above.path, above.code, "zone", above.candidates) if zone else None


def _times(short: str, text: str) -> int:
    """How often a text names a county, rows of counties apart (桂林市、永福县、融水县就救灾情况汇报)."""
    alone = rf"(?<![县市区旗]、){short}(?![县市区旗]?、[一-鿿]{{2,5}}[县市区旗])"
    return len(re.findall(alone, text))


def _municipality(case: Case) -> Region:
    """The one municipality that the words call by its short name, where a 区 is what they call their own."""
    kinds = Counter(found["whole"] or found["body"] for found in _OWN.finditer(case.text))
    named = [place for code in sorted(MUNICIPALITIES) if (place := named_in(f"{code}0000", None)) is not None]
    told = [place for place in named if place.short in case.text]
    if len(told) != 1 or kinds["区"] < max(kinds.values(), default=1):
        return Region(None, None, "no_place")
    return Region(path_of(told[0]), told[0].code, "municipality")


def _vote(case: Case, level: Level | None) -> dict[str, Place]:
    """The place that the body names at least twice as often as any other; all of them when there is none."""
    places: dict[str, Place] = {}
    votes: Counter[str] = Counter()
    for witness in case.told.votes:
        cuts = _cut_all(_narrow(witness.places, case), level)
        places.update(cuts)
        if len(cuts) == 1:
            votes.update(dict.fromkeys(cuts, witness.weight))
    backed = Counter({path: sum(votes[above] for above in votes if _holds(above, path)) for path in votes})
    first, most = max(backed.items(), key=lambda item: item[1], default=("", 0))
    others = [count for path, count in backed.items() if not _holds(path, first)]
    return {first: places[first]} if first and most >= 2 * max(others, default=0) else places


def _holds(above: str, path: str) -> bool:
    """Whether a path is another or leads to it: what names 内蒙古 backs 鄂尔多斯."""
    return f"{path}/".startswith(f"{above}/")


def _cut_all(places: tuple[Place, ...], level: Level | None) -> dict[str, Place]:
    cut = [above for place in places if (above := _cut(place, level)) is not None]
    return {path_of(place): place for place in cut}


def _cut(place: Place, level: Level | None) -> Place | None:
    """The place itself or the one above it that has the level; None when it lies above the level.

    Municipalities have no prefectures, and some cities no prefecture above them: there 市 is the place
    itself.
    """
    if level is None or level == "organization":
        return place
    chain = lineage(place)
    for above in chain:
        if above.level == level:
            return above
    if level != "prefecture":
        return None
    if place.code[:2] in MUNICIPALITIES:
        return chain[0]
    return place if rank(place) > RANKS.index("prefecture") else None


def _narrow(places: tuple[Place, ...], case: Case) -> tuple[Place, ...]:
    """Of several places with one name those that fit what else the report says: above, below, or in words."""
    for witness in case.seen():
        if len(places) < 2:
            return places
        places = tuple(place for place in places if _fits(place, witness)) or places
    backed = tuple(p for p in places if any(above.short in case.text for above in lineage(p)[:-1]))
    for fits in (_spelt(case.labels), _own_kind(case.text), _holds_most(case.text, backed or places)):
        backed = tuple(filter(fits, backed or places)) or backed
    return backed or places


def _spelt(labels: frozenset[str]) -> Callable[[Place], bool]:
    """Whether a label of the host spells the initials of a place or of one above it."""
    return lambda place: any(not labels.isdisjoint(initials(above)) for above in lineage(place)[1:])


def _holds_most(text: str, places: tuple[Place, ...]) -> Callable[[Place], bool]:
    """Whether a county of several with one name is where the townships of a text lie."""
    votes = townships_by_county(text) if len(places) > 1 else {}
    most = max((votes.get(place.code, 0) for place in places), default=0)
    return lambda place: most > 0 and votes.get(place.code, 0) == most


def _own_kind(text: str) -> Callable[[Place], bool]:
    """Whether a place is of the kind that a text calls its own (全县, 区委): 历城区 and not 黎城县."""
    kinds = Counter(found["whole"] or found["body"] for found in _OWN.finditer(text))
    kind = max(kinds, key=lambda key: kinds[key], default="")
    return lambda place: place.name.endswith(kind)


def _fits(place: Place, witness: Witness) -> bool:
    if len(witness.places) == 1:
        return place.lies_in(witness.places[0]) or witness.places[0].lies_in(place)
    return any(_is_below(place, other) for other in witness.places)


def _township(case: Case) -> Region:
    """A township by its name, among those of one name by the county that the report tells.

    Many townships were merged away; one that the county no longer has is told by its name behind the county.
    """
    above = _choose(case, "county")
    county = place_at(above.path) if above.path else None
    told = case.told
    texts = (case.name, case.sentence, told.title[:LINE], told.source[:LINE], told.body[:READ])
    ruled = tuple(zip(("name", "sentence", "title", "source", "body"), texts, strict=True))
    if county:
        ruled = (*ruled, ("margin", told.margin[:READ]))
    unlisted: Region | None = None
    for rule, text in ruled:
        for named in township_names(text):
            inside = tuple(place for place in named.places if county and place.lies_in(county))
            left = inside or (() if county and above.rule in _SURE else _narrow(named.places, case))
            if len(left) == 1:
                return Region(path_of(left[0]), left[0].code, rule)
            if not county or inside or above.rule not in _SURE:
                return Region(None, None, "ambiguous", tuple(path_of(place) for place in left))
            unlisted = unlisted or _unlisted(county, text[named.start : named.end], rule)
    for rule, text in ruled[:3]:
        if county and above.rule in _SURE and not unlisted and (town := township_behind(text, county.name)):
            unlisted = _unlisted(county, town, rule)
    return unlisted or Region(None, None, "no_place", (above.path,) if above.path else ())


def _unlisted(county: Place, town: str, rule: str) -> Region:
    """A township that no table has in its county: its path, and the county's code."""
    return Region(f"{path_of(county)}/{town}", county.code, f"{rule}/unlisted")
