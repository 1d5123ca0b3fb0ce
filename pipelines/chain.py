"""The chain: bytes in, report out, through the pure steps decode → restore → clean → extract."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import replace

from crawler.files.kinds import kind_of
from crawler.records import Cleaned, Decoded, Document, Facts, Page, Reading, Rejection, Report, Restored
from pipelines.clean import clean, join_pages
from pipelines.decode import decode
from pipelines.extract import as_written, extract
from pipelines.locate import locate_repairs, undo
from pipelines.quality import rate
from pipelines.restore import restore

_GB = frozenset({"gb18030", "gbk"})


def process(page: Page) -> Report:
    """Turn one page into a report; never raises, whatever the bytes.

    A page that is not worth storing comes back with ``rejection`` set; a fault of our own comes back
    as rejection ``error``, so that the run counts the page as failed instead of losing it.

    >>> text = "青溪县召开安全生产会议\\n3月6日,县长柏远主持召开县政府常务会议。会议强调,隐患要逐条销号。"
    >>> report = process(Page("http://example.com/1.html", text.encode("gbk"), "text/plain"))
    >>> report.encoding, report.title
    ('gb18030', '青溪县召开安全生产会议')
    """
    try:
        return _process(page)
    except Exception as error:  # noqa: BLE001 - the one place where a fault becomes an outcome
        return Report(url=page.url, rejection=Rejection("error", _trace(error)))


def _process(page: Page) -> Report:
    decoded, restored, cleaned = _read(page, page.body)
    others = [(part, None if part.body is None else _read(page, part.body)) for part in page.parts]
    rejection = decoded.rejection or restored.rejection or cleaned.rejection
    if others and rejection is None:
        cleaned = join_pages(cleaned, [(part, read and read[2]) for part, read in others])
    facts = Facts(False, "other") if rejection else extract(cleaned, url=page.url, site=page.site)
    texts = [restored, *(read[1] for _, read in others if read)]
    return _assemble(page, decoded, texts, cleaned, facts, rejection or facts.rejection)


def _read(page: Page, body: bytes) -> tuple[Decoded, Restored, Cleaned]:
    """The three text steps for one body; a body that cannot be decoded is not read further."""
    reading = page.reading or _unread(body)
    decoded = _take(reading) if reading else decode(body, page.content_type)
    text = "" if decoded.rejection else decoded.text
    restored = restore(text, source=body if _all_gb(decoded) else None)
    cleaned = clean(
        restored.text,
        url=page.url,
        content_type="text/plain" if reading else page.content_type,
        site=page.site,
        fetched_at=page.fetched_at,
    )
    return decoded, restored, _of_file(cleaned, reading) if reading else cleaned


def _unread(body: bytes) -> Reading | None:
    """What there is to say of a file that no program has read: these steps start none."""
    if kind := kind_of(body):
        said = f"not read: {kind.name}; crawl, scrape and reprocess have files read, process alone does not"
        return Reading(kind.name, rejection=Rejection("file_kind", said))
    return None


def _take(reading: Reading) -> Decoded:
    """The text of a file as if it had been decoded, a paragraph a line."""
    return Decoded("\n".join(reading.lines), "utf-8", 1.0, reading.evidence, rejection=reading.rejection)


def _of_file(cleaned: Cleaned, reading: Reading) -> Cleaned:
    """The article of a file, with what its reader cut and counted."""
    if reading.rejection is not None:
        return cleaned
    return replace(
        cleaned,
        truncated=cleaned.truncated or reading.truncated,
        cuts=(*reading.cuts, *cleaned.cuts),
        document=cleaned.document or Document(format=reading.kind, pages=reading.pages),
    )


def _all_gb(decoded: Decoded) -> bool:
    """Whether every byte of the page is GB: on such bytes a mirror's damage can be undone exactly."""
    return decoded.encoding in _GB and all(e.subject != "segment" for e in decoded.evidence)


def _assemble(
    page: Page,
    decoded: Decoded,
    texts: Sequence[Restored],
    cleaned: Cleaned,
    facts: Facts,
    rejection: Rejection | None,
) -> Report:
    repairs = locate_repairs(texts, cleaned)
    if texts[0].script == "traditional":
        cleaned, facts = as_written(cleaned, facts, texts, repairs)
    quality, deductions = rate(decoded, texts[0], cleaned, repairs)
    return Report(
        url=page.url,
        site_type=cleaned.site_type,
        encoding=decoded.encoding,
        script=texts[0].script,
        title=cleaned.title,
        published_at=cleaned.published_at,
        published_precision=cleaned.published_precision,
        source=cleaned.source,
        reporters=cleaned.reporters,
        editors=cleaned.editors,
        paragraphs=cleaned.paragraphs,
        body_as_found=undo(cleaned.body, repairs),
        truncated=cleaned.truncated,
        is_meeting_report=facts.is_meeting_report,
        genre=facts.genre,
        meetings=facts.meetings,
        statements=facts.statements,
        documents=facts.documents,
        terms=facts.terms,
        document=cleaned.document,
        cuts=cleaned.cuts,
        repairs=repairs,
        evidence=(*decoded.evidence, *texts[0].evidence, *cleaned.evidence, *facts.evidence, *deductions),
        rejection=rejection,
        quality=quality,
    )


def _trace(error: Exception) -> str:
    """The error and the innermost place of our own code that it passed."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "/pipelines/" in f.filename]
    where = f" at {frames[-1].filename.rsplit('/pipelines/', 1)[1]}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}: {error}{where}"
