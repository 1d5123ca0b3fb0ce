"""Files and functions stay short, and everything public says what it is for."""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

import pytest
from project_code import ROOT, sources

LONGEST_FILE, LONGEST_FUNCTION = 300, 60
CHECKED = [s for s in sources() if "/versions/" not in s.path.as_posix()]


@pytest.mark.parametrize(
    "path", sorted([*(s.path for s in sources()), *(ROOT / "tests").rglob("*.py")]), ids=str
)
def test_no_file_is_too_long(path: Path):
    assert path.read_text(encoding="utf-8").count("\n") <= LONGEST_FILE


@pytest.mark.parametrize("source", CHECKED, ids=lambda s: s.name)
def test_no_function_is_too_long(source):
    long = {
        f.name: f.end_lineno - f.lineno + 1
        for f in source.functions()
        if f.end_lineno - f.lineno >= LONGEST_FUNCTION
    }
    assert not long


@pytest.mark.parametrize("source", CHECKED, ids=lambda s: s.name)
def test_everything_public_is_documented(source):
    assert ast.get_docstring(source.tree), f"{source.name} has no module docstring"
    public = [f for f in source.functions() if not f.name.startswith("_") and f in top_level(source.tree)]
    bare = [f.name for f in public if not ast.get_docstring(f)]
    assert not bare, f"{source.name}: {bare} have no docstring"


def top_level(tree: ast.Module) -> list[ast.AST]:
    """Functions of the module and methods of its public classes."""
    classes = [n for n in tree.body if isinstance(n, ast.ClassDef) and not n.name.startswith("_")]
    return [*tree.body, *(node for cls in classes for node in cls.body)]


def test_the_typical_function_is_short():
    lengths = [f.end_lineno - f.lineno + 1 for s in CHECKED for f in s.functions()]
    assert statistics.median(lengths) <= 10


@pytest.mark.parametrize("source", CHECKED, ids=lambda s: s.name)
def test_nothing_is_left_unfinished(source):
    marks = [mark for mark in ("TODO", "FIXME", "XXX:", "NotImplementedError") if mark in source.text]
    assert not marks
