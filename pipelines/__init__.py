"""What happens to a page: decode, restore, clean, extract, match, store."""

from crawler.records import Page, Report
from pipelines.chain import process

__all__ = ["Page", "Report", "process"]
