"""Which report a version prints: found by keys, proved by comparing, ranked among all its copies."""

from __future__ import annotations

from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from crawler.database.tables import Copy, CopyKey, Report, Version
from pipelines.match import CopyFacts, Fingerprint, choose_best, compare, fingerprint, relate
from pipelines.match.fingerprint import SHORT

CANDIDATES = 20  # copies compared at most, those that share most keys first
_LOCK = 0x4D41_5443  # any fixed number: two workers that match wait for each other


def join_copies(session: Session, version: Version) -> int:
    """Make a new version a copy of the report that it prints, a new report if none; gives its number.

    A page that changed keeps one copy in a report: the one of its latest version.
    """
    _one_at_a_time(session)
    whole = text_of(version)
    printed = fingerprint(whole)
    report_id, similarity = _find(session, whole, printed)
    if report_id is None:
        report = Report(version_id=version.id)
        session.add(report)
        session.flush()
        report_id = report.id
    _put(session, version, report_id, similarity, printed)
    rank(session, report_id)
    return report_id


def text_of(version: Version) -> str:
    """What is compared: the body; with the title where the body alone says too little."""
    return version.body if len(version.body) >= SHORT else f"{version.title or ''}\n{version.body}"


def is_copy(session: Session, version_id: int) -> bool:
    """Whether a version is a copy of a report; one that was refused later is none."""
    return session.scalar(select(Copy.id).where(Copy.version_id == version_id)) is not None


def rejoin_copies(session: Session, version: Version) -> None:
    """A version was read anew: it is a copy (again), and all copies are ranked by what is known now."""
    _one_at_a_time(session)
    report_id = session.scalar(select(Copy.report_id).where(Copy.version_id == version.id))
    if report_id is None:
        join_copies(session, version)
    else:
        rank(session, report_id)


def leave_copies(session: Session, version_id: int) -> None:
    """A version is no copy any more; a report without copies goes with it."""
    _one_at_a_time(session)
    copy = session.scalars(select(Copy).where(Copy.version_id == version_id)).one_or_none()
    if copy is None:
        return
    session.execute(delete(CopyKey).where(CopyKey.copy_id == copy.id))
    session.delete(copy)
    session.flush()
    if session.scalar(select(Copy.id).where(Copy.report_id == copy.report_id).limit(1)) is None:
        session.execute(delete(Report).where(Report.id == copy.report_id))
    else:
        rank(session, copy.report_id)


def rank(session: Session, report_id: int) -> None:
    """Name the relation of each copy of a report, and let the report point at its best version."""
    facts = [CopyFacts(*row) for row in session.execute(_facts_of(report_id))]
    before = dict(session.execute(select(Copy.id, Copy.relation).where(Copy.report_id == report_id)).all())
    relations = relate(facts)
    for copy_id, relation in relations.items():
        if before[copy_id] != relation:
            session.execute(update(Copy).where(Copy.id == copy_id).values(relation=relation))
    original = next(copy_id for copy_id, relation in relations.items() if relation == "original")
    if before[original] != "original" and len(facts) > 1:
        _measure(session, report_id, original)
    best = select(Copy.version_id).where(Copy.id == choose_best(facts)).scalar_subquery()
    session.execute(update(Report).where(Report.id == report_id).values(version_id=best))


def _one_at_a_time(session: Session) -> None:
    """Two workers never match at once: they would make two reports of one text, or wait in a ring."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def _find(session: Session, whole: str, printed: Fingerprint) -> tuple[int | None, float]:
    """The report of an equal copy, else of the most similar one that is the same."""
    if not printed.length:
        return None, 1.0
    equal = select(Copy.report_id).where(Copy.exact == printed.exact).order_by(Copy.id).limit(1)
    exact = session.scalar(equal)
    if exact is not None:
        return exact, 1.0
    shared = (
        select(CopyKey.copy_id)
        .where(CopyKey.key.in_(printed.keys))
        .group_by(CopyKey.copy_id)
        .order_by(func.count().desc(), CopyKey.copy_id)
        .limit(CANDIDATES)
        .subquery()
    )
    near = select(Copy.report_id, Version).join(Version, Version.id == Copy.version_id)
    found = [
        (likeness.similarity, -report_id)
        for report_id, version in session.execute(near.join(shared, shared.c.copy_id == Copy.id)).all()
        if (likeness := compare(whole, text_of(version))).same
    ]
    similarity, negative = max(found, default=(1.0, 0))
    return (-negative if found else None), similarity


def _put(session: Session, version: Version, report_id: int, similarity: float, printed: Fingerprint) -> None:
    """The copy row of a version; the row of the page's earlier version in this report becomes it."""
    earlier = (
        select(Copy)
        .join(Version, Version.id == Copy.version_id)
        .where(Copy.report_id == report_id, Version.page_id == version.page_id)
    )
    copy = session.scalars(earlier).one_or_none() or Copy(report_id=report_id, relation="")
    copy.version_id, copy.similarity = version.id, similarity
    copy.exact, copy.length = printed.exact, printed.length
    session.add(copy)
    session.flush()
    session.execute(delete(CopyKey).where(CopyKey.copy_id == copy.id))
    if printed.keys:
        session.execute(insert(CopyKey), [{"copy_id": copy.id, "key": key} for key in printed.keys])


def _facts_of(report_id: int):  # type: ignore[no-untyped-def] # noqa: ANN202 - a row type of eight columns
    columns = (Version.script, Version.site_type, Version.published_at, Version.stored_at)
    query = select(Copy.id, *columns, Copy.length, Version.truncated, Version.quality)
    return query.join(Version, Version.id == Copy.version_id).where(Copy.report_id == report_id)


def _measure(session: Session, report_id: int, original: int) -> None:
    """Another copy is the original now: the likeness of all is counted to it."""
    query = select(Copy.id, Version).join(Version, Version.id == Copy.version_id)
    texts = {
        copy_id: text_of(version)
        for copy_id, version in session.execute(query.where(Copy.report_id == report_id)).all()
    }
    for copy_id, whole in texts.items():
        likeness = compare(whole, texts[original])
        session.execute(update(Copy).where(Copy.id == copy_id).values(similarity=likeness.similarity))
