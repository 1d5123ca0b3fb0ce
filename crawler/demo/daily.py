"""A county daily on an old table layout: the bytes are GBK, header and meta tag claim UTF-8."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from crawler.demo.answers import Answer, SampleSite, chunks, entries, fill, paragraphs
from crawler.demo.stories import Story, tell

NAME = "静宁日报网"


@cache
def stories() -> tuple[Story, ...]:
    """The daily's 32 stories, newest first."""
    return tell("静宁县", "静宁日报", reports=24, others=8)


def path(story: Story) -> str:
    """Address of a story."""
    return f"/yw/{story.published:%Y}/{7000 + story.number}.html"


def site() -> SampleSite:
    """Articles and list pages, all of them GBK under a false flag."""
    pages = dict([*_articles(), *_lists()])
    return {address: Answer(text.encode("gb18030")) for address, text in pages.items()}


def _articles() -> Iterator[tuple[str, str]]:
    related = "".join(f'<li><a href="{path(s)}">{s.title}</a></li>' for s in stories()[:5])
    for story in stories():
        yield (
            path(story),
            fill(
                "daily_article",
                title=story.title,
                site=NAME,
                published=f"{story.published:%Y年%m月%d日 %H:%M}",
                source=story.source,
                reporter=story.reporter,
                editor=story.editor,
                paragraphs=paragraphs(story.paragraphs),
                related=related,
            ),
        )


def _lists() -> Iterator[tuple[str, str]]:
    pages = chunks(entries(stories(), {story.number: path(story) for story in stories()}))
    for number, links in enumerate(pages, 1):
        following = f'<a href="/yw/index_{number + 1}.html">下一页</a>' if number < len(pages) else ""
        name = "index.html" if number == 1 else f"index_{number}.html"
        yield f"/yw/{name}", fill("daily_list", site=NAME, links=links, pages=f"第{number}页 {following}")
