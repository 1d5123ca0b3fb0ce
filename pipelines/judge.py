"""A page to its report, files included: the one way for crawls, for single pages and for the archive."""

from __future__ import annotations

from dataclasses import replace

from crawler.files.reader import read_file
from crawler.records import Page, Report
from pipelines.chain import process


def judge(page: Page) -> Report:
    """Turn a page into a report; a program of its own first reads the bytes of a PDF or Word file.

    Never raises, whatever the bytes.

    >>> judge(Page("http://example.com/1.doc", bytes.fromhex("D0CF11E0A1B11AE1"))).rejection.reason
    'file_kind'
    """
    return process(replace(page, reading=read_file(page.body)))
