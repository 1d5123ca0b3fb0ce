"""A site is data: one TOML file in ``spiders/sites/``, checked on load, with the line of any mistake."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from cssselect import SelectorError
from parsel.csstranslator import HTMLTranslator
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from crawler.errors import SiteError
from crawler.urls import belongs, canonical

SiteType = Literal["portal", "docshare", "aggregator"]
SITES_FOLDER = Path(__file__).resolve().parent.parent / "spiders" / "sites"


def _css(selector: str) -> str:
    try:
        HTMLTranslator().css_to_xpath(selector)
    except SelectorError as error:
        raise ValueError(f"is no CSS selector: {error}") from error
    return selector


def _address(url: str) -> str:
    canonical(url)
    return url


_Pattern = Annotated[str, StringConstraints(min_length=1)]
_Css = Annotated[str, AfterValidator(_css)]
_Address = Annotated[str, AfterValidator(_address)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Lists(_Part):
    """Where the site's reports are listed and how its list pages read."""

    urls: tuple[_Address, ...] = Field(min_length=1, description="first page of each list")
    links: _Css = Field("a[href]", description="CSS selector of the links to reports")
    report: _Pattern = Field(description="regular expression that a report's URL matches")
    next: _Css | None = Field(
        None, description="CSS selector of the link to the next list page; by its text when absent"
    )
    files: _Pattern | None = Field(
        None, description="regular expression of the links on a report to files that are read as well"
    )
    max_pages: int = Field(50, ge=1, description="list pages read in one visit")


class Layout(_Part):
    """CSS selectors of one page layout; a site may have several, tried in order."""

    body: str
    title: str | None = None
    byline: str | None = None
    remove: tuple[str, ...] = ()


class Politeness(_Part):
    """How hard the site may be pressed; robots.txt and Crawl-delay are always obeyed."""

    delay: float = Field(1.0, ge=0, description="seconds between two requests to the host")
    concurrency: int = Field(1, ge=1, le=8, description="requests under way at once")
    verify_tls: bool = Field(True, description="False only with a reason in the file")


class Site(_Part):
    """One site: its key is the file's name, everything else stands in the file."""

    key: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")
    name: str = Field(min_length=1, description="the site's own name, e.g. 青溪县人民政府网")
    type: SiteType
    hosts: tuple[str, ...] = Field(
        min_length=1, description="hosts that belong to the site, with the port if any"
    )
    region: str | None = Field(
        None, description="region of the site's own reports, e.g. 湖南省/邵阳市/洞口县"
    )
    lists: Lists
    layouts: tuple[Layout, ...] = ()
    brands: tuple[str, ...] = Field((), description="names that the site puts between clauses")
    ignored_queries: tuple[str, ...] = Field(
        (), description="query keys that do not change the page, e.g. PHPSESSID"
    )
    politeness: Politeness = Politeness()
    max_depth: int = Field(40, ge=1, description="links followed from the first list page")
    private: bool = Field(
        False, description="may stand on a loopback or private address (demo and tests only)"
    )

    @field_validator("hosts")
    @classmethod
    def _lower(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(host.lower() for host in hosts)

    @model_validator(mode="after")
    def _lists_on_own_hosts(self) -> Self:
        strange = [url for url in self.lists.urls if not belongs(canonical(url), self.hosts)]
        if strange:
            raise ValueError(f"lists.urls: {', '.join(strange)}: on none of the site's hosts")
        return self


def load_site(path: Path) -> Site:
    """Read one site file.

    Raises SiteError naming the file, the line or key, and what is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text)
        site = Site(key=path.stem, **data)
        for pattern in (site.lists.report, site.lists.files or ""):
            re.compile(pattern)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, TypeError) as error:
        raise SiteError(f"{path}: cannot read the site file: {error}") from error
    except re.error as error:
        raise SiteError(f"{path}: lists.report or lists.files is no regular expression: {error}") from error
    except ValidationError as error:
        raise SiteError(_explain(path, text, error)) from error
    return site


def load_sites(folder: Path = SITES_FOLDER) -> Mapping[str, Site]:
    """All sites of a folder by key, in alphabetical order.

    Raises SiteError at the first bad file, and for a folder that is not there.
    """
    if not folder.is_dir():
        raise SiteError(f"{folder}: there is no such folder of site files: set HUIXUN_SITES to one")
    return {path.stem: load_site(path) for path in sorted(folder.glob("*.toml"))}


def _explain(path: Path, text: str, error: ValidationError) -> str:
    """Pydantic's complaints, one a line, each with the line of the file that holds its key."""
    lines = []
    for fault in error.errors():
        keys = [str(part) for part in fault["loc"]]
        names = [key for key in keys if not key.isdigit()]
        number = _line_of(text, names[-1]) if names else None
        place = f":{number}" if number else ""
        lines.append(": ".join((f"{path}{place}", *([".".join(keys)] if keys else []), fault["msg"])))
    return "\n".join(lines)


def _line_of(text: str, key: str) -> int | None:
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(rf"\s*(\[+[\w.]*)?{re.escape(key)}\b", line):
            return number
    return None
