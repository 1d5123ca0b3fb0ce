"""The guard: only http(s), only the site's hosts, no private address, no trap, no more than 16 MiB.

A page can redirect anywhere and a name can resolve to anything, so each request is looked at, redirects and
robots.txt included. A name is resolved here once, and the connection uses that very answer: a second lookup
could say something else.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from contextlib import suppress
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.resolver import dnscache

from crawler.errors import ForbiddenAddress, Refused
from crawler.sites import Site
from crawler.urls import belongs, trap

MAX_BYTES = 16 * 1024 * 1024  # of a body, compressed or not
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def forbidden(address: str) -> bool:
    """Whether an IP address is not one of the public internet; an IPv4 address inside IPv6 counts as itself.

    >>> forbidden("127.0.0.1"), forbidden("::ffff:10.0.0.1"), forbidden("1.1.1.1")
    (True, True, False)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return forbidden(str(inner))
    return not ip.is_global or ip.is_multicast


class Guard:
    """Downloader middleware that lets no request out to where a crawl has no business."""

    def __init__(self, site: Site | None) -> None:
        self._site = site

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Guard:
        """The guard of the spider's site; a spider without a site may ask any public address."""
        return cls(getattr(crawler.spider, "site", None))

    async def process_request(self, request: Request) -> None:
        """Let a request pass, or raise Refused."""
        url = request.url
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ForbiddenAddress(f"{url[:200]}: only http and https addresses are asked")
        own = self._site is not None and belongs(url, self._site.hosts)
        if not (own and self._site is not None and self._site.private):
            await _check(parts.hostname)
        if self._site is not None and not own:
            raise Refused("offsite", f"leads to {parts.netloc}, which is not among the site's hosts")
        if shape := trap(url):
            raise Refused(shape, f"{url[:200]} looks like a crawl trap")


class CappedDecompression(HttpCompressionMiddleware):
    """Scrapy's decompression; a body that grows beyond the cap is refused under its own name."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Decompress a body. Raises Refused for a decompression bomb."""
        try:
            return super().process_response(request, response)
        except IgnoreRequest as error:  # the one reason for which Scrapy raises it here
            raise Refused("too_large", f"the body unpacks to more than {MAX_BYTES} bytes") from error


async def _check(host: str) -> None:
    """Resolve a host and pin the answer. Raises ForbiddenAddress when any of its addresses is not public."""
    for address in await _resolve(host):
        if forbidden(address):
            named = host if host == address else f"{host} ({address})"
            raise ForbiddenAddress(f"{named} is not a public address")


async def _resolve(host: str) -> list[str]:
    """Addresses of a host, IPv4 first; none when it does not resolve (the connection then says so)."""
    with suppress(ValueError):
        return [str(ipaddress.ip_address(host))]
    if host in dnscache:
        return [str(dnscache[host])]
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    addresses = sorted({str(entry[4][0]) for entry in found}, key=lambda address: (":" in address, address))
    if addresses and ":" not in addresses[0]:
        dnscache[host] = addresses[0]
    return addresses
