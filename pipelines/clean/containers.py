"""Known containers: which elements hold the article, by the system that wrote the page."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Containers:
    """Names in lower case to (rank, family), a lower rank first; ``markers``: begin to end comment.

    ``firsts`` are the ranks of those whose first element on a page is the article.
    """

    ids: Mapping[str, tuple[int, str]]
    classes: Mapping[str, tuple[int, str]]
    tags: Mapping[str, tuple[int, str]]
    starts: tuple[tuple[str, int, str], ...]
    markers: Mapping[str, str]
    prefixes: tuple[str, ...]
    firsts: frozenset[int]

    def find(self, tag: str, id: str, classes: tuple[str, ...]) -> tuple[int, str] | None:
        """Rank and family of an element with these names, None when it is no known container.

        >>> load_containers().find("div", "zoom", ("txt",))[1]
        'government sites: zoomable text'
        """
        found = self.ids.get(id) or self.tags.get(tag)
        if found or not classes:
            return found
        for name in classes:
            if name in self.classes:
                return self.classes[name]
            if name.startswith(self.prefixes):
                return next((rank, family) for start, rank, family in self.starts if name.startswith(start))
        return None


@cache
def load_containers() -> Containers:
    """The list of known containers, read once."""
    data = tomllib.loads(Path(__file__).with_name("containers.toml").read_text(encoding="utf-8"))
    families = list(enumerate(data["family"]))

    def names(kind: str) -> dict[str, tuple[int, str]]:
        pairs = [(name, (rank, family["name"])) for rank, family in families for name in family.get(kind, ())]
        return dict(reversed(pairs))

    return Containers(
        names("ids"),
        names("classes"),
        names("tags"),
        tuple((start, rank, f["name"]) for rank, f in families for start in f.get("starts", ())),
        dict(data["markers"]),
        tuple(start for _, family in families for start in family.get("starts", ())),
        frozenset(rank for rank, family in families if family.get("first")),
    )
