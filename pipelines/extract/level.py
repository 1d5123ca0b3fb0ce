"""The level of the body that held a meeting: central, province, prefecture, county, township, organization."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.records import Level


@dataclass(frozen=True, slots=True)
class LevelBy:
    """A level and the name of the rule that decided it."""

    level: Level | None
    rule: str


def level_of(
    name: str, organiser: str | None, titles: Sequence[str], text: str, *, home: str | None = None
) -> LevelBy:
    """The level of a meeting from its name, its organiser, the titles of host and speakers, the text.

    ``text`` is the announcing sentence first, then whatever else the report says (title, body).
    ``home`` is the path of the region that the report comes from (``regions.home_of``): it decides
    whether 市 is a prefecture or a county-level city.
    """
    return LevelBy(None, "none")
