"""Who wrote, edited and first published a report: the byline, the lines after the body, the dateline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from crawler.records import Evidence
from crawler.sites import Site
from pipelines.clean.blocks import Block, PageBlocks
from pipelines.clean.credits import (
    Credit,
    field_credits,
    read_closing,
    read_credit_line,
    read_dateline,
    read_unlabelled,
)
from pipelines.clean.fields import Field, is_byline, label_kind, read_fields
from pipelines.clean.headlines import is_masthead
from pipelines.clean.moments import find_moments, is_time
from pipelines.clean.papers import claim_of_sheet, claim_of_window, days_of_sheet, is_paper
from pipelines.clean.sources import (
    Claim,
    choose_source,
    claim_of_closing,
    claim_of_dateline,
    claims_of_block,
    claims_of_head,
    claims_of_hidden,
    is_issuer,
    is_label,
)
from pipelines.clean.zones import Zones, columns_of, find_zones, is_paragraph

_ORIGINAL = re.compile(
    r"[（(【\[]?(?:本文|文章)?原(?:标|文标)?题(?:目)?(?:为|是)?\s*(?:[:：]\s*《?|《)(?P<title>[^《》\n]{4,120}?)》?\s*[)）】\]]?\s*$"
)
_LONGEST_ORIGINAL = 160
_MAKERS = frozenset({"source", "published", "updated", "reporters", "editors", "photographers"})
_HEAD_LINE = 40  # characters of a line between title and text that is not text yet
_CLOSING = 0.6  # what a claim behind the text counts for; a label is then still more than a class
_FIRST_LINES = 3  # lines of the text among which a dateline is
_NEXT = 3  # lines behind the text among which a time alone is looked for
_TAIL = 80  # characters of a paragraph's end that may be a glued editor's field
_LINKED = 0.5  # share of a link from which a line speaks of another report
_DATED = re.compile(r"\d[:：]\d{2}|星期")
_STOP = re.compile(
    r"[。！？!?”）)】]\s*(?=[（(【\[]?\s*(?:责\s*任\s*)?(?:编\s*辑|责编|审核|[初一]审)\s*[:：|｜丨]"
    r"|[（(【\[][^（）()。]{2,60}\s(?:编\s*辑|责编|审核|[初复终一二三]审)\s*[:：])"
)


class BylineCut(NamedTuple):
    """``page.blocks[block].text[start:end]`` is byline, not text; ``rule`` names why."""

    rule: str
    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Byline:
    """What a page says about its makers; ``cuts`` cover whole blocks or the end of one."""

    source: str | None = None
    reporters: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()
    original_title: str | None = None
    cuts: tuple[BylineCut, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class _Named(NamedTuple):
    credit: Credit
    place: str


def byline_blocks(page: PageBlocks, body: Set[int], title_block: int | None = None) -> tuple[Block, ...]:
    """The blocks that may date the page, the surest first.

    They are those between title and text, labelled lines in and after the text, and of those above the title
    what has a time of day or a weekday: a day alone there is today's as a rule. When none of them has a date,
    a time that stands alone next to the text's end counts: galleries print it there.
    """
    zones = find_zones(page, body, title_block)
    above = [b for b in zones.above if _is_credit(b) or _is_dating(b) or is_masthead(b.text)]
    above += [b for b in zones.above if _DATED.search(b.text[:_HEAD_LINE])]
    above += [b for label, b in pairwise(zones.above) if label_kind(label.text) == "published"]
    above += days_of_sheet(page.blocks, zones.above)
    after = [
        block for block in (*zones.closing, *zones.footer) if is_byline(block.text) and _is_credit(block)
    ]
    dated = any(find_moments(block.text[:_HEAD_LINE]) for block in (*zones.header, *after, *above))
    bare = () if dated else (block for block in zones.footer[:_NEXT] if is_time(block.text))
    seen = {block.index: block for block in (*zones.header, *after, *above, *bare)}
    return tuple(seen.values())


def read_byline(
    page: PageBlocks, body: Set[int], site: Site | None = None, title_block: int | None = None
) -> Byline:
    """Read the makers of the report whose text stands in the blocks ``body``.

    Cuts are given for blocks of ``body`` only: whole lines that are nothing but byline, and an editor's field
    glued to the last sentence. A dateline and a closing bracket with names stay in the text.

    >>> lines = ["来源：青溪日报 记者：柏远山", "3月6日，县委召开会议。", "责任编辑：李青禾"]
    >>> page = PageBlocks(tuple(Block(i, text, f"line {i + 1}", "line") for i, text in enumerate(lines)))
    >>> byline = read_byline(page, {0, 1, 2})
    >>> byline.source, byline.reporters, byline.editors, [cut.block for cut in byline.cuts]
    ('青溪日报', ('柏远山',), ('李青禾',), [0, 2])
    """
    zones = find_zones(page, body, title_block)
    cuts = tuple(_cuts(zones))
    whole = {cut.block for cut in cuts if cut.start == 0}
    claims = [*_claims(page, zones, whole, title_block)]
    named = [*_names_of(zones, whole)]
    original = next(_originals((*zones.header, *zones.opening, *zones.closing, *zones.footer)), None)
    source = choose_source(claims)
    evidence = [
        Evidence("clean", "source", claim.value, claim.rule, claim.place, claim.weight / 4, claim is source)
        for claim in claims
    ]
    evidence += [
        Evidence("clean", item.credit.kind, name, item.credit.rule, item.place)
        for item in named
        for name in item.credit.names
    ]
    if original:
        evidence.append(Evidence("clean", "original_title", original, "original_title"))
    return Byline(
        source.value if source else None,
        _collect(named, "reporters"),
        _collect(named, "editors"),
        _collect(named, "photographers"),
        original,
        cuts,
        tuple(evidence),
    )


def _collect(named: Iterable[_Named], kind: str) -> tuple[str, ...]:
    """Names of a kind in order, each once (a blank inside does not make another name)."""
    names: dict[str, str] = {}
    for item in named:
        if item.credit.kind == kind:
            for name in item.credit.names:
                names.setdefault(re.sub(r"\s", "", name), name)
    return tuple(names.values())


def _claims(page: PageBlocks, zones: Zones, whole: Set[int], title_block: int | None) -> Iterator[Claim]:
    above = [
        b
        for b in zones.above
        if _is_credit(b) or _is_dated(b) or _is_issued(b) or is_label(b.text) or is_paper(b.text)
    ]
    header = [*zones.header, *above, *(block for block in zones.opening if block.index in whole)]
    columns = columns_of((*zones.above, *zones.header))
    for block in header:
        around = page.blocks[max(0, block.index - 1) : block.index], page.blocks[block.index + 1 :][:1]
        yield from claim_of_sheet(block)
        claims = claims_of_block(block, *around, is_title=block.index == title_block)
        yield from (claim for claim in claims if claim.rule == "label" or claim.value not in columns)
    for block in zones.opening[:_FIRST_LINES]:
        yield from claim_of_dateline(block)
    for block in (*zones.closing[-_FIRST_LINES:], *zones.footer[:_FIRST_LINES]):
        yield from claim_of_closing(block)
    yield from claims_of_head(page.metas)
    yield from claim_of_window(page.title_tag)
    yield from claims_of_hidden(page.hidden)
    opening = {block.index for block in zones.opening}
    after = [block for block in zones.closing if block.index in whole and block.index not in opening]
    for block in (*after, *(block for block in zones.footer if _is_credit(block))):
        yield from (claim._replace(weight=claim.weight * _CLOSING) for claim in claims_of_block(block))


def _is_credit(block: Block) -> bool:
    """Whether a line begins with a field of the byline, as a list of other reports does not."""
    fields = read_fields(block.text)
    told = next((field for field in fields if field.value or field.kind in _MAKERS), None)
    return told is not None and told.kind in _MAKERS and fields[0].start <= 6


def _is_dating(block: Block) -> bool:
    """Whether a row of a table says in any cell when the document was published."""
    fields = read_fields(block.text) if block.tag == "tr" else ()
    return any(field.kind == "published" and field.value for field in fields)


def _is_issued(block: Block) -> bool:
    """Whether a line of a table above the title names who issued the document."""
    return any(map(is_issuer, read_fields(block.text)[:2]))


def _is_dated(block: Block) -> bool:
    """Whether a line is a masthead, or a time of day and a field of the byline (要闻 … 06:00 来源：…)."""
    if is_masthead(block.text):
        return True
    fields = read_fields(block.text) if len(block.text) <= _TAIL else ()
    moments = find_moments(block.text[: fields[0].start]) if fields and fields[0].kind in _MAKERS else []
    return any(moment.precision != "day" for moment in moments)


def _names_of(zones: Zones, whole: Set[int]) -> Iterator[_Named]:
    yield from _names_of_lines(zones.header)
    for block in zones.opening:
        credits = _line_credits(block) if block.index in whole else read_dateline(block.text)
        yield from (_Named(credit, block.path) for credit in credits)
    opening = {block.index for block in zones.opening}
    for block in zones.closing:
        if block.index in whole:
            credits = _line_credits(block) if block.index not in opening else ()
        else:
            glued = _glued(block.text)
            bracket = read_closing(block.text) if block.link_share < _LINKED else ()
            credits = (*bracket, *field_credits(read_fields(glued), "glued_field"))
        yield from (_Named(credit, block.path) for credit in credits)
    yield from _names_of_lines(zones.footer)


def _names_of_lines(blocks: Iterable[Block]) -> Iterator[_Named]:
    for block in blocks:
        credits = _line_credits(block, labelled_only=block.link_share > 0.9)
        yield from (_Named(credit, block.path) for credit in credits)


def _line_credits(block: Block, *, labelled_only: bool = False) -> tuple[Credit, ...]:
    fields: tuple[Field, ...] = read_fields(block.text)
    if fields and (is_byline(block.text) or fields[0].kind in _MAKERS):
        ahead = read_credit_line(block.text[: fields[0].start])  # 记者 柏远山 文/图 来源：…
        return (*ahead, *field_credits(fields, "label"))
    return () if labelled_only else read_credit_line(block.text) or read_unlabelled(block.text)


def _cuts(zones: Zones) -> Iterator[BylineCut]:
    """The byline's lines at the start of the text, those at its end, and what is glued to a last sentence."""
    seen = set[int]()
    lines: list[Block] = []  # between title and byline: a second line of the title, tools
    for block in zones.opening:
        rule = _whole_line(block)
        if rule is None:
            if len(block.text) > _HEAD_LINE or is_paragraph(block):
                break
            lines.append(block)
            continue
        text_follows = any(after.index > block.index and is_paragraph(after) for after in zones.closing)
        for line in lines if rule == "byline" and text_follows else ():
            seen.add(line.index)
            yield BylineCut("above_byline", line.index, 0, len(line.text))
        lines.clear()
        seen.add(block.index)
        yield BylineCut(rule, block.index, 0, len(block.text))
    for block in zones.closing:
        if block.index in seen:
            continue
        if rule := _whole_line(block, closing=True):
            yield BylineCut(rule, block.index, 0, len(block.text))
        elif glued := _glued(block.text):
            yield BylineCut("editor_line", block.index, len(block.text) - len(glued), len(block.text))


def _whole_line(block: Block, *, closing: bool = False) -> str | None:
    """The rule by which a block is nothing but byline, None for text."""
    text = block.text
    if _read_original(text):
        return "original_title"
    if is_byline(text) and (_is_credit(block) if closing else True):
        return "editor_line" if closing else "byline"
    return "credit_line" if read_credit_line(text) else None


def _glued(text: str) -> str:
    """The editor's field glued to the end of a paragraph (…落实。责任编辑：柏远山), or an empty text."""
    tail = text[-_TAIL:]
    match = _STOP.search(tail)
    rest = tail[match.end() :] if match else ""
    fields = read_fields(rest)
    kinds = {field.kind for field in fields}
    return rest if "editors" in kinds and kinds <= _MAKERS | {"other"} and "。" not in rest else ""


def _originals(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if title := _read_original(block.text):
            yield title


def _read_original(text: str) -> str | None:
    """The title that a line calls the original one (原标题：…, 原题为《…》), None for other lines."""
    match = _ORIGINAL.match(text.strip()) if len(text) <= _LONGEST_ORIGINAL else None
    return match["title"].strip() if match else None
