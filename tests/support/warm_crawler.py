"""Imported once by the process that test crawls are forked from: all code and word lists are in memory then."""

from __future__ import annotations

import scrapy.core.downloader.handlers.http11
from sample_pages import report

from crawler import crawling
from pipelines import Page, process

loaded = (
    scrapy.core.downloader.handlers.http11,
    crawling,
    process(Page("http://example.com/", report(1), "text/html")),
)
