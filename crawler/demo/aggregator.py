"""An aggregator that reprints the portal and the daily.

Its lead stands twice, its own name between clauses, its list of hot articles twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crawler.demo import daily, portal
from crawler.demo.answers import Answer, SampleSite, chunks, entries, fill, paragraphs
from crawler.demo.stories import Story

NAME = "云边新媒体"
_LEAD = 90  # characters of the lead above the body


def stories() -> tuple[Story, ...]:
    """The reprinted reports: 18 of the portal, 14 of the daily."""
    taken = [s for s in portal.stories() if s.meeting][:18] + [s for s in daily.stories() if s.meeting][:14]
    return tuple(sorted(taken, key=lambda story: story.published, reverse=True))


def site() -> SampleSite:
    """Articles and list pages of one column."""
    told = stories()
    paths = {_key(story): f"/news/{52000 + number}.html" for number, story in enumerate(told)}
    pages = [*_articles(told, paths), *_lists(told, paths)]
    return {address: Answer(text.encode()) for address, text in pages}


def _key(story: Story) -> str:
    return f"{story.source}{story.number}"


def _articles(told: Sequence[Story], paths: dict[str, str]) -> Iterator[tuple[str, str]]:
    hot = "".join(
        f"<li>{rank} {story.title}<p>{story.paragraphs[0][:40]}...</p></li>"
        for rank, story in enumerate(told[:10], 1)
    )
    for story in told:
        yield (
            paths[_key(story)],
            fill(
                "aggregator_article",
                title=story.title,
                site=NAME,
                published=f"{story.published:%Y-%m-%d %H:%M}:07",
                source="互联网",
                lead="".join(story.paragraphs)[:_LEAD],
                paragraphs=paragraphs(_branded(story.paragraphs)),
                hot=hot,
            ),
        )


def _branded(lines: Sequence[str]) -> list[str]:
    """The site's own name between two clauses of the third paragraph."""
    return [
        line.replace("，", f"，{NAME}，", 1) if number == 2 else line for number, line in enumerate(lines)
    ]


def _lists(told: Sequence[Story], paths: dict[str, str]) -> Iterator[tuple[str, str]]:
    items = [item for story in told for item in entries([story], {story.number: paths[_key(story)]})]
    pages = chunks(items)
    for number, links in enumerate(pages, 1):
        following = f'<li><a href="list_3_{number + 1}.html">下一页</a></li>' if number < len(pages) else ""
        text = fill("aggregator_list", site=NAME, links=links, pages=following)
        yield f"/news/list_3_{number}.html", text
