"""All tables, by noun; their docstrings and comments are the schema's documentation."""

from crawler.database.columns import Base
from crawler.database.tables.meetings import DocumentRef, Meeting, PersonRole, Point, Statement, Term
from crawler.database.tables.pages import Fetch, FetchPart, Page, Rejection
from crawler.database.tables.people import Correction, Schedule
from crawler.database.tables.reports import Copy, CopyKey, Report
from crawler.database.tables.runs import CrawlRun
from crawler.database.tables.sites import Region, Site
from crawler.database.tables.versions import Cut, Repair, Version

__all__ = [
    "Base",
    "Copy",
    "CopyKey",
    "Correction",
    "CrawlRun",
    "Cut",
    "DocumentRef",
    "Fetch",
    "FetchPart",
    "Meeting",
    "Page",
    "PersonRole",
    "Point",
    "Region",
    "Rejection",
    "Repair",
    "Report",
    "Schedule",
    "Site",
    "Statement",
    "Term",
    "Version",
]
