"""How a list goes on to its next page.

The site's own words decide: a selector of the site file, ``rel="next"``, the text 下一页, the paging call of
TRS systems, Hanweb's record count. An address is never counted up blindly: page 2 is ``index_1`` on one
system and ``index_2`` on another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from parsel import Selector

from crawler.sites import Site
from crawler.urls import absolute, belongs, canonical

NEXT = re.compile(
    r"[\[【<《(（]?\s*(?:下一?[页頁]|[后後]一?[页頁]|next(?:\s+page)?)\s*[>›»》→\])）】]*|[>›»]{1,2}",
    re.IGNORECASE,
)
# createPageHTML(total, current from 0, "index", "html") of TRS; others put the box's id first and count from
# 1. Both write page ``current + 1`` next.
PAGE_CALL = re.compile(
    r"""createPageHTML\s*\(\s*(?:["'][\w-]*["']\s*,\s*)?(\d{1,6})\s*,\s*(\d{1,6})\s*,"""
    r"""\s*["']([\w./-]{1,100})["']\s*,\s*["'](\w{1,10})["']"""
)
_TOTAL = re.compile(r"<totalpage>(\d{1,6})</totalpage>", re.IGNORECASE)
_ANCHORS = "//a[@href]"
MAX_ANCHORS = 20_000


def tree_of(text: str) -> Selector:
    """The tree of a page, whatever the text; lone surrogates become question marks."""
    return Selector(body=text.encode("utf-8", "replace") or b" ", encoding="utf-8", type="html")


def next_pages(tree: Selector, base: str, url: str, site: Site, encoding: str = "utf-8") -> tuple[str, ...]:
    """Address of the next list page, canonical, at most one; empty at the end of the list."""
    here = canonical(url, site.ignored_queries)
    for href in _next_hrefs(tree, url, site):
        address = absolute(base, href, encoding)
        if address is None or not belongs(address, site.hosts):
            continue
        address = canonical(address, site.ignored_queries)
        if address != here:
            return (address,)
    return ()


def _next_hrefs(tree: Selector, url: str, site: Site) -> Iterator[str]:
    if site.lists.next:
        yield from tree.css(site.lists.next).xpath("@href").getall()
        return
    yield from tree.xpath("//link[@rel='next']/@href | //a[@rel='next']/@href").getall()
    for anchor in tree.xpath(_ANCHORS)[:MAX_ANCHORS]:
        words = "".join(anchor.xpath(".//text()").getall()[:5]) or anchor.attrib.get("title", "")
        if NEXT.fullmatch(words.strip()) and not anchor.attrib["href"].lower().startswith("javascript"):
            yield anchor.attrib["href"]
    for script in tree.xpath("//script/text()").getall():
        yield from _called_page(script)
    yield from _hanweb_page(tree, url)


def _called_page(script: str) -> Iterator[str]:
    """The next page by a paging call that is really made: its definition holds no figures."""
    for match in PAGE_CALL.finditer(script):
        total, current, name, extension = int(match[1]), int(match[2]), match[3], match[4]
        if current + 1 < total or (current + 1 == total and current > 0 and counts_from_one(match)):
            yield f"{name}_{current + 1}.{extension}"


def counts_from_one(match: re.Match[str]) -> bool:
    """Whether a paging call has the form with the box's id first, which counts its pages from 1."""
    return match.group().partition("(")[2].lstrip()[:1] in "\"'"


def _hanweb_page(tree: Selector, url: str) -> Iterator[str]:
    """Hanweb counts its pages in ``<totalpage>``; the address carries ``uid`` and ``pageNum``."""
    for script in tree.xpath("//div[@id]/script[@type='text/xml']"):
        total = _TOTAL.search(script.xpath("string()").get() or "")
        parts = urlsplit(url)
        asked = dict(parse_qsl(parts.query))
        current = asked.get("pageNum", "1")
        if total and current.isascii() and current.isdigit() and int(current) < int(total[1]):
            unit = script.xpath("../@id").get() or ""
            query = urlencode(asked | {"uid": unit, "pageNum": str(int(current) + 1)})
            yield urlunsplit(parts._replace(query=query))
