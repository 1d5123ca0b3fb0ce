"""Document-sharing sites: category lists; a document is one page, its blocks are no parts."""

from __future__ import annotations

from typing import ClassVar

from crawler.sites import SiteType
from spiders.base import SiteSpider


class DocshareSpider(SiteSpider):
    """``scrapy crawl docshare -a site=KEY``; ``p-7-2.html`` beside ``p-7.html`` would be another document."""

    name = "docshare"
    site_type: ClassVar[SiteType] = "docshare"
    splits_articles: ClassVar[bool] = False
