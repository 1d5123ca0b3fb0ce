"""What of a heading's text is the title: without badges, days and sources, with the line it goes on in."""

from __future__ import annotations

import re
from collections.abc import Set

from pipelines.clean.blocks import Block, PageBlocks, squeeze
from pipelines.clean.fields import is_byline, read_fields
from pipelines.clean.moments import find_moments, without_day
from pipelines.clean.title_tag import SHORTEST, fold, is_end_of

HEADINGS = {"founder-title": 4.0, "h1": 4.0, "h2": 2.5, "h3": 2.0, "h4": 1.0}
"""Tags of headings, with how much each speaks for its text as a title."""

_OWN_TITLE = frozenset({"article-title", "entry-title", "post-title"})  # of a blog, a link to its own page
_LONGEST_REST = 40  # characters of the second line of a title
_BADGE = re.compile(
    r"^(?:(?:原创|转载|独家|置顶|图文|视频|推荐|头条|VIP|vip|会员|精品)|(?:文章|信息|新闻)?标题[:：]"
    r"|\[[^\[\]]{2,8}\])\s*"
)


def own_piece(block: Block, window: tuple[str, str]) -> str:
    """The text of a heading, or the first of its nodes where ``<title>`` says that one only."""
    first = squeeze(block.pieces[0]) if block.pieces and block.tag in HEADINGS else ""
    said = is_end_of(fold(first), window) and not is_end_of(fold(block.text), window)
    return first if said else without_day(block.text)


def may_be(block: Block, window: tuple[str, str]) -> bool:
    """False for a link, unless it is a heading that ``<title>`` says: blogs link a title to its own page."""
    if block.link_share <= 0.5 or (block.tag == "h1" and not _OWN_TITLE.isdisjoint(block.hints[:1])):
        return True
    return block.tag in HEADINGS and is_end_of(fold(without_badge(block.text, window)), window)


def with_next(text: str, block: Block, page: PageBlocks, window: tuple[str, str], head: Set[str]) -> str:
    """A heading broken over two lines, when ``<title>`` or another title of the ``head`` says the two in a
    row."""
    if len(fold(text)) < SHORTEST or fold(text) not in window[0]:
        return text
    below = page.blocks[block.index + 1 : block.index + 2]
    if not below or len(below[0].text) > _LONGEST_REST or is_byline(below[0].text):
        return text
    both = f"{text} {below[0].text}"
    said = fold(both) in head or is_end_of(fold(both), window)
    return both if below[0].tag == block.tag and said else text


def without_byline(text: str) -> str:
    """A heading without the day and the source that stand in it behind the title."""
    fields = read_fields(text)
    if not fields or is_byline(text):
        return text
    moments = find_moments(text[: fields[0].start])
    head = text[: text.find(moments[0].text)] if moments else text[: fields[0].start]
    return head.rstrip(" \u3000[【(（|") if len(head) >= SHORTEST else text


def without_badge(text: str, window: tuple[str, str]) -> str:
    """A heading without a badge of its own (原创), if ``<title>`` says the rest."""
    badge = _BADGE.match(text)
    return text[badge.end() :] if badge and is_end_of(fold(text[badge.end() :]), window) else text
