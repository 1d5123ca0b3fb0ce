"""Pages that are no report: nothing to read, a list, a novel, names replaced by brands. Figures go along."""

from __future__ import annotations

import re

from crawler.records import Cleaned, Rejection
from pipelines.clean.blocks import PageBlocks

_HAN = re.compile(r"[㐀-鿿]+")
_FEWEST = 12  # Chinese characters of the shortest notice worth keeping
_NOVEL = re.compile(
    r"第[\d一二三四五六七八九十百千零〇两]{1,7}[章回](?!程)|[(（]\d{1,3} ?/ ?\d{1,3}[)）]$"
    r"|最新章节|笔趣阁|加入书签|小说网"
)
_NOVEL_PAGE = re.compile(r"笔趣阁|加入书签|最新章节|上一章|下一章|目录 ?下一章")
_BRANDS = re.compile(
    r"(?=[皇bB3英尊凯永澳亚必乐开半体旗官娱棋米华爱九])(?:"  # a first letter: a scan leaps to the next one
    r"皇冠(?:体育|手机)|bet365|365bet|bat365|英国365|尊龙(?:凯时|app|人生)|凯发(?:k8|旗舰|娱乐|国际)|永利(?:集团|皇宫|娱乐)|澳门[一-鿿]{2,4}(?:城|娱乐)|亚博(?:体育|app)|必威(?:体育|app)"
    r"|乐鱼(?:体育|app)|开云(?:体育|app)|半岛体育|体育平台|旗舰厅|官网的|(?:体育|娱乐|棋牌)app(?:下载|组织)|米兰体育|华体会|爱游戏体育|九游会)",
    re.I,
)
_MOST_BRANDS = 1
_LIST_LINKS = 12
_LIST_SHARE = 0.75


def find_rejection(cleaned: Cleaned, page: PageBlocks) -> Rejection | None:
    """Why the page is not worth storing as a report, None when it is."""
    body = cleaned.body
    han = sum(map(len, _HAN.findall(body)))
    if han < _FEWEST:
        return _empty(page, han)
    if found := _novel(cleaned, page):
        return Rejection("novel", found)
    brands = _BRANDS.findall(f"{cleaned.title or ''}\n{cleaned.source or ''}\n{body}")
    if len(brands) > _MOST_BRANDS:
        return Rejection("replaced_names", f"{len(brands)} brand names: {'、'.join(dict.fromkeys(brands))}")
    return None


def _empty(page: PageBlocks, han: int) -> Rejection:
    """No body: a list of links, or nothing at all."""
    links = [block for block in page.blocks if block.link_share > 0.5]
    share = len(links) / len(page.blocks) if page.blocks else 0.0
    if len(links) >= _LIST_LINKS and share >= _LIST_SHARE:
        return Rejection(
            "list_page", f"{len(links)} of {len(page.blocks)} lines are links, {han} characters of text"
        )
    return Rejection("no_body", f"{len(page.blocks)} lines, {han} Chinese characters that read like text")


def _novel(cleaned: Cleaned, page: PageBlocks) -> str | None:
    """A chapter: its title counts chapters, and the page has a reader's links or no source and no date."""
    title = cleaned.title or page.title_tag or ""
    if not _NOVEL.search(title):
        return None
    links = [block.text for block in page.blocks if len(block.text) < 40 and _NOVEL_PAGE.search(block.text)]
    if links or (cleaned.published_at is None and cleaned.source is None and len(cleaned.body) > 400):
        return f"title {title[:40]!r}, {len(links)} chapter links"
    return None
