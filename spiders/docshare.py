"""Document-sharing sites: category lists; the blocks of a document stand on one page, or on several."""

from __future__ import annotations

from typing import ClassVar

from crawler.sites import SiteType
from spiders.base import SiteSpider


class DocshareSpider(SiteSpider):
    """``scrapy crawl docshare -a site=KEY``."""

    name = "docshare"
    site_type: ClassVar[SiteType] = "docshare"
