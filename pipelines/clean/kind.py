"""What sort of site a page is from, when no site file says so."""

from __future__ import annotations

import re

from crawler.records import Cleaned
from crawler.sites import Site, SiteType
from pipelines.clean.blocks import PageBlocks

_AGGREGATOR_SOURCES = frozenset({"互联网", "网络", "网络整理", "综合", "未知"})
_AGGREGATOR_NOTICE = re.compile(
    r"自媒体|转载此文|文章来自网络|不构成投资建议|信息存储服务|信息发布平台|网易号|搜狐号|百家号|头条号|用户上传并发布|著作权归作者"
)
_PORTAL_HOST = re.compile(
    r"//[^/]*\.(?:gov|edu|org)\.cn(?:[:/]|$)|//[^/]*(?:rednet|cjyun|people|xinhuanet|news)\."
)
_PORTAL_METAS = frozenset(
    {"articletitle", "pubdate", "contentsource", "sitename", "columnname", "publishtime"}
)


def find_site_type(cleaned: Cleaned, page: PageBlocks, url: str, site: Site | None) -> SiteType | None:
    """The site file's word, else what the page shows: a document's fields, a reprinter's notice, a newsroom.

    >>> from pipelines.clean.blocks import PageBlocks
    >>> empty = Cleaned(None, None, None, None, None, (), (), ())
    >>> find_site_type(empty, PageBlocks(()), "http://www.example.gov.cn/1.html", None)
    'portal'
    """
    if site is not None:
        return site.type
    if cleaned.document is not None:
        return "docshare"
    if cleaned.source in _AGGREGATOR_SOURCES:
        return "aggregator"
    if _PORTAL_HOST.search(url) or any(name in _PORTAL_METAS for name, _ in page.metas):
        return "portal"
    outside = [block.text for block in page.blocks if 6 <= len(block.text) <= 400]
    if any(_AGGREGATOR_NOTICE.search(text) for text in outside):
        return "aggregator"
    has_newsroom = cleaned.source or cleaned.editors or cleaned.reporters
    return "portal" if has_newsroom else None
