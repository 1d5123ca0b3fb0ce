"""Which further pages an article has, and the walk through them: in order, each once, with an end.

A further page bears the article's address with a number, and the link to it has the words of a page bar (2,
第2页, 下一页, 尾页): a link with a headline leads to another article, however its address looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlsplit

from crawler.records import Page, Part
from crawler.urls import absolute, canonical
from pipelines.decode import decode
from spiders.paging import NEXT, PAGE_CALL, counts_from_one, tree_of

MAX_PARTS = 20  # pages of one article, the first included
_KEYS = "page|p|pn|pg|pageno|page_no|pagenum|pageindex|curpage|currpage|currentpage"
_FIGURE = r"(?:\d{1,3}|[二三四五六七八九十]{1,3})"
_ONWARD = re.compile(
    rf"[\[【<《(（]?\s*(?:第\s*)?{_FIGURE}\s*[页頁]?\s*[\]】>》)）]?|第\s*{_FIGURE}\s*[页頁]\s*[:：、\s].{{1,80}}"
    r"|[\[【(（]?\s*(?:尾[页頁]|末[页頁]|最后一?[页頁]|[余剩]下?[的]?全文|阅读全文|展开全文|查看全文|last)\s*[>»]*[\]】)）]?",
    re.IGNORECASE,
)
_BACK = re.compile(r"[\[【<《(（]?\s*(?:第\s*)?[1一]\s*[页頁]?\s*[\]】>》)）]?")
_QUERY = re.compile(rf"[?&;](?:{_KEYS})=\d".encode(), re.IGNORECASE)
_MOST_LINKS = 5_000
_LINKS = "//a[@href] | //option[@value]"


class Named(NamedTuple):
    """The further pages that a page of an article names: number in the address → address.

    ``form`` is an address with ``{}`` for the number, empty when none is named.
    """

    pages: Mapping[int, str] = {}
    form: str = ""


def parts_of(page: Page) -> Named:
    """The further pages that an article's first page names; none when its bytes cannot be decoded."""
    return _read(page, find_parts)


def find_parts(text: str, url: str) -> Named:
    """The further pages of the article at ``url`` that the text of its first page names.

    >>> find_parts('<a href="8101_2.html">下一页</a>', "http://example.com/xw/8101.html").pages
    {2: 'http://example.com/xw/8101_2.html'}
    >>> find_parts('<a href="8101_2.html">柏远调研春耕</a>', "http://example.com/xw/8101.html").pages
    {}
    """
    folder, stem, ending = _name_of(url)
    if numbers := _called(text, stem):
        form = f"{folder}{stem}_{{}}{ending}"
        return Named({number: form.format(number) for number in numbers}, form)
    return find_linked(text, url)


def find_linked(text: str, url: str) -> Named:
    """The pages that links lead to; the form that comes first counts, for comments have pages too."""
    before = url[: len(url) - len(_bare(url))]
    forms = tuple(_forms(url))
    found: dict[str, dict[int, str]] = {}
    for address in map(_bare, _onward(text, url)):
        if match := next((m for pattern in forms if (m := pattern.fullmatch(address))), None):
            form = f"{before}{address[: match.start(1)]}{{}}{address[match.end(1) :]}"
            found.setdefault(form, {})[int(match[1])] = before + address
    return next((Named(pages, form) for form, pages in found.items()), Named())


def may_have_parts(body: bytes, url: str) -> bool:
    """A quick look at the bytes: whether a search for further pages can find any.

    >>> may_have_parts(b"<p>text</p>", "http://example.com/xw/8101.html")
    False
    """
    _, stem, ending = _name_of(url)
    name = stem.encode()
    named = bool(name) and any(name + mark in body for mark in (b"_", b"-", ending.encode() + b"/"))
    return named or "%" in stem or b"createPageHTML" in body or _QUERY.search(body) is not None


