"""Document-sharing pages: the fields of a template, and which blocks hold the document's own text.

Templates are told by the words of the rendered text, never by classes, for the same script runs under many
names and looks; fields may come in any order, one a line or run together.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from crawler.records import Document, Evidence
from crawler.sites import Site
from pipelines.clean.blocks import Block, PageBlocks
from pipelines.clean.similar import choose_section
from pipelines.clean.title_tag import fold
from pipelines.clean.weights import is_prose

_FILE_LINE = re.compile(
    r"^(?P<title>.{2,160}?)\s*\.(?:docx?|pdf|pptx?|xlsx?|txt|wps|rtf)(?:_第\d+页)?$", re.I
)
_CRUMB = re.compile(r"[>›»＞→]|位置[:：]")
_SAID = 16  # characters of the title of a file that the window title must hold, which may cut it short
_LINE = 400  # characters of a line that are looked at for anchors
_HEAD = 40_000  # characters of the page that are looked at for fields and names
_WINDOW = "J"  # key of the template that the window title alone tells
_NOTICES = 400  # characters of prose that a site has of its own before a document
_LONG = 60  # characters after an anchor that are text already


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A page of a document-sharing site.

    ``template`` is None for a page of another kind (then all else is empty). ``text`` are the indices of the
    blocks between the anchors of the template (the document's text, in order); ``published`` is the upload
    date as printed; ``truncated`` tells that the page shows a part only.
    """

    document: Document | None = None
    template: str | None = None
    evidence: tuple[Evidence, ...] = ()
    title: str | None = None
    source: str | None = None
    published: str | None = None
    text: tuple[int, ...] = ()
    truncated: bool = False

    @property
    def uploaded(self) -> tuple[Block, ...]:
        """The upload date as a line of a byline, if the template tells one."""
        said = f"上传时间：{self.published}"
        return (Block(0, said, f"template {self.template}", "li"),) if self.published else ()


class _Template(NamedTuple):
    key: str
    all: tuple[re.Pattern[str], ...]
    start: tuple[re.Pattern[str], ...]
    own_end: re.Pattern[str] | None
    end: re.Pattern[str]
    similar: bool


class _Rules(NamedTuple):
    templates: tuple[_Template, ...]
    anchors: re.Pattern[str]
    fields: dict[str, re.Pattern[str]]
    share: re.Pattern[str]
    truncated: re.Pattern[str]
    sites: tuple[re.Pattern[str], ...]
    title_end: re.Pattern[str]
    window: re.Pattern[str]
    domains: dict[str, str]


@cache
def _rules() -> _Rules:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    common = data["common"]
    every = [
        re.escape(label) if label.isalpha() else label
        for labels in data["fields"].values()
        for label in labels
    ]
    stop = rf"(?=\s|$|[|｜]|(?:{'|'.join(every)})\s*[:：])"
    fields = {
        name: re.compile(rf"(?:{'|'.join(labels)})\s*[:：]\s*(?P<value>{data['values'][name]})页?{stop}")
        for name, labels in data["fields"].items()
    }
    templates = tuple(
        _Template(
            entry["key"],
            tuple(re.compile(anchor, re.M) for anchor in entry["all"]),
            tuple(re.compile(anchor) for anchor in entry["start"]),
            re.compile("|".join(entry["end"])) if "end" in entry else None,
            re.compile("|".join(common["end"])),
            entry.get("similar", False),
        )
        for entry in data["templates"]
    )
    anchors = re.compile("|".join(entry["all"][0] for entry in data["templates"]), re.M)
    return _Rules(
        templates,
        anchors,
        fields,
        re.compile(common["share"]),
        re.compile("|".join(common["truncated"])),
        tuple(re.compile(pattern, re.M) for pattern in data["sites"]["patterns"]),
        re.compile(data["sites"]["title"]),
        re.compile(data["sites"]["window"], re.I),
        data["sites"]["domains"],
    )


def read_document(page: PageBlocks, site: Site | None = None) -> DocumentPage:
    """Read the template's fields from the rendered text, by their words, in any order.

    The source is the name of ``site`` when it is known, else the name that the page gives itself.

    >>> lines = ["讲话.docx", "上传人:柏远 文档编号:81 格式:DOCX 页数:3 大小:14.32KB", "资源描述"]
    >>> lines += ["《防汛讲话.docx》由会员分享,可在线阅读。", "1、同志们: 今天开会。", "展开阅读全文"]
    >>> read = read_document(PageBlocks(tuple(Block(i, text, "", "p") for i, text in enumerate(lines))))
    >>> read.template, read.title, read.document.pages, read.document.size, read.text
    ('A', '防汛讲话', 3, '14.32KB', (4,))
    """
    lines = [block.text[:_LINE] for block in page.blocks]
    text = "\n".join(lines)
    template = _find_template(text)
    if template is None:
        return _named_by_window(page, site)
    found = {name: match["value"] for name, p in _rules().fields.items() if (match := p.search(text[:_HEAD]))}
    title = _title(text, lines, page.title_tag or "")
    source, rule = (site.name, "site") if site else _site_name(text, page)
    indices = _text_blocks(page.blocks, lines, template, title or page.title_tag or "")
    return DocumentPage(
        _document(found),
        template.key,
        _evidence(template, found, source, rule),
        title,
        source,
        found.get("published"),
        indices,
        bool(_rules().truncated.search(text)),
    )


