"""The place that the short names in a text have in common: 松滋 and 荆州, or three counties of 大理."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from pipelines.extract.regions.gazetteer import RANKS, Place, gazetteer, lineage, named_in, rank
from pipelines.extract.regions.mentions import plain_words, township_names
from pipelines.extract.regions.witnesses import Witness, highest

_READ = 4_000  # characters
_COUNTY = RANKS.index("county")
_LEAST = 2  # names that must agree
_OWN_COUNTY = re.compile(r"[我全][县旗]|[县旗](?:委|政府|长)")
_OFTEN = 3  # times that a city is named
_CITY = re.compile(r"[我全]市|市(?:委|政府|长)")
_OWN_PROVINCE = re.compile(r"[我全本]省|省(?:委|政府|局|厅|政协|长)|[全我]区|自治区")
_CLAUSE = re.compile(r"[^，。；！？\n]+")
_ELSEWHERE = re.compile(
    r"赴|考察|借鉴|对口|协作|来自|返|籍|招商|疫情|病例|支援|援|途经|兄弟|先进地区|等地|方向"
)


def by_kin(body: str) -> Iterator[Witness]:
    """The deepest place in which at least two short names of the text lie, if no other holds as many.

    A county counts when its own prefecture is named too and no sister county; else the prefecture is told,
    else the province. A county that alone is named counts where the text speaks for it (为松滋…). Names that
    are words too, that the dictionary does not see, or that a clause visits (赴…考察) are passed over; where
    things happen (在西昌) counts twice.

    >>> [w.places[0].name for w in by_kin("落实全省、荆州的部署，为松滋提供保障。")]
    ['松滋市']
    """
    named = _short_names(body[:_READ])
    sole = _spoken_for(body, named)
    if sole is not None:
        yield Witness("kin", (sole,))
    if len(named) < _LEAST:
        return
    for depth in (1, 0):
        votes: Counter[Place] = Counter()
        for name, places in named.items():
            votes.update(dict.fromkeys(_above(places, depth), 1 + (f"在{name}" in body)))
        ranking = votes.most_common(2)
        if not ranking or ranking[0][1] < _LEAST or (len(ranking) > 1 and ranking[0][1] == ranking[1][1]):
            continue
        found = ranking[0][0]
        below = [p for places in named.values() for p in places if p.lies_in(found) and p != found]
        told = len(below) == 1 and found.short in named
        yield Witness("kin", (below[0] if told else found,))
        return


def _spoken_for(body: str, named: Mapping[str, Sequence[Place]]) -> Place | None:
    """The one county of a text that names no other, if it is of the own kind and something is done for it, or
    it is named again and again;
    the one city that a report of a city names again and again (“四个辽阳”)."""
    if len(named) != 1:
        return None
    ((name, places),) = named.items()
    if len(places) == 1 and places[0].level == "prefecture":
        return places[0] if body.count(name) >= _OFTEN and _CITY.search(body) else None
    if len(places) != 1 or rank(places[0]) != _COUNTY:
        return None
    kinds = {place.name[-1] for place in lineage(places[0])[1:]}
    own = any(word in body for kind in kinds for word in (f"全{kind}", f"我{kind}", f"{kind}委"))
    done = rf"[为把让使]{name}(?!捐|加油|籍)|在{name}(?:召开|举行|主持|向)"
    return places[0] if own and (body.count(name) >= _OFTEN or re.search(done, body)) else None


def by_townships(body: str) -> Iterator[Witness]:
    """The one county in which at least two townships of the text lie, when no other county has as many.

    >>> [w.places[0].name for w in by_townships("石头咀镇、杨柳湾镇作交流发言。")]
    ['英山县']
    """
    votes = townships_by_county(body[:_READ])
    ranking = votes.most_common(2)
    if ranking and ranking[0][1] >= _LEAST and (len(ranking) == 1 or ranking[0][1] > ranking[1][1]):
        county = named_in(ranking[0][0], None)
        if county is not None:
            yield Witness("townships", (county,))


def by_lone_township(body: str) -> Iterator[Witness]:
    """The county of the one township that a text names, if no other has a township of that name and the text
    speaks of its own county (我县, 县委).

    >>> [w.places[0].name for w in by_lone_township("我县召开会议，青木川镇作了发言。")]
    ['宁强县']
    """
    if not _OWN_COUNTY.search(body, 0, _READ):
        return
    told = _of_here(body[:_READ])
    every = [(told[named.start : named.end], named.places) for named in township_names(told)]
    if len({name for name, _ in every}) == 1 and len(every[0][1]) == 1:
        county = named_in(every[0][1][0].code[:6], None)
        if county is not None:
            yield Witness("township", (county,))


def townships_by_county(text: str) -> Counter[str]:
    """How many different townships of each county (by its code) a text names."""
    names = {text[named.start : named.end]: named.places for named in township_names(text)}
    return Counter(code for places in names.values() for code in {place.code[:6] for place in places})


def by_province(body: str) -> Iterator[Witness]:
    """The one province that a report of a province names again and again (青海气象, 青海代表团).

    >>> [w.places[0].name for w in by_province("全省会议召开，为青海发展出力，青海各族人民，青海高原。")]
    ['青海省']
    """
    if not _OWN_PROVINCE.search(body, 0, _READ):
        return
    told = _of_here(body[:_READ])
    named = [(told.count(place.short), place) for place in _provinces() if place.short in told]
    often = [place for count, place in named if count >= _OFTEN]
    if len(often) == 1 and max((count for count, place in named if place not in often), default=0) < 2:
        yield Witness("province", (often[0],))


@lru_cache(maxsize=1)
def _of_here(body: str) -> str:
    """A text without the clauses that visit, or tell of those who come."""
    return "".join(clause for clause in _CLAUSE.findall(body) if not _ELSEWHERE.search(clause))


@cache
def _provinces() -> tuple[Place, ...]:
    """All provinces that stand."""
    every = {place for places in gazetteer().by_short.values() for place in places}
    return tuple(sorted((p for p in every if p.level == "province"), key=lambda place: place.code))


def _short_names(text: str) -> dict[str, tuple[Place, ...]]:
    """The short names below provinces that the dictionary sees as places, and what each may mean."""
    import rjieba

    begun = _by_head().keys() & set(_head().findall(text))
    named = [name for head in begun for name in _by_head()[head] if name in text]
    if not named:
        return {}
    clauses = {clause for clause in _CLAUSE.findall(text) for name in named if name in clause}
    told = "，".join(clause for clause in clauses if not _ELSEWHERE.search(clause))
    words = {word for word, tag in rjieba.tag(told, False) if tag == "ns"}
    shorts = gazetteer().by_short
    found = {word: highest(shorts[word]) for word in words if word in shorts and word not in plain_words()}
    return {word: places for word, places in found.items() if all(rank(place) for place in places)}


@cache
def _head() -> re.Pattern[str]:
    """Two letters that may begin a short name, as a pair."""
    first, second = ("".join(sorted(set(letters))) for letters in zip(*_by_head(), strict=True))
    return re.compile(f"([{first}])(?=([{second}]))")


@cache
def _by_head() -> Mapping[tuple[str, str], Sequence[str]]:
    """The short names by their first two letters: clauses without any need not be cut into words."""
    found: dict[tuple[str, str], list[str]] = {}
    for name in gazetteer().by_short:
        if name not in plain_words():
            found.setdefault((name[0], name[1]), []).append(name)
    return found


def _above(places: Iterable[Place], depth: int) -> set[Place]:
    """The places of that depth in which some of ``places`` lie, or which they are."""
    return {above for place in places for above in lineage(place) if rank(above) == depth}
