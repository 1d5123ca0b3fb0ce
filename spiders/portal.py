"""County portals and city dailies: column lists with paging, articles that may be split in parts."""

from __future__ import annotations

from typing import ClassVar

from crawler.sites import SiteType
from spiders.base import SiteSpider


class PortalSpider(SiteSpider):
    """``scrapy crawl portal -a site=KEY``."""

    name = "portal"
    site_type: ClassVar[SiteType] = "portal"
