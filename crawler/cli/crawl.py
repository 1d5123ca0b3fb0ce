"""``huixun crawl``: the due pages of the chosen sites, into the archive and the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer
from rich.text import Text

from crawler.cli import output, progress
from crawler.cli.days import days
from crawler.config import Settings, load_settings
from crawler.errors import SiteError
from crawler.events import RunResult
from crawler.outcomes import Outcome
from crawler.sites import Site, SiteType, load_sites

_NAMED = 10  # failed pages that are named at the end of a crawl


def crawl(
    sites: Annotated[
        list[str] | None, typer.Argument(metavar="[SITE]...", help="Keys of sites; all when absent.")
    ] = None,
    type_: Annotated[SiteType | None, typer.Option("--type", help="Only sites of this type.")] = None,
    since: Annotated[
        str | None, typer.Option(help="Only pages published on or after this day (2023-01-31).")
    ] = None,
    until: Annotated[str | None, typer.Option(help="Only pages published on or before this day.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most this many report pages.")] = None,
) -> None:
    """Crawl sites: fetch what is due, store what is new, and account for every page."""
    settings = load_settings()
    chosen = choose_sites(settings, sites or [], type_)
    first, last = days(since, until, "crawl")
    result = run_and_show(settings, chosen, since=first, until=last, limit=limit)
    if not result.ok:
        output.complain(result.reason)
        raise typer.Exit(1)


def run_and_show(
    settings: Settings,
    sites: Sequence[Site],
    *,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
) -> RunResult:
    """Crawl with the progress shown, then print the sum of the run."""
    from crawler.crawling import crawl as run_crawl  # Scrapy takes a second to load; other commands need none

    console = output.err()
    with progress.shown(console) as on_event:
        result = run_crawl(settings, sites, since=since, until=until, limit=limit, on_event=on_event)
    out = output.out()
    out.print(Text(sum_line(result)))
    for page in result.failures[:_NAMED]:
        out.print(Text(f"failed: {page.url}: {page.error}"))
    if len(result.failures) > _NAMED:
        out.print(Text(f"… and {len(result.failures) - _NAMED} more: huixun runs {result.run_id}"))
    return result


def sum_line(result: RunResult) -> str:
    """The run as a sum, in one line."""
    counts = result.counts
    parts = " + ".join(f"{counts.get(outcome, 0)} {outcome}" for outcome in Outcome)
    closes = sum(counts.get(outcome, 0) for outcome in Outcome) == counts["due"]
    known = f"; {result.known} known pages not due" if result.known else ""
    verdict = "the sum closes" if closes else "THE SUM DOES NOT CLOSE"
    return f"run {result.run_id}: {counts['due']} due = {parts} ({verdict}){known}"


def choose_sites(settings: Settings, keys: Sequence[str], type_: SiteType | None) -> list[Site]:
    """The sites that a command names. Raises SiteError for an unknown key and when none is left."""
    known = load_sites(settings.sites)
    unknown = [key for key in keys if key not in known]
    if unknown:
        raise SiteError(f"unknown site: {', '.join(unknown)}; known sites: {', '.join(known) or 'none'}")
    chosen = [known[key] for key in dict.fromkeys(keys)] or list(known.values())
    chosen = [site for site in chosen if type_ is None or site.type == type_]
    if not chosen:
        raise SiteError(
            f"no site to crawl: add a file to {settings.sites} (huixun sites list shows what is there)"
        )
    return chosen
