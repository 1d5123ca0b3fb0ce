"""``huixun search``: reports that hold some words."""

from __future__ import annotations

from typing import Annotated

import typer

from crawler.cli import output
from crawler.cli.days import days
from crawler.config import load_settings
from crawler.database import connect_checked
from crawler.database import search as index
from pipelines.spelling import spellings


def search(
    words: Annotated[list[str], typer.Argument(help="Words; a report must hold all of them.")],
    since: Annotated[str | None, typer.Option(help="Published on or after this day (2023-01-31).")] = None,
    until: Annotated[str | None, typer.Option(help="Published on or before this day.")] = None,
    region: Annotated[str | None, typer.Option(help="Region, e.g. 浙江省 or 云和县.")] = None,
    person: Annotated[str | None, typer.Option(help="A person who took part.")] = None,
    level: Annotated[str | None, typer.Option(help="central, province, prefecture, county …")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most this many reports.")] = 50,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a report.")] = False,
) -> None:
    """Find reports by words, day, region, person and level, typed in either script of Chinese."""
    first, last = days(since, until, "search")
    hits = index.search(
        connect_checked(load_settings().database_url),
        words,
        spell=spellings,
        since=first,
        until=last,
        region=region,
        person=person,
        level=level,
        limit=limit,
    )
    if json:
        for hit in hits:
            typer.echo(output.as_json({name: getattr(hit, name) for name in hit.__slots__}))
        return
    rows = [(hit.date, hit.region, hit.meeting or hit.title, hit.excerpt, hit.url) for hit in hits]
    output.out().print(output.table(("date", "region", "meeting", "where it stands", "url"), rows))
    output.note(f"{len(hits)} {'report' if len(hits) == 1 else 'reports'}")
