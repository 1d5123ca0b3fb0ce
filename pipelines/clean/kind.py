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
_DOCSHARE_NOTICE = re.compile(
    r"全文约\d+字[,，]请下载|阅读全部图文内容[,，]|(?:预览|试读)结束[,，](?:免费获取|开通会员)|请下载word|本文档由用户"
)
_AGGREGATOR_HOST = re.compile(
    r"//[^/]*\b(?:weixin\.qq|qq|toutiao|baijiahao\.baidu|sohu|163|ifeng|sina|china|thepaper|huanqiu|yidianzixun|jianshu|hexun"
    r"|eastmoney|stcn)\.(?:com|cn|net)(?:\.cn)?(?:[:/]|$)"
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
    outside = [block.text for block in page.blocks if 6 <= len(block.text) <= 400]
    shared = any(_DOCSHARE_NOTICE.search(text) for text in outside)
    if shared or any(item.subject == "template" for item in cleaned.evidence):
        return "docshare"
    if cleaned.source in _AGGREGATOR_SOURCES or _AGGREGATOR_HOST.search(url):
        return "aggregator"
    if _PORTAL_HOST.search(url) or any(name in _PORTAL_METAS for name, _ in page.metas):
        return "portal"
    if any(_AGGREGATOR_NOTICE.search(text) for text in outside):
        return "aggregator"
    has_newsroom = cleaned.source or cleaned.editors or cleaned.reporters
    return "portal" if has_newsroom else None
