"""One page, once, with the same guard, robots.txt and caps as a crawl; in a process of its own.

A reactor runs once in a process, and a person may ask for several pages.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.config import Settings
from crawler.errors import FetchError
from crawler.files.kinds import kind_of
from crawler.pool import Pool
from crawler.records import Page
from crawler.sites import Politeness, Site
from crawler.urls import canonical
from spiders.parts import Walk, named_by, parts_of

_TIMEOUT = 120.0  # seconds, robots.txt, redirects and retries included
_WITHOUT_A_RUN = {
    "SCHEDULER": "scrapy.core.scheduler.Scheduler",
    "ITEM_PIPELINES": {},
    "LOG_ENABLED": False,
    "LOG_INSTALL_ROOT_HANDLER": False,
}


def fetch(url: str, settings: Settings, *, site: Site | None = None) -> Page:
    """Get one page. ``site`` lends its hosts and its leave to stand on a private address.

    Raises FetchError naming the address and why there is no page.
    """
    with Pool(1, _TIMEOUT) as pool:
        return pool.submit(fetch_here, url, settings, site).result()


def fetch_here(url: str, settings: Settings, site: Site | None) -> Page:
    """The same in this process, which can do it once."""
    try:
        address = canonical(url)
    except ValueError as error:
        raise FetchError(f"{url}: {error}") from error
    scrapy = AsyncCrawlerProcess({**_module_settings(), **_WITHOUT_A_RUN, "USER_AGENT": settings.user_agent})
    answers: list[Page | str] = []
    task = scrapy.crawl(OnePage, address=address, site=site, answers=answers)
    scrapy.start(install_signal_handlers=False)
    answer = answers[0] if answers else f"{task.exception() or 'no answer'}"
    if isinstance(answer, str):
        raise FetchError(f"{url}: {answer}")
    return answer


class OnePage(Spider):
    """Asks for one address and keeps the answer."""

    name = "one-page"

    def __init__(self, address: str, site: Site | None, answers: list[Page | str]) -> None:
        super().__init__()
        self._address = address
        self.site = site
        self._answers = answers

    async def start(self) -> Any:  # noqa: ANN401 - an async generator of requests
        """The one request."""
        yield Request(self._address, callback=self.parse, errback=self.failed)

    async def parse(self, response: Response) -> None:
        """Keep the page with its further pages, or the status when it is none."""
        if response.status != 200:
            self._answers.append(f"HTTP {response.status}")
            return
        kind = response.headers.get("Content-Type")
        content_type = kind.decode("latin-1") if kind else None
        page = Page(response.url, response.body, content_type, response.status, datetime.now(UTC), self.site)
        self._answers.append(await self._with_parts(page))

    async def _with_parts(self, page: Page) -> Page:
        """The whole article; a page of it that cannot be had is missing, and told as such."""
        if kind_of(page.body) is not None:
            return page
        walk = Walk(page, parts_of(page))
        while part := walk.next():
            await asyncio.sleep((self.site.politeness if self.site else Politeness()).delay)
            with suppress(Exception):  # whatever the reason, the page is missing
                response = await self.crawler.engine.download_async(Request(part.url, callback=self.parse))
                part = replace(part, body=response.body if response.status == 200 else None)
            walk.take(part, named_by(page, part))
        return walk.whole

    async def failed(self, failure: Failure) -> None:
        """Keep the reason."""
        self._answers.append(str(failure.value) or type(failure.value).__name__)


def _module_settings() -> dict[str, object]:
    from crawler import settings as module

    return {name: getattr(module, name) for name in dir(module) if name.isupper()}
