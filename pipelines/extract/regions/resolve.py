"""The choice of a place: every witness in the order of its weight, cut to the level of the meeting."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from crawler.records import Level
from pipelines.extract.regions import hosts, kin, witnesses
from pipelines.extract.regions.gazetteer import (
    MUNICIPALITIES,
    RANKS,
    Place,
    counties_of,
    gazetteer,
    initials,
    lineage,
    path_of,
    place_at,
    rank,
)
from pipelines.extract.regions.mentions import plain_words, township_names
from pipelines.extract.regions.witnesses import Witness

_SENTENCE_END = re.compile(r"[。！？\n]")
_ZONE = re.compile(
    r"(?:高新|经开|经济|开发|示范|保税|度假|管理|工业|产业|新|合作|风景|名胜)(?:技术)?(?:产业)?[园区]|园区|景区"
)

LINE, READ, EDGE = 400, 8_000, 100
"""Characters looked at of a title, a source, an address, a sentence; of the body; of its head and tail."""

_OWN = re.compile(r"[我全](?P<whole>[县区市旗])|(?P<body>[县区市旗])(?:委|政府|长(?!征|期)|领导)")


@dataclass(frozen=True, slots=True)
class Region:
    """A place: its path (``湖南省/邵阳市/洞口县``), its code, the rule, and what else it could be.

    ``code`` is the six digits of GB/T 2260, for a township nine (GB/T 10114, which continues them).
    """

    path: str | None
    code: str | None
    rule: str
    candidates: tuple[str, ...] = ()


class _Case:
    """What the report says of its place, read no further than asked; its words; the labels of its host."""

    def __init__(self, witnesses: Iterator[Witness], text: str, labels: frozenset[str]) -> None:
        self.text, self.labels = text, labels
        self._rest = witnesses
        self._read: list[Witness] = []

    def seen(self) -> Iterator[Witness]:
        """All witnesses, the weightiest first; each is made once, whoever asks."""
        index = 0
        while True:
            if index == len(self._read):
                self._read.extend(islice(self._rest, 1))
            if index == len(self._read):
                return
            yield self._read[index]
            index += 1


def resolve_region(
    body: str,
    title: str | None,
    source: str | None,
    url: str,
    site_region: str | None,
    level: Level | None,
    name: str,
    margin: str = "",
) -> Region:
    """The place of the meeting ``name``, cut to its level; ``path`` is None rather than a guess.

    ``margin`` are the words of the page around the article. A central meeting has no place. An organization's
    is the deepest that its name or source tells.

    >>> resolve_region("1月3日晚，洞口县召开调度会。", None, None, "", None, "prefecture", "调度会").path
    '湖南省/邵阳市'
    """
    if level == "central":
        return Region(None, None, "central")
    title, source, name = (title or "")[:LINE], (source or "")[:LINE], name[:LINE]
    sentence = sentence_of(body, name)[:LINE]
    case = _case(body[:READ], title, source, url[:LINE], site_region, sentence, name, margin[:READ])
    if level == "township":
        return _township(case, (name, sentence, title, source, body[:READ]))
    choice = _choose(case, level)
    if choice.path is None and level == "county":
        return _below(case, _choose(case, "prefecture"), zone=f"{name} {sentence} {title} {source}") or choice
    return choice


def home_of(
    body: str, title: str | None, source: str | None, url: str, site_region: str | None, margin: str = ""
) -> str | None:
    """The path of the place that the report comes from (for ``level_of(home=…)``), or None.

    >>> home_of("", "眉县召开产业升级推进会", None, "", None)
    '陕西省/宝鸡市/眉县'
    """
    title, source, url = (title or "")[:LINE], (source or "")[:LINE], url[:LINE]
    body, sentence = body[:READ], sentence_of(body, "")[:LINE]
    case = _case(body, title, source, url, site_region, sentence, "", margin[:READ], vote=False)
    best: Place | None = None
    for witness in case.seen():
        places = _narrow(witness.places, case)
        if len(places) == 1 and (best is None or _is_below(places[0], best)):
            best = places[0]
    if best is not None:
        return path_of(best)
    return _choose(_case(body, title, source, url, site_region, sentence, "", ""), None).path


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


def sentence_of(body: str, name: str) -> str:
    """The sentence that names the meeting; the first one when none does."""
    at = max(body.find(name), 0) if name else 0
    begin = max(body.rfind(mark, 0, at) for mark in "。！？\n") + 1
    end = _SENTENCE_END.search(body, at)
    return body[begin : end.start() if end else len(body)]


def _case(
    body: str,
    title: str,
    source: str,
    url: str,
    site_region: str | None,
    sentence: str,
    name: str,
    margin: str,
    *,
    vote: bool = True,
) -> _Case:
    """The witnesses in the order of their weight; body and path are left out when they have no ``vote``."""

    def seen() -> Iterator[Witness]:
        yield from list(witnesses.by_words("name", name))[::-1]
        yield from list(witnesses.by_subject(sentence))[::-1]
        yield from witnesses.by_source(source)
        site = place_at(site_region) if site_region else None
        if site is not None:
            yield Witness("site", (site,))
        yield from witnesses.by_title(title)
        yield from witnesses.by_dateline(body)
        yield from witnesses.by_media(f"{title}\n{body[:EDGE]}\n{body[EDGE:][-EDGE:]}")
        yield from witnesses.by_margin(margin)
        yield from witnesses.by_body(body) if vote else ()
        yield from hosts.by_host(url)
        yield from (*hosts.by_path(url), *kin.by_kin(body)) if vote else ()

    return _Case(seen(), f"{title}\n{source}\n{body}", hosts.labels_of(url))


def _choose(case: _Case, level: Level | None) -> Region:
    """The first witness that leaves exactly one place at the level; else what was left to choose from."""
    doubt: tuple[str, ...] = ()
    voted = False
    for witness in case.seen():
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


def _below(case: _Case, above: Region, zone: str) -> Region | None:
    """The county of a known prefecture that the words call by its short name; a zone stands for its city."""
    city = place_at(above.path) if above.path else None
    if city is None:
        return None
    votes = Counter(
        {
            place: case.text.count(place.short)
            for place in counties_of(city)
            if place.short in case.text and place.short not in plain_words()
        }
    )
    ranking = votes.most_common(2)
    if ranking and (len(ranking) == 1 or ranking[0][1] >= 2 * ranking[1][1]):
        return Region(path_of(ranking[0][0]), ranking[0][0].code, "short_name")
    return Region(above.path, above.code, "zone", above.candidates) if _ZONE.search(zone) else None


def _vote(case: _Case, level: Level | None) -> dict[str, Place]:
    """The place that the body names at least twice as often as any other; all of them when there is none."""
    places: dict[str, Place] = {}
    votes: Counter[str] = Counter()
    for witness in case.seen():
        if witness.rule == "body":
            cuts = _cut_all(_narrow(witness.places, case), level)
            places.update(cuts)
            if len(cuts) == 1:
                votes.update(dict.fromkeys(cuts, witness.weight))
    ranking = votes.most_common(2)
    if ranking and (len(ranking) == 1 or ranking[0][1] >= 2 * ranking[1][1]):
        return {ranking[0][0]: places[ranking[0][0]]}
    return places


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


def _narrow(places: tuple[Place, ...], case: _Case) -> tuple[Place, ...]:
    """Of several places with one name those that fit what else the report says: above, below, or in words."""
    for witness in case.seen():
        if len(places) < 2:
            return places
        places = tuple(place for place in places if _fits(place, witness)) or places
    backed = tuple(p for p in places if any(above.short in case.text for above in lineage(p)[:-1]))
    for fits in (_spelt(case.labels), _own_kind(case.text)):
        backed = tuple(filter(fits, backed or places)) or backed
    return backed or places


def _spelt(labels: frozenset[str]) -> Callable[[Place], bool]:
    """Whether a label of the host spells the initials of a place or of one above it."""
    return lambda place: any(initials(above) in labels for above in lineage(place)[1:])


def _own_kind(text: str) -> Callable[[Place], bool]:
    """Whether a place is of the kind that a text calls its own (全县, 区委): 历城区 and not 黎城县."""
    kinds = Counter(found["whole"] or found["body"] for found in _OWN.finditer(text))
    kind = max(kinds, key=lambda key: kinds[key], default="")
    return lambda place: place.name.endswith(kind)


def _fits(place: Place, witness: Witness) -> bool:
    if len(witness.places) == 1:
        return place.lies_in(witness.places[0]) or witness.places[0].lies_in(place)
    return any(_is_below(place, other) for other in witness.places)


def _township(case: _Case, texts: tuple[str, ...]) -> Region:
    """A township by its name, among those of one name by the county that the report tells."""
    above = _choose(case, "county")
    county = place_at(above.path) if above.path else None
    for rule, text in zip(("name", "sentence", "title", "source", "body"), texts, strict=True):
        for named in township_names(text):
            inside = tuple(place for place in named.places if county and place.lies_in(county))
            left = inside or _narrow(named.places, case)
            if len(left) == 1:
                return Region(path_of(left[0]), left[0].code, rule)
            return Region(None, None, "ambiguous", tuple(path_of(place) for place in left))
    return Region(None, None, "no_place", (above.path,) if above.path else ())
