"""Which place a meeting belongs to: the gazetteer of GB/T 2260 codes, and the choice among its names."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.records import Level


@dataclass(frozen=True, slots=True)
class Region:
    """A place: its path (``湖南省/邵阳市/洞口县``), its GB/T 2260 code, the rule, and what else it could be."""

    path: str | None
    code: str | None
    rule: str
    candidates: tuple[str, ...] = ()


def home_of(body: str, title: str | None, source: str | None, url: str, site_region: str | None) -> str | None:
    """The path of the place that the report comes from (for ``level_of(home=…)``), or None."""
    return None


def kind_of(name: str) -> Level | None:
    """The level of a named place: ``济源市`` county, ``唐山市`` prefecture; None when unknown or ambiguous."""
    return None


def resolve_region(
    body: str,
    title: str | None,
    source: str | None,
    url: str,
    site_region: str | None,
    level: Level | None,
    name: str,
) -> Region:
    """The place of the meeting ``name``, cut to its level; ``path`` is None rather than a guess."""
    return Region(None, None, "none")
