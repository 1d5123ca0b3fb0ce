"""The choice of a place: every witness in the order of its weight, cut to the level of the meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.records import Level
from pipelines.extract.regions import witnesses
from pipelines.extract.regions.gazetteer import (
    MUNICIPALITIES,
    RANKS,
    Place,
    gazetteer,
    lineage,
    path_of,
    place_at,
    rank,
)
from pipelines.extract.regions.mentions import township_names
from pipelines.extract.regions.witnesses import Witness

_SENTENCE_END = re.compile(r"[。！？\n]")
_ZONE = re.compile(
    r"(?:高新|经开|经济|开发|示范|保税|度假|管理|工业|产业|新|合作|风景|名胜)(?:技术)?(?:产业)?[园区]|园区|景区"
)


@dataclass(frozen=True, slots=True)
class Region:
    """A place: its path (``湖南省/邵阳市/洞口县``), its code, the rule, and what else it could be.

    ``code`` is the six digits of GB/T 2260, for a township nine (GB/T 10114, which continues them).
    """

    path: str | None
    code: str | None
    rule: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Report:
    """What the witnesses look at."""

    body: str
    title: str
    source: str
    url: str
    site_region: str | None
    sentence: str = ""
    name: str = ""


def resolve_region(
    body: str,
    title: str | None,
    source: str | None,
    url: str,
    site_region: str | None,
    level: Level | None,
    name: str,
) -> Region:
    """The place of the meeting ``name``, cut to its level; ``path`` is None rather than a guess.

    A central meeting has no place. An organization's is the deepest that its name or source tells.

    >>> resolve_region("1月3日晚，洞口县召开调度会。", None, None, "", None, "prefecture", "调度会").path
    '湖南省/邵阳市'
    """
    if level == "central":
        return Region(None, None, "central")
    sentence = sentence_of(body, name)
    report = _Report(body, title or "", source or "", url, site_region, sentence, name)
    if level == "township":
        return _township(report)
    seen = list(_witnesses(report))
    choice = _choose(seen, level, report)
    words = name + sentence + report.title + report.source
    if choice.path is None and level == "county" and _ZONE.search(words):
        above = _choose(seen, "prefecture", report)
        return Region(above.path, above.code, "zone", above.candidates) if above.path else choice
    return choice


def home_of(
    body: str, title: str | None, source: str | None, url: str, site_region: str | None
) -> str | None:
    """The path of the place that the report comes from (for ``level_of(home=…)``), or None.

    >>> home_of("", "眉县召开项目建设推进会", None, "", None)
    '陕西省/宝鸡市/眉县'
    """
    report = _Report(body, title or "", source or "", url, site_region)
    best: Place | None = None
    for witness in _witnesses(report):
        for place in _narrow(witness.places, report):
            if best is None or (place.lies_in(best) and rank(place) > rank(best)):
                best = place
            break
    return path_of(best) if best else None


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
    at = body.find(name) if name else 0
    at = max(at, 0)
    starts = [found.end() for found in _SENTENCE_END.finditer(body, 0, at)]
    begin = starts[-1] if starts else 0
    end = _SENTENCE_END.search(body, at)
    return body[begin : end.start() if end else len(body)]


def _witnesses(report: _Report) -> Iterator[Witness]:
    """All evidence, the weightiest first."""
    yield from list(witnesses.by_words("name", report.name))[::-1]
    yield from list(witnesses.by_subject(report.sentence))[::-1]
    yield from witnesses.by_source(report.source)
    site = place_at(report.site_region) if report.site_region else None
    if site is not None:
        yield Witness("site", (site,))
    yield from witnesses.by_title(report.title)
    yield from witnesses.by_dateline(report.body)
    yield from witnesses.by_body(report.body)
    yield from witnesses.by_url(report.url)


def _choose(seen: list[Witness], level: Level | None, report: _Report) -> Region:
    """The first witness that leaves exactly one place at the level; else what was left to choose from."""
    doubt: tuple[str, ...] = ()
    rival = _body_rivals(seen, level)
    for witness in seen:
        cuts = _cut_all(_narrow(witness.places, report), level)
        if len(cuts) == 1 and not (witness.rule == "body" and rival):
            place = next(iter(cuts.values()))
            return Region(path_of(place), place.code, witness.rule)
        if len(cuts) > 1 and not doubt:
            doubt = tuple(cuts)
    return Region(None, None, "ambiguous" if doubt or rival else "no_place", doubt or rival)


def _body_rivals(seen: list[Witness], level: Level | None) -> tuple[str, ...]:
    """The paths that the body alone would leave open, when it names several places of the level."""
    paths: dict[str, None] = {}
    for witness in seen:
        if witness.rule == "body":
            paths.update(dict.fromkeys(_cut_all(witness.places, level)))
    return tuple(paths) if len(paths) > 1 else ()


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
    if level == "prefecture" and rank(place) >= RANKS.index("county"):
        return chain[0] if place.code[:2] in MUNICIPALITIES else chain[1]
    return place if level == "prefecture" and place.code[:2] in MUNICIPALITIES else None


def _narrow(places: tuple[Place, ...], report: _Report) -> tuple[Place, ...]:
    """Of several places with one name those whose province or prefecture the report names or comes from."""
    if len(places) < 2:
        return places
    site = place_at(report.site_region) if report.site_region else None
    if site is not None:
        inside = tuple(place for place in places if place.lies_in(site) or site.lies_in(place))
        if inside:
            return inside
    text = f"{report.title}\n{report.source}\n{report.body}"
    backed = tuple(p for p in places if any(above.short in text for above in lineage(p)[:-1]))
    if backed:
        return backed
    hosts = [place for witness in witnesses.by_url(report.url) for place in witness.places]
    return tuple(place for place in places if any(place.lies_in(host) for host in hosts)) or places


def _township(report: _Report) -> Region:
    """A township: by its name, then by the county that the report names or comes from."""
    above = _choose(list(_witnesses(report)), "county", report)
    county = place_at(above.path) if above.path else None
    for rule, text in (("name", report.name), ("sentence", report.sentence), ("title", report.title),
                       ("source", report.source), ("body", report.body)):  # fmt: skip
        for named in township_names(text):
            places = named.places
            inside = tuple(p for p in places if county and p.lies_in(county)) or _narrow(places, report)
            if len(inside) == 1:
                return Region(path_of(inside[0]), inside[0].code, rule)
            return Region(None, None, "ambiguous", tuple(map(path_of, inside)))
    return Region(None, None, "no_place", (above.path,) if above.path else ())


__all__ = ["Region", "home_of", "kind_of", "resolve_region", "sentence_of"]
