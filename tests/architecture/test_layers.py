"""Imports point down only, and the text steps touch nothing but text."""

from __future__ import annotations

import ast

import pytest
from project_code import sources

GROUND = ("records", "errors", "config", "sites", "outcomes", "urls", "database", "archive", "files")
TEXT_STEPS = ("decode", "restore", "clean", "extract", "match", "chain", "locate", "quality")
FORBIDDEN = {
    "scrapy",
    "twisted",
    "sqlalchemy",
    "alembic",
    "psycopg",
    "sqlite3",
    "socket",
    "urllib.request",
    "requests",
    "http.client",
    "time",
    "random",
    "secrets",
    "subprocess",
    "asyncio",
    "threading",
    "crawler.database",
    "crawler.config",
    "crawler.files.reader",
}
CLOCKS = {"now", "utcnow", "today", "getenv", "environ"}


def layer(name: str) -> int:
    """0 the ground, 1 the pipelines, 2 the spiders, 3 the rest of the crawler."""
    parts = name.split(".")
    if parts[0] == "crawler":
        return 0 if len(parts) == 1 or parts[1] in GROUND else 3
    return {"pipelines": 1, "spiders": 2}.get(parts[0], 4)


def is_text_step(name: str) -> bool:
    """Modules that a page passes through; scripts that make data files (``build_…``, ``make_…``) may run programs."""
    parts = name.split(".")
    made_by_hand = parts[-1].startswith(("build_", "make_"))
    return parts[0] == "pipelines" and len(parts) > 1 and parts[1] in TEXT_STEPS and not made_by_hand


@pytest.mark.parametrize("source", sources(), ids=lambda s: s.name)
def test_imports_point_down(source):
    own = {name for name in source.imports() if name.split(".")[0] in ("crawler", "pipelines", "spiders")}
    upward = {name for name in own if layer(name) > layer(source.name)}
    assert not upward, f"{source.name} (layer {layer(source.name)}) imports {sorted(upward)}"


@pytest.mark.parametrize("source", [s for s in sources() if is_text_step(s.name)], ids=lambda s: s.name)
def test_text_steps_are_pure(source):
    touched = {
        name for name in source.imports() if any(name == f or name.startswith(f"{f}.") for f in FORBIDDEN)
    }
    assert not touched, f"{source.name} imports {sorted(touched)}"
    calls = {n.attr for n in ast.walk(source.tree) if isinstance(n, ast.Attribute) and n.attr in CLOCKS}
    assert not calls, f"{source.name} asks {sorted(calls)}"


def test_the_rule_sees_an_upward_import():
    assert (
        layer("crawler.frontier")
        > layer("spiders.base")
        > layer("pipelines.clean")
        > layer("crawler.records")
    )
