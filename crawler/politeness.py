"""Being a polite guest: robots.txt with its Crawl-delay, and Retry-After.

The rules of RFC 9309: a missing robots.txt (4xx) allows all; one that the server cannot give (5xx, no answer)
forbids all for now, so the pages fail and are asked again by a later run.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.settings import BaseSettings

from crawler.errors import FetchError, Refused

MAX_CRAWL_DELAY = 60.0  # seconds; a site that asks for more gets this
MAX_RETRY_AFTER = 60.0  # seconds a run waits for a busy site; beyond that the page fails and stays due
_BUSY = frozenset({429, 503})


class Robots(RobotsTxtMiddleware):
    """robots.txt of each host, read once a run; a forbidden page is refused under the name ``robots``."""

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        """Scrapy reads whatever came, an error page too; the status decides first."""
        if response.status >= 500:
            self._unavailable[netloc] = f"HTTP {response.status}"
        rules = response.body if response.status == 200 else b""
        await super()._parse_robots(response.replace(body=rules), netloc, request)
        self._slow_down(Protego.parse(rules.decode("utf-8", "replace")), netloc)

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._unavailable: dict[str, str] = {}

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        """No answer forbids all for now; one that leads off the site or in circles counts as none."""
        if not isinstance(exc, Refused | IgnoreRequest):
            self._unavailable[netloc] = f"{type(exc).__name__}: {exc}"
        super()._robots_error(exc, netloc)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Let a request pass. Raises Refused when robots.txt forbids it, FetchError when it cannot be had."""
        agent, host = self.crawler.settings["USER_AGENT"], urlsplit(request.url).netloc
        if why := self._unavailable.get(host):
            raise FetchError(f"robots.txt of {host} cannot be had just now ({why})")
        if rp is None or rp.allowed(request.url, agent):
            return
        raise Refused("robots", f"robots.txt of {host} forbids {urlsplit(request.url).path}")

    def _slow_down(self, rules: Protego, netloc: str) -> None:
        """Crawl-delay raises the delay between requests to the host, one at a time; it never lowers it."""
        asked = rules.crawl_delay(self.crawler.settings["USER_AGENT"])
        if not asked:
            return
        downloader = self.crawler.engine.downloader
        host = urlsplit(f"//{netloc}").hostname or ""
        delay = max(min(float(asked), MAX_CRAWL_DELAY), self.crawler.settings.getfloat("DOWNLOAD_DELAY"))
        downloader.per_slot_settings[host] = {"delay": delay, "concurrency": 1}
        if slot := downloader.slots.get(host):
            slot.delay, slot.concurrency = delay, 1


class Patience(RetryMiddleware):
    """Retries; a host that names a time in Retry-After is left alone for it, all its pages included."""

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self._not_before: dict[str, float] = {}

    async def process_request(self, request: Request) -> None:
        """Hold a request back while its host wants to be left alone."""
        wait = self._not_before.get(urlsplit(request.url).netloc, 0.0) - monotonic()
        if wait > 0:
            await asyncio.sleep(wait)

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Retry what may heal; a wait that is too long ends the page for this run."""
        if response.status in _BUSY:
            wait = retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
            if wait > MAX_RETRY_AFTER:
                return response
            self._not_before[urlsplit(request.url).netloc] = monotonic() + wait
        return super().process_response(request, response)


def retry_after(value: bytes | None, now: datetime) -> float:
    """Seconds that a Retry-After header asks for (RFC 9110 10.2.3: seconds or a date); 0 when there is none.

    >>> retry_after(b"120", datetime(2026, 1, 1, tzinfo=UTC))
    120.0
    """
    if value is None:
        return 0.0
    text = value.decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
