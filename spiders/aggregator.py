"""Aggregators and reprint sites: ``list_3_1.html``, ``/page/2`` and the like, read by their 下一页."""

from __future__ import annotations

from typing import ClassVar

from crawler.sites import SiteType
from spiders.base import SiteSpider


class AggregatorSpider(SiteSpider):
    """``scrapy crawl aggregator -a site=KEY``."""

    name = "aggregator"
    site_type: ClassVar[SiteType] = "aggregator"
