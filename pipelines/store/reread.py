"""Read the archive again: what a newer program makes of bytes that were kept, and what that changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Literal

from sqlalchemy import Engine, Select, func, select
from sqlalchemy.orm import Session

from crawler.database import reading
from crawler.database.columns import storable_data
from crawler.database.tables import (
    DocumentRef,
    Fetch,
    FetchPart,
    Meeting,
    Page,
    PersonRole,
    Rejection,
    Site,
    Statement,
    Version,
)
from crawler.database.upsert import insert_unseen
from crawler.records import Report
from pipelines.store import rows
from pipelines.store.copies import join_copies, leave_copies, rejoin_copies
from pipelines.store.corrections import corrected, corrections_of
from pipelines.store.store import latest_version, rewrite, write_version

Effect = Literal["same", "changed", "accepted", "refused", "still_refused", "error"]
_NOT_SHOWN = frozenset({"read_at", "code_version", "text_sha256", "facts_sha256"})


@dataclass(frozen=True, slots=True)
class Archived:
    """An answer in the archive for a page; ``parts`` are (number, file, offset) of its pages 2…n."""

    page_id: int
    fetch_id: int
    url: str
    site_key: str
    fetched_at: datetime
    warc_file: str
    warc_offset: int
    parts: tuple[tuple[int, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Reread:
    """What another reading of a page changes: ``fields`` names the columns and tables that differ."""

    url: str
    effect: Effect
    fields: tuple[str, ...] = ()
    detail: str = ""


def archived(
    engine: Engine, since: date | None = None, sites: Sequence[str] = (), *, batch: int = 500
) -> Iterator[Archived]:
    """The answers to read again: of each page the one behind its latest version, else the latest one.

    ``since``: only what was fetched on that day or later (UTC); ``sites``: keys, all when empty;
    ``batch``: rows of one query.
    """
    last = 0
    while found := _batch(engine, since, sites, last, batch):
        yield from found
        last = found[-1].page_id


def reread(session: Session, answer: Archived, report: Report, *, apply: bool) -> Reread:
    """Compare a new reading with what is stored and, with ``apply``, store it in the caller's transaction.

    The page's version is brought up to date in place: the page said nothing new. A page that is now
    refused leaves its report, its version stays; the ledger of the old run is not touched.
    """
    rejection, version = report.rejection, latest_version(session, answer.page_id)
    if rejection is not None and rejection.reason == "error":
        return Reread(answer.url, "error", detail=rejection.detail)
    if rejection is not None:
        if apply:
            reason = {"fetch_id": answer.fetch_id, "reason": rejection.reason, "detail": rejection.detail}
            insert_unseen(session, Rejection, [reason], ["fetch_id"])
            if version is not None:
                leave_copies(session, version.id)
        effect: Effect = "refused" if version is not None else "still_refused"
        return Reread(answer.url, effect, detail=f"{rejection.reason}: {rejection.detail}")
    if version is None:
        if apply:
            write_version(session, answer.page_id, answer.fetch_id, report)
        return Reread(answer.url, "accepted", detail=report.title or "")
    return _bring_up_to_date(session, answer, version, report, apply)


def _bring_up_to_date(
    session: Session, answer: Archived, version: Version, report: Report, apply: bool
) -> Reread:
    fields = differences(session, version, corrected(report, corrections_of(session, version.page_id)))
    if apply and version.facts_sha256 != rows.facts_digest(report):
        other_text = version.text_sha256 != rows.text_digest(report)
        rewrite(session, version, report)
        if other_text:
            leave_copies(session, version.id)
            join_copies(session, version)
    if apply:
        rejoin_copies(session, version)
    return Reread(answer.url, "changed" if fields else "same", fields)


def differences(session: Session, version: Version, report: Report) -> tuple[str, ...]:
    """The columns of a version, and the tables of its facts, that a report would change."""
    values = {name: v for name, v in rows.version_values(report).items() if name not in _NOT_SHOWN}
    fields = [name for name, value in values.items() if getattr(version, name) != storable_data(value)]
    stored, made = _facts_stored(session, version.id), _facts_made(report)
    return (*fields, *(name for name in stored if stored[name] != storable_data(made[name])))


def _facts_stored(session: Session, version_id: int) -> dict[str, list[list[object]]]:
    meetings = select(Meeting.number, Meeting.name, Meeting.date, Meeting.level, Meeting.region)
    people = select(Meeting.number, PersonRole.role, PersonRole.name, PersonRole.normalised, PersonRole.title)
    people = people.select_from(PersonRole).join(Meeting).order_by(PersonRole.id)
    queries: dict[str, Select[*tuple[object, ...]]] = {
        "meeting": meetings.where(Meeting.version_id == version_id).order_by(Meeting.number),
        "person_role": people.where(Meeting.version_id == version_id),
        "statement": select(Statement.speaker, Statement.verb, Statement.text)
        .where(Statement.version_id == version_id)
        .order_by(Statement.number),
        "document_ref": select(DocumentRef.name)
        .where(DocumentRef.version_id == version_id)
        .order_by(DocumentRef.id),
    }
    return {name: [list(row) for row in session.execute(query)] for name, query in queries.items()}


def _facts_made(report: Report) -> dict[str, list[tuple[object, ...]]]:
    numbered = list(enumerate(report.meetings, 1))
    return {
        "meeting": [(number, m.name, m.date, m.level, m.region) for number, m in numbered],
        "person_role": [
            (number, person["role"], person["name"], person["normalised"], person["title"])
            for number, meeting in numbered
            for person in rows.people(meeting)
        ],
        "statement": [(said.speaker, said.verb, said.text) for said in report.statements],
        "document_ref": [(name,) for name in dict.fromkeys(report.documents)],
    }


def _batch(engine: Engine, since: date | None, sites: Sequence[str], last: int, size: int) -> list[Archived]:
    behind = (
        select(Version.fetch_id)
        .where(Version.page_id == Page.id)
        .order_by(Version.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    kept = (Fetch.page_id == Page.id, Fetch.warc_file.is_not(None))
    latest = select(func.max(Fetch.id)).where(*kept).correlate(Page).scalar_subquery()
    query = select(Page, Fetch, Site.key).join(Site).join(Fetch, Fetch.page_id == Page.id)
    query = query.where(Page.id > last, Page.kind != "list", Fetch.warc_file.is_not(None))
    query = query.where(Fetch.id == func.coalesce(behind, latest)).order_by(Page.id).limit(size)
    if since is not None:
        query = query.where(Fetch.fetched_at >= datetime.combine(since, time(), UTC))
    if sites:
        query = query.where(Site.key.in_(sites))
    with reading(engine) as session:
        found = session.execute(query).all()
        parts = _parts(session, [fetch.id for _, fetch, _ in found])
        return [_archived(page, fetch, key, parts.get(fetch.id, ())) for page, fetch, key in found]


def _parts(session: Session, fetches: Sequence[int]) -> dict[int, tuple[tuple[int, str, int], ...]]:
    query = select(FetchPart).where(FetchPart.fetch_id.in_(fetches)).order_by(FetchPart.number)
    found: dict[int, tuple[tuple[int, str, int], ...]] = {}
    for part in session.scalars(query):
        place = (part.number, part.warc_file, part.warc_offset)
        found[part.fetch_id] = (*found.get(part.fetch_id, ()), place)
    return found


def _archived(page: Page, fetch: Fetch, key: str, parts: tuple[tuple[int, str, int], ...]) -> Archived:
    return Archived(
        page_id=page.id,
        fetch_id=fetch.id,
        url=page.url,
        site_key=key,
        fetched_at=fetch.fetched_at or fetch.leased_at,
        warc_file=fetch.warc_file or "",
        warc_offset=fetch.warc_offset or 0,
        parts=parts,
    )
