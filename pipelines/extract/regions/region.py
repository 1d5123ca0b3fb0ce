"""A place that was chosen for a meeting, under the name that it had on the day."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipelines.extract.regions.gazetteer import before, lineage, path_of, place_at


@dataclass(frozen=True, slots=True)
class Region:
    """A place: its path (``湖南省/邵阳市/洞口县``), its code, the rule, and what else it could be.

    ``code`` is the six digits of GB/T 2260, for a township nine (GB/T 10114, which continues them).
    """

    path: str | None
    code: str | None
    rule: str
    candidates: tuple[str, ...] = ()


def as_of(region: Region, year: int | None) -> Region:
    """The region under the name that its county had in ``year``, where today's is younger.

    The rule says so (``host/then``). A township keeps its code of today: townships have no history here.

    >>> as_of(Region("陕西省/汉中市/南郑区", "610703", "host"), 2004)
    Region(path='陕西省/汉中市/南郑县', code='610721', rule='host/then', candidates=())
    """
    place = place_at(region.path) if region.path else None
    county = next((above for above in lineage(place) if above.level == "county"), None) if place else None
    if year is None or region.path is None or county is None or county.stood_in(year):
        return region
    past = before(county, year)
    if past is None:
        return region
    path = path_of(past) + region.path.removeprefix(path_of(county))
    code = past.code if place == county else region.code
    return replace(region, path=path, code=code, rule=f"{region.rule}/then")
