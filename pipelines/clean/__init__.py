"""Clean: from a page's text to the article alone, with all that was cut, and what the page says about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from crawler.records import Cleaned, Cut, Evidence, Repair
from crawler.sites import Site
from pipelines.clean.blocks import PageBlocks, parse
from pipelines.clean.body import Choice, choose_body, left_outside
from pipelines.clean.byline import byline_blocks, read_byline
from pipelines.clean.document import DocumentPage, read_document
from pipelines.clean.kind import find_site_type
from pipelines.clean.packed import beside_title
from pipelines.clean.pages import join_pages
from pipelines.clean.parts import cut_parts, find_brands
from pipelines.clean.published import choose_published
from pipelines.clean.punctuation import normalise
from pipelines.clean.reject import find_rejection
from pipelines.clean.segments import is_chained, join_segments
from pipelines.clean.selectors import read_selectors
from pipelines.clean.title import choose_title
from pipelines.clean.trim import Trimmed, cut_outside, trim
from pipelines.clean.truncation import is_truncated
from pipelines.clean.wraps import join_pages_torn, join_positioned, join_torn, join_wrapped

__all__ = ["clean", "join_pages"]

_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|p|br|table|meta|span|section|article)\b[^<>]*>", re.I)
_BELOW = 2  # lines below the text among which its day may stand


def clean(
    text: str,
    *,
    url: str = "",
    content_type: str | None = None,
    site: Site | None = None,
    fetched_at: datetime | None = None,
) -> Cleaned:
    """Find the article in a decoded and restored page; never raises, whatever the text.

    ``content_type`` ``text/plain`` means that a line is a block; without one, markup is looked for.

    >>> html = "<h1>县政府常务会议召开</h1><div id=zoom>3月6日,县长柏远主持召开县政府常务会议。<p>分享到："
    >>> page = clean(html)
    >>> page.title, page.body, page.cuts[-1].rule
    ('县政府常务会议召开', '3月6日，县长柏远主持召开县政府常务会议。', 'share_bar')
    """
    selectors, faults = read_selectors(site)
    page = parse(text, _is_html(text, content_type), selectors)
    title, title_block, evidence = choose_title(page, site, url)
    document = read_document(page, site)
    choice = _document_choice(document) or choose_body(page, site, title_block)
    body = range(choice.start, choice.stop) if choice else range(0)
    byline = read_byline(page, frozenset(body), site, title_block)
    if byline.source is None and (metas := beside_title(page.scripts, title or "")):
        page = replace(page, metas=(*page.metas, *metas))
        byline = read_byline(page, frozenset(body), site, title_block)
    dated = (*document.uploaded, *byline_blocks(page, frozenset(body), title_block))
    title = document.title or title
    trimmed = trim(page, choice, title, title_block, byline) if choice else Trimmed((), ())
    last = trimmed.kept[-1][0].index if trimmed.kept else body.stop
    below = page.blocks[body.start : last + 1 + _BELOW]
    published = choose_published(page, dated, url, fetched_at, below)
    if published.precision in (None, "day") and (metas := beside_title(page.scripts, title or "")):
        published = choose_published(
            replace(page, metas=(*page.metas, *metas)), dated, url, fetched_at, below
        )
    texts, cuts = _texts(page, trimmed, site, document, title)
    texts, wraps = join_wrapped(texts)
    texts, torn = join_torn(texts)
    paragraphs, rewrites = _normalise(texts)
    errors = [Evidence("clean", "selector", fault, "selector_error", chosen=False) for fault in faults]
    notes = (*errors, *evidence, *published.evidence, *byline.evidence, *document.evidence, *wraps, *torn)
    cleaned = Cleaned(
        site_type=None,
        title=normalise(title)[0] if title else None,
        published_at=published.at,
        published_precision=published.precision,
        source=document.source or byline.source,
        reporters=byline.reporters,
        editors=byline.editors,
        paragraphs=paragraphs,
        truncated=document.truncated or is_truncated(paragraphs, trimmed.ended_by, cuts),
        document=document.document,
        cuts=(*cut_outside(page, choice), *cuts) if choice else cuts,
        rewrites=rewrites,
        evidence=(*notes, *_body_evidence(page, choice, title, paragraphs, title_block)),
    )
    cleaned = replace(cleaned, site_type=find_site_type(cleaned, page, url, site))
    return replace(cleaned, rejection=find_rejection(cleaned, page))


def _is_html(text: str, content_type: str | None) -> bool:
    """The header decides, unless it is silent; a body that plainly is markup is read as such."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind == "text/plain":
        return False
    return "html" in kind or "xml" in kind or _MARKUP.search(text, 0, 50_000) is not None


def _document_choice(document: DocumentPage) -> Choice | None:
    """The text of a shared document, as its template marks it."""
    if not document.text:
        return None
    start, stop = min(document.text), max(document.text) + 1
    removed = frozenset(range(start, stop)) - frozenset(document.text)
    return Choice(start, stop, f"template {document.template}", "", (), removed)


def _texts(
    page: PageBlocks, trimmed: Trimmed, site: Site | None, document: DocumentPage, title: str | None
) -> tuple[list[str], tuple[Cut, ...]]:
    """The kept lines without what stands inside them, joined when they are pieces of a document."""
    kept = join_pages_torn(join_positioned(trimmed.kept), page.blocks)
    pairs = [(text, block.path) for block, text in kept]
    joined: tuple[Cut, ...] = ()
    if document.template or is_chained([text for text, _ in pairs]):
        pages = document.document.pages if document.document else None
        whole = join_segments([text for text, _ in pairs], title, pages)
        pairs, joined = [(text, "joined text") for text in whole.paragraphs], whole.cuts
    texts, cuts = cut_parts(pairs, find_brands(page, site))
    return [text for text in texts if text], (*trimmed.cuts, *joined, *cuts)


def _normalise(paragraphs: Sequence[str]) -> tuple[tuple[str, ...], tuple[Repair, ...]]:
    """Marks and blanks in one form; the changes count in the body, a newline between paragraphs included."""
    texts: list[str] = []
    changes: list[Repair] = []
    at = 0
    for paragraph in paragraphs:
        text, found = normalise(paragraph, at)
        if not text:
            continue
        texts.append(text)
        changes += found
        at += len(text) + 1
    return tuple(texts), tuple(changes)


def _body_evidence(
    page: PageBlocks,
    choice: Choice | None,
    title: str | None,
    paragraphs: Sequence[str],
    title_block: int | None,
) -> tuple[Evidence, ...]:
    """How the body was chosen, and what speaks against the choice."""
    if choice is None:
        return (Evidence("clean", "body", "", "no_body", chosen=False),)
    found = list(choice.evidence)
    for index in left_outside(page, choice, title_block) if page.is_html else ():
        block = page.blocks[index]
        found.append(Evidence("clean", "body", block.text[:60], "left_outside", block.path, chosen=False))
    if title and paragraphs and set(title).isdisjoint("".join(paragraphs)):
        found.append(Evidence("clean", "body", title, "shares_nothing_with_title", choice.place))
    if page.unpacked:
        found.append(Evidence("clean", "body", choice.place, "unpacked", "form field or script"))
    if not page.complete:
        found.append(Evidence("clean", "page", str(len(page.blocks)), "too_large", "blocks read"))
    return tuple(found)
