"""``huixun doctor``: what this machine has, what is missing, and how to get it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import typer
from rich.text import Text

from crawler import database
from crawler.cli import output
from crawler.config import Settings, load_settings
from crawler.errors import HuixunError
from crawler.sites import load_sites

_PACKAGES = ("scrapy", "lxml", "sqlalchemy", "alembic", "psycopg", "warcio", "opencc", "rjieba", "pypinyin")
_LITTLE = 1 << 30  # bytes of free disk below which a crawl is at risk


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is right, what was seen, and what to do if it is not."""

    name: str
    right: bool
    seen: str
    remedy: str = ""


def doctor() -> None:
    """Look at Python, packages, folders, site files and database; exit code 1 when something is missing."""
    console = output.out()
    wrong = 0
    for finding in examine(load_settings()):
        wrong += not finding.right
        mark = Text("ok      ", style="green") if finding.right else Text("missing ", style="bold red")
        console.print(mark + Text(f"{finding.name}: {finding.seen}"))
        if not finding.right:
            console.print(Text(f"        → {finding.remedy}"))
    if wrong:
        output.complain(f"{wrong} of the things above {'is' if wrong == 1 else 'are'} missing")
        raise typer.Exit(1)


def examine(settings: Settings) -> Iterator[Finding]:
    """Every finding, in the order in which a crawl would stumble over it."""
    python = ".".join(map(str, sys.version_info[:3]))
    yield Finding("Python", sys.version_info >= (3, 11), python, "install Python 3.11 or newer")
    missing = [name for name in _PACKAGES if importlib.util.find_spec(name) is None]
    yield Finding("packages", not missing, ", ".join(missing) or "all there", "make setup")
    yield Finding("files", True, f"DOCX is read, PDF {_pdf()}")
    yield _folder(settings.data)
    yield _sites(settings)
    yield _database(settings)


def _pdf() -> str:
    """Whether PDF files are read; doing without is no fault."""
    if importlib.util.find_spec("pypdfium2") is None:
        return "is not: pip install 'huixun[documents]' if you want it read"
    return f"too (pypdfium2 {version('pypdfium2')})"


def _folder(data: Path) -> Finding:
    place = next(folder for folder in (data, *data.resolve().parents) if folder.exists())
    free = shutil.disk_usage(place).free
    open_to_us = place.is_dir() and os.access(place, os.W_OK | os.X_OK)
    shut = "" if open_to_us else f", but nothing can be written in {place}"
    seen = f"{data} ({free / (1 << 30):.1f} GiB free{shut})"
    remedy = "free some disk, or set HUIXUN_DATA to another folder"
    return Finding("data folder", open_to_us and free > _LITTLE, seen, remedy)


def _sites(settings: Settings) -> Finding:
    try:
        count = len(load_sites(settings.sites))
    except HuixunError as error:
        return Finding("site files", False, str(error), "mend the file (huixun sites check)")
    return Finding("site files", count > 0, f"{count} in {settings.sites}", "add a TOML file (docs/sites.md)")


def _database(settings: Settings) -> Finding:
    try:
        name = repr(database.connect(settings.database_url).url)
        database.check(settings.database_url)
    except HuixunError as error:
        return Finding("database", False, str(error), "huixun db upgrade; or set HUIXUN_DATABASE_URL")
    return Finding("database", True, name)