class Walk:
    """The way through the pages of one article: which is wanted next, which were had."""

    def __init__(self, first: Page, named: Named) -> None:
        self._first = first
        self._form = named.form
        self._pages = dict(named.pages)
        self._ahead = 0 if 1 in named.pages else 1  # TRS calls its second page 1, others 2
        self._parts: list[Part] = []

    def next(self) -> Part | None:
        """The page that is wanted now, without its bytes; None at the end or at the limit, which is noted."""
        at = len(self._parts) + 1 + self._ahead
        if len(self._parts) >= MAX_PARTS or at > max(self._pages, default=0):
            return None
        part = Part(len(self._parts) + 2, self._pages.get(at) or self._form.format(at), None, "part_missing")
        if part.number <= MAX_PARTS:
            return part
        self._parts.append(replace(part, rule="part_limit"))
        return None

    def take(self, part: Part, named: Named) -> None:
        """Go on with what a page was, and those that it names; the first page once more is the end."""
        self._parts.append(part)
        if part.body == self._first.body:
            self._pages.clear()
        elif named.form == self._form:
            self._pages |= named.pages

    @property
    def whole(self) -> Page:
        """The first page with all others."""
        return replace(self._first, parts=tuple(self._parts))


def named_by(first: Page, part: Part) -> Named:
    """The pages that a further page of an article links to."""
    return Named() if part.body is None else _read(replace(first, body=part.body), find_linked)


def with_kept_parts(first: Page, kept: Mapping[int, bytes]) -> Page:
    """An article with those of its further pages that an archive has, by their number (2…n)."""
    walk = Walk(first, parts_of(first))
    while part := walk.next():
        part = replace(part, body=kept.get(part.number))
        walk.take(part, named_by(first, part))
    return walk.whole


def _read(page: Page, find: Callable[[str, str], Named]) -> Named:
    if not may_have_parts(page.body, page.url):
        return Named()
    decoded = decode(page.body, page.content_type)
    return Named() if decoded.rejection else find(decoded.text, canonical(page.url))


def _onward(text: str, url: str) -> Iterator[str]:
    """Addresses of the links that lead on within an article, by their words."""
    for link in tree_of(text).xpath(_LINKS)[:_MOST_LINKS]:
        words = "".join(link.xpath(".//text()").getall()[:5]).strip()
        words = words or link.attrib.get("title", "") or link.xpath(".//img/@alt").get() or ""
        if _BACK.fullmatch(words) or not (_ONWARD.fullmatch(words) or NEXT.fullmatch(words)):
            continue
        address = absolute(url, link.attrib.get("href") or link.attrib.get("value", ""))
        if address:
            yield address


def _forms(url: str) -> Iterator[re.Pattern[str]]:
    """How the address of a further page may be made from the article's, the likeliest first."""
    folder, stem, ending = _name_of(url)
    query = urlsplit(url).query
    path = re.escape(_bare(url).partition("?")[0])
    asked = rf"(?:\?{re.escape(query)})?" if query else ""
    if stem:
        yield re.compile(rf"{re.escape(_bare(folder) + stem)}[_-](\d{{1,3}}){re.escape(ending)}{asked}")
    more = re.escape(f"{query}&") if query else ""
    yield re.compile(rf"{path}\?{more}(?:{_KEYS})=(\d{{1,3}})", re.IGNORECASE)
    yield re.compile(rf"{path.rstrip('/')}/(\d{{1,3}})/?{asked}")


def _bare(url: str) -> str:
    """An address without what the two ways to one site differ in."""
    return url.partition("://")[2].removeprefix("www.")


def _name_of(url: str) -> tuple[str, str, str]:
    """Folder (with the slash), stem and ending (with the dot) of an address."""
    folder, _, name = url.partition("?")[0].rstrip("/").rpartition("/")
    stem, dot, ending = name.rpartition(".")
    return (f"{folder}/", stem, dot + ending) if dot else (f"{folder}/", name, "")


def _called(text: str, stem: str) -> range:
    """The numbers that a paging call gives to the further pages; on page 1 it counts from 0 or from 1."""
    for match in PAGE_CALL.finditer(text):
        if match[3] == stem:
            first = 1 if match[2] == "0" and not counts_from_one(match) else 2
            return range(first, min(int(match[1]) + first - 1, MAX_PARTS + 2))
    return range(0)
