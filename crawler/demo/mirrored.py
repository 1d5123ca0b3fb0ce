"""A mirror of the portal's first reports: the same pages, damaged."""

from __future__ import annotations

from crawler.demo import portal
from crawler.demo.answers import Answer, SampleSite, entries, fill
from crawler.demo.mirror import mirror

_COUNT = 16


def site() -> SampleSite:
    """16 damaged articles and the list that leads to them."""
    told = [story for story in portal.stories() if story.meeting][:_COUNT]
    pages = {portal.path(s): mirror(portal.article(s, s.paragraphs)) for s in told}
    links = "\n".join(entries(told, {story.number: portal.path(story) for story in told}))
    pages["/xw/index.html"] = fill("portal_list", site="竹影镜像", links=links, count=1, current=0)
    return {address: Answer(text.encode()) for address, text in pages.items()}
