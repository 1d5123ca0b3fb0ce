"""What a list page holds: links to reports, each with the day that stands beside it, and the next list page.

Links are read from the decoded text with the page's own encoding, never from the restored text: a converted
path is a broken link.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import islice

from lxml.html import HtmlElement
from parsel import Selector

from crawler.records import Page, Rejection
from crawler.sites import Site
from crawler.urls import absolute, belongs, canonical
from pipelines.decode import decode
from spiders.paging import next_pages, tree_of

MAX_LINKS = 2000  # links taken from one list page; real ones hold 10 to 500
_CLIMB = 4  # elements looked at around a link for its day
_NEARBY_NODES = 60
_NEARBY_CHARS = 400
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-./年]\s?(\d{1,2})\s?[-./月]\s?(\d{1,2})(?!\d)")
_DAY_IN_ADDRESS = (
    re.compile(r"/t((?:19|20)\d\d)(\d\d)(\d\d)_\d"),  # TRS
    re.compile(r"/((?:19|20)\d\d)[-/](\d{1,2})[-/](\d{1,2})(?=/|_)"),  # /2023-03/… is no day
    re.compile(r"/((?:19|20)\d\d)[-/]?(\d\d)[-/]?(\d\d)(?=/|_|\.)"),
)


@dataclass(frozen=True, slots=True)
class ReportLink:
    """A link to a report: canonical address, and the day that the list or the address gives, if any."""

    url: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class ListPage:
    """What a list page holds, in the order of the page."""

    links: tuple[ReportLink, ...] = ()
    next_pages: tuple[str, ...] = ()
    rejection: Rejection | None = None


def read_list(page: Page) -> ListPage:
    """Read a list page of a site (``page.site`` must be set); empty when it holds no link to a report.

    Never raises, whatever the bytes; a page that cannot be decoded comes back with its rejection.
    """
    assert page.site is not None  # noqa: S101 - a list page always belongs to a site
    decoded = decode(page.body, page.content_type)
    if decoded.rejection:
        return ListPage(rejection=decoded.rejection)
    return read_list_text(decoded.text, page.url, page.site, decoded.encoding)


def read_list_text(text: str, url: str, site: Site, encoding: str = "utf-8") -> ListPage:
    """The same for text that is decoded already; ``encoding`` is that of the page's bytes."""
    tree = tree_of(text)
    base = _base(tree, url)
    found: dict[HtmlElement, str] = {}
    report = re.compile(site.lists.report)
    for root in (tree, *_records(tree)):
        for anchor in root.css(site.lists.links)[: 4 * MAX_LINKS]:
            address = _address(anchor.attrib.get("href", ""), base, site, encoding)
            if address is not None and report.search(address):
                found[anchor.root] = address
    links = _dated(found)
    onward = next_pages(tree, base, url, site, encoding)
    return ListPage(links, tuple(u for u in onward if u not in found.values()))


def day_in(text: str) -> date | None:
    """The first full day in a text, year first.

    >>> day_in("青溪县召开防汛会议 [2023年3月6日]")
    datetime.date(2023, 3, 6)
    >>> day_in("03-06") is None
    True
    """
    return next((day for match in _DAY.finditer(text) if (day := _day(match))), None)


def day_in_address(url: str) -> date | None:
    """The day that an address carries, as CMS families write it.

    >>> day_in_address("http://example.com/xw/202303/t20230306_4101.html")
    datetime.date(2023, 3, 6)
    """
    for pattern in _DAY_IN_ADDRESS:
        for match in pattern.finditer(url):
            if day := _day(match):
                return day
    return None


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def _base(tree: Selector, url: str) -> str:
    href = tree.xpath("//base/@href").get()
    return (absolute(url, href) if href else None) or url


def _records(tree: Selector) -> list[Selector]:
    """Hanweb sites hide their links as CDATA records in ``<script type="text/xml">``."""
    scripts = tree.xpath("//script[@type='text/xml']//text()").getall()
    return [tree_of("".join(_cdata(text))) for text in scripts]


def _cdata(text: str) -> list[str]:
    """Contents of the CDATA sections of a text."""
    pieces = (piece.partition("]]>") for piece in text.split("<![CDATA[")[1:])
    return [content for content, closed, _ in pieces if closed]


def _address(href: str, base: str, site: Site, encoding: str) -> str | None:
    address = absolute(base, href, encoding)
    if address is None or not belongs(address, site.hosts):
        return None
    return canonical(address, site.ignored_queries)


def _dated(found: dict[HtmlElement, str]) -> tuple[ReportLink, ...]:
    """One link for each address, in the order of the page, with the first day found for it."""
    days: dict[str, date | None] = {}
    for anchor, address in found.items():
        if days.get(address) is None and (address in days or len(days) < MAX_LINKS):
            days[address] = _day_beside(anchor, found) or day_in_address(address)
    return tuple(ReportLink(address, day) for address, day in days.items())


def _day_beside(anchor: HtmlElement, found: dict[HtmlElement, str]) -> date | None:
    """The day in the smallest element around a link that holds no other report; not one in the title."""
    own = set(islice(anchor.iter(), _NEARBY_NODES))
    element = anchor.getparent()
    for _ in range(_CLIMB):
        if element is None or element.tag in ("body", "html"):
            break
        nearby = _nearby(element)
        if any(node in found and found[node] != found[anchor] for node in nearby):
            break
        if day := day_in(_text(nearby, own)):
            return day
        element = element.getparent()
    spans = [node.text or "" for node in own if node is not anchor]
    return day_in(" ".join(spans))


def _nearby(element: HtmlElement) -> list[HtmlElement]:
    return list(islice(element.iter(), _NEARBY_NODES))


def _text(nodes: list[HtmlElement], own: set[HtmlElement]) -> str:
    """Text of the nodes without the link's own, a little of it only."""
    pieces: list[str] = []
    for at, node in enumerate(nodes):
        if isinstance(node.tag, str) and node not in own:
            pieces.append((node.text or "")[:_NEARBY_CHARS])
        if at:
            pieces.append((node.tail or "")[:_NEARBY_CHARS])
    return " ".join(pieces)
