"""``huixun reprocess``: read the kept bytes again with today's program; no network."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from itertools import islice
from typing import Annotated

import typer
from rich.text import Text
from sqlalchemy import Engine, select

from crawler.archive import Archive
from crawler.cli import output
from crawler.cli.days import day
from crawler.config import Settings, code_version, load_settings
from crawler.database import connect_checked, reading, writing
from crawler.database.tables import Site
from crawler.errors import ArchiveError, SiteError
from crawler.pool import Pool, WorkerFault
from crawler.records import Page, Report
from crawler.sites import load_sites
from pipelines.judge import judge
from pipelines.store import SINGLE, Archived, Reread, archived, reread
from spiders.parts import with_kept_parts

_AHEAD = 4  # pages a process that are read before their turn


def reprocess(
    sites: Annotated[list[str] | None, typer.Argument(metavar="[SITE]...", help="All when absent.")] = None,
    since: Annotated[str | None, typer.Option(help="Only what was fetched on or after this day.")] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Store the new readings.")] = False,
) -> None:
    """Say what reading the archive again would change; with --apply, change it."""
    settings = load_settings()
    engine = connect_checked(settings.database_url)
    _check_sites(engine, sites or [])
    answers = archived(engine, day(since, "reprocess: --since"), sites or [])
    effects: Counter[str] = Counter()
    for change in _changes(settings, engine, answers, apply=apply):
        effects[change.effect] += 1
        if change.effect not in ("same", "still_refused"):
            said = ", ".join(change.fields) or change.detail
            output.out().print(Text(f"{change.effect}: {change.url}: {said}"))
    sums = ", ".join(f"{number} {effect}" for effect, number in sorted(effects.items()))
    done = "stored" if apply else "nothing was stored; --apply stores it"
    output.out().print(Text(f"{effects.total()} pages read again: {sums or 'none'} ({done})"))
    if effects["error"]:
        output.complain(f"{effects['error']} pages could not be read again")
        raise typer.Exit(1)


def _changes(
    settings: Settings, engine: Engine, answers: Iterator[Archived], *, apply: bool
) -> Iterator[Reread]:
    """Each page's change, in order; a few pages ahead are judged in other processes."""
    archive = Archive(settings.archive, f"Huixun/{code_version()}")
    known = load_sites(settings.sites)
    with Pool(settings.processes) as pool:
        waiting: deque[tuple[Archived, Future[Report] | Reread]] = deque()

        def send(answer: Archived) -> None:
            """Give an archived answer to the pool; one that cannot be read waits as an error in its turn."""
            site = known.get(answer.site_key)
            try:
                # without its selectors a page would be read worse than it is stored
                if site is None and answer.site_key != SINGLE:
                    raise SiteError(f"there is no {answer.site_key}.toml in {settings.sites}")
                kept = archive.read(answer.warc_file, answer.warc_offset)
                parts = {number: archive.read(file, at).body for number, file, at in answer.parts}
            except (ArchiveError, SiteError) as error:
                waiting.append((answer, Reread(answer.url, "error", detail=str(error))))
                return
            page = Page(kept.url, kept.body, kept.content_type, kept.status, answer.fetched_at, site)
            waiting.append((answer, pool.submit(_read_again, page, parts)))

        for answer in islice(answers, settings.processes * _AHEAD):
            send(answer)
        while waiting:
            answer, future = waiting.popleft()
            yield _settle(engine, answer, future, apply=apply)
            for following in islice(answers, 1):
                send(following)


def _check_sites(engine: Engine, keys: Sequence[str]) -> None:
    """Raises SiteError for a key that the database does not know: nothing of it could be read."""
    with reading(engine) as session:
        known = set(session.scalars(select(Site.key)))
    if unknown := [key for key in keys if key not in known]:
        names = ", ".join(sorted(known)) or "none"
        raise SiteError(f"nothing is stored of {', '.join(unknown)}; sites in the database: {names}")


def _read_again(page: Page, parts: Mapping[int, bytes]) -> Report:
    """One page with those of its further pages that were kept; runs in the pool."""
    return judge(with_kept_parts(page, parts))


def _settle(engine: Engine, answer: Archived, future: Future[Report] | Reread, *, apply: bool) -> Reread:
    if isinstance(future, Reread):
        return future
    try:
        report = future.result()
    except WorkerFault as error:
        return Reread(answer.url, "error", detail=str(error))
    with (writing if apply else reading)(engine) as session:
        return reread(session, answer, report, apply=apply)
