"""``huixun scrape``: one page, file or standard input through the whole chain, without a crawl."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated

import typer

from crawler.archive import Archive, Place
from crawler.cli import output, why
from crawler.cli.sources import read_page
from crawler.config import code_version, load_settings
from crawler.errors import HuixunError, UsageError
from crawler.records import Page, Report


def scrape(
    targets: Annotated[
        list[str],
        typer.Argument(
            metavar="URL|FILE|-", help="Pages to read: addresses, files, or - for standard input."
        ),
    ],
    json: Annotated[
        bool, typer.Option("--json", help="Print all that is known, one JSON object a line.")
    ] = False,
    text: Annotated[bool, typer.Option("--text", help="Print the body only.")] = False,
    show_why: Annotated[
        bool, typer.Option("--why", help="Print each choice, cut and repair with its rule.")
    ] = False,
    save: Annotated[bool, typer.Option("--save", help="Store the reports in the database.")] = False,
    url: Annotated[str | None, typer.Option("--url", help="Address the file came from.")] = None,
    site: Annotated[
        str | None, typer.Option("--site", help="Site whose selectors and region to use.")
    ] = None,
) -> None:
    """Read pages once and print what they report."""
    if json and text:
        raise UsageError("scrape: choose one of --json and --text")
    if url and len(targets) > 1:
        raise UsageError("scrape: --url names the address of one page; give one file")
    from pipelines.judge import judge  # dictionaries take a moment to load; other commands need none

    settings = load_settings()
    refused = broken = 0
    with Archive(settings.archive, f"Huixun/{code_version()}") as archive:
        for target in targets:
            try:
                page = read_page(target, settings, url=url, site=site)
            except HuixunError as error:
                if len(targets) == 1:
                    raise
                broken += 1
                output.complain(str(error))
                continue
            places = _keep(archive, page) if save else {}
            report = judge(page)
            if text and len(targets) > 1:
                typer.echo(f"==> {target} <==")
            _print(report, json=json, text=text, show_why=show_why)
            for gap in why.gaps(report):
                output.note(f"{target}: not whole: {gap}")
            if save:
                _save(page, report, places)
            if report.rejection:
                refused += 1
                output.complain(f"{target}: rejected: {report.rejection.reason}: {report.rejection.detail}")
    if broken or refused == len(targets):
        raise typer.Exit(1)


def _print(report: Report, *, json: bool, text: bool, show_why: bool) -> None:
    if json:
        typer.echo(output.as_json(output.report_fields(report)))
    elif text:
        typer.echo(report.body)
    else:
        why.print_report(report)
    if show_why:
        why.print_why(report)


def _keep(archive: Archive, page: Page) -> dict[int, Place]:
    """Archive a page (1) and its further pages (2…n) as they came, before anything is judged."""
    moment = page.fetched_at or datetime.now(UTC)
    told = [("Content-Type", page.content_type)] if page.content_type else []
    places = {1: archive.write(page.url, page.status, told, page.body, moment)}
    for part in page.parts:
        if part.body is not None:
            places[part.number] = archive.write(part.url, 200, told, part.body, moment, part_of=page.url)
    return places


def _save(page: Page, report: Report, places: Mapping[int, Place]) -> None:
    from crawler.database import connect, upgrade
    from pipelines.store import save

    database = load_settings().database_url
    upgrade(database)
    outcome = save(connect(database), page, report, places)
    output.note(f"{page.url}: {outcome}")
