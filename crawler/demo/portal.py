"""A county portal in the shape of TRS: index.html, index_1.html …, /xw/YYYYMM/tYYYYMMDD_N.html; and traps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from crawler.demo.answers import Answer, SampleSite, chunks, entries, fill, paragraphs
from crawler.demo.stories import Story, tell

NAME = "云和县人民政府网"
_PARTED = 9  # this story is printed on two pages


@cache
def stories() -> tuple[Story, ...]:
    """The portal's 64 stories, newest first."""
    return tell("云和县", "云和县融媒体中心", reports=42, others=22)


def path(story: Story) -> str:
    """Address of a story in the TRS form."""
    return f"/xw/{story.published:%Y%m}/t{story.published:%Y%m%d}_{4100 + story.number}.html"


def site() -> SampleSite:
    """All pages of the portal, its list pages and its traps."""
    return dict([*_articles(), *_lists(), *_traps()])


def article(story: Story, lines: tuple[str, ...], pager: str = "") -> str:
    """One article page with all that a portal puts around its text."""
    told = stories()
    at = len(told) - story.number
    before, after = told[max(at - 1, 0)], told[min(at + 1, len(told) - 1)]
    related = "".join(f'<li><a href="{path(s)}">{s.title}</a></li>' for s in told[:6])
    return fill(
        "portal_article",
        title=story.title,
        site=NAME,
        published=f"{story.published:%Y-%m-%d %H:%M}",
        source=story.source,
        reporter=story.reporter,
        editor=story.editor,
        paragraphs=paragraphs(lines),
        pager=pager,
        previous=path(before),
        previous_title=before.title,
        following=path(after),
        following_title=after.title,
        related=related,
    )


def _articles() -> Iterator[tuple[str, Answer]]:
    for story in stories():
        if story.number != _PARTED:
            yield path(story), Answer(article(story, story.paragraphs).encode())
            continue
        second = path(story).replace(".html", "_1.html")
        name = path(story).rsplit("/", 1)[1].removesuffix(".html")
        pager = '<div class="pages"><script>createPageHTML(2, {}, "{}", "html");</script>{}</div>'
        first_link = f'<a href="{second}">下一页</a>'
        middle = len(story.paragraphs) // 2
        first = article(story, story.paragraphs[:middle], pager.format(0, name, first_link))
        rest = article(story, story.paragraphs[middle:], pager.format(1, name, ""))
        yield path(story), Answer(first.encode())
        yield second, Answer(rest.encode())


def _lists() -> Iterator[tuple[str, Answer]]:
    pages = chunks(entries(stories(), {story.number: path(story) for story in stories()}))
    for number, links in enumerate(pages):
        name = "index.html" if number == 0 else f"index_{number}.html"
        if number == 0:
            links += "".join(
                f'<li><a href="/xw/{trap}.html">{trap}</a></li>' for trap in ("gone", "flaky", "loop")
            )
        text = fill("portal_list", site=NAME, links=links, count=len(pages), current=number)
        yield f"/xw/{name}", Answer(text.encode())


def _traps() -> Iterator[tuple[str, Answer]]:
    """A page that is gone, one that heals on retry, a redirect loop, an endless calendar, a closed part."""
    yield "/robots.txt", Answer(b"User-agent: *\nDisallow: /internal/\n", "text/plain")
    yield "/xw/gone.html", Answer("页面不存在".encode(), status=404)
    yield "/xw/loop.html", Answer(b"", status=302, location="/xw/loop.html?again=1")
    flaky = replace(next(story for story in stories() if story.meeting), title="云和县召开信访工作会议")
    lines = ("4月2日，全县信访工作会议召开，县委副书记、县长柏清和主持会议。会议要求，来访件要当日登记。",)
    yield "/xw/flaky.html", Answer(article(flaky, lines).encode(), failures=1)
    yield "/internal/login.html", Answer("后台管理".encode())
    for year, month in ((y, m) for y in range(2024, 2034) for m in range(1, 13)):
        following = f"/calendar/{year + month // 12}/{month % 12 + 1}.html?sid={year}{month:02}"
        text = f'<html><title>{year}年{month}月</title><a href="{following}">下一页</a></html>'
        yield f"/calendar/{year}/{month}.html", Answer(text.encode())