def _named_by_window(page: PageBlocks, site: Site | None) -> DocumentPage:
    """A page that shows a document's text only: the window title has its file's ending or pages."""
    named = _rules().window.match((page.title_tag or "")[:200])
    found = {k: v for k in ("format", "pages") if named and (v := named[k])}
    if named is None or not found:
        return DocumentPage()
    source = site.name if site else named["name"]
    template = _Template(_WINDOW, (), (), None, _rules().anchors, False)
    evidence = _evidence(template, found, source, "title_tag")
    return DocumentPage(_document(found), _WINDOW, evidence, named["title"].strip(), source)


def _find_template(text: str) -> _Template | None:
    """The first template all of whose anchors stand on the page."""
    if not _rules().anchors.search(text):
        return None
    return next((t for t in _rules().templates if all(anchor.search(text) for anchor in t.all)), None)


def _document(found: dict[str, str]) -> Document | None:
    if not found.keys() - {"published"}:
        return None
    return Document(
        id=found.get("id"),
        format=found["format"].lstrip(".").upper() if "format" in found else None,
        pages=int(found["pages"]) if "pages" in found else None,
        size=found.get("size"),
        uploader=found.get("uploader"),
    )


def _title(text: str, lines: Sequence[str], window: str) -> str | None:
    """The document's title without the ending of its file: from the sharing sentence, else from a line.

    Of several lines that name files it is the one that the ``window`` title says; the others are lists.
    """
    match = _rules().share.search(text)
    named = _FILE_LINE.match(match["title"]) if match else None
    if match:
        return (named["title"] if named else match["title"]).strip()
    files = [
        named
        for line in lines[:200]
        if (named := _FILE_LINE.match(line)) and not _CRUMB.search(line) and not _has_field(line)
    ]
    said = [named for named in files if fold(named["title"])[:_SAID] in fold(window)]
    alone = files[0] if len({named["title"] for named in files}) == 1 or (files and not window) else None
    one = said[0] if said else alone
    return one["title"].strip() if one else None


def _has_field(line: str) -> bool:
    """Whether a line tells of a file (页数：12 大小：38.6KB .docx) and does not name it."""
    return any(pattern.search(line) for pattern in _rules().fields.values())


def _site_name(text: str, page: PageBlocks) -> tuple[str | None, str]:
    """The site's name as the page prints it, and by which rule."""
    for name, content in page.metas:
        if name in ("og:site_name", "sitename") and 2 <= len(content) <= 20:
            return content.strip(), f"meta {name}"
    for number, pattern in enumerate(_rules().sites, 1):
        if match := pattern.search(text):
            return match["name"], f"site_pattern_{number}"
    if match := _rules().title_end.search((page.title_tag or "")[-40:]):
        return match["name"], "title_tag"
    low = text.lower()
    return next(((name, "domain") for word, name in _rules().domains.items() if word in low), (None, ""))


def _text_blocks(
    blocks: Sequence[Block], lines: Sequence[str], template: _Template, title: str
) -> tuple[int, ...]:
    """Indices of the blocks from a start anchor to the first end mark after it, the first that hold prose.

    A later anchor gives way to an earlier one when most of the text lies between the two.
    """
    best, most = range(0), 0
    for first in (*_starts(lines, template), 0):
        if first == 0 and best:
            break
        behind = [index for index in range(first + 1, len(blocks)) if len(lines[index]) < _LINE]
        stop = next((index for index in behind if template.end.search(lines[index])), len(blocks))
        below = template.own_end  # stands below every page of the document
        stop = max(
            (index for index in behind if index < stop and below and below.search(lines[index])), default=stop
        )
        prose = sum(len(blocks[index].text) for index in range(first, stop) if is_prose(blocks[index]))
        if (prose and not best) or prose > 2 * most + _NOTICES:
            best, most = range(first, stop), prose
    return choose_section(blocks, best, title) if template.similar else tuple(best)


def _starts(lines: Sequence[str], template: _Template) -> Iterator[int]:
    """For each anchor that stands on the page the first line of text behind its last place; the anchor's own
    line when text follows on it."""
    for anchor in template.start:
        hits = [index for index, line in enumerate(lines) if anchor.search(line)]
        if hits:
            line = lines[hits[-1]]
            last = [*anchor.finditer(line)][-1]
            shared = _rules().share.search(line)
            rest = line[last.end() :].partition("搜索")[2] if shared else line[last.end() :]
            yield hits[-1] if len(rest) >= _LONG else hits[-1] + 1


def _evidence(
    template: _Template, found: dict[str, str], source: str | None, rule: str
) -> tuple[Evidence, ...]:
    out = [Evidence("clean", "template", template.key, "anchors")]
    out += [
        Evidence("clean", name, value, "document_field", f"template {template.key}")
        for name, value in found.items()
    ]
    if source:
        out.append(Evidence("clean", "source", source, rule))
    return tuple(out)
