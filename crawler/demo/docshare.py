"""A document-sharing site of template A: speeches in blocks of 300 characters, numbered, paragraphs lost."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from crawler.demo.answers import Answer, SampleSite, chunks, fill
from crawler.demo.stories import duties, topics

NAME = "文汇库"
_BLOCK = 300  # characters, blanks and marks included
_COUNT = 24
_PLACES = ("全县", "全市", "全区", "全镇")


@dataclass(frozen=True, slots=True)
class Speech:
    """A document: its number on the site, its title, its paragraphs, the day it was uploaded."""

    number: int
    title: str
    paragraphs: tuple[str, ...]
    uploaded: date


@cache
def speeches() -> tuple[Speech, ...]:
    """24 invented speeches."""
    rng = random.Random(NAME)  # noqa: S311 - the speeches only have to repeat
    return tuple(_speech(rng, number) for number in range(1, _COUNT + 1))


def path(speech: Speech) -> str:
    """Address of a document."""
    return f"/p-{30820000 + speech.number}.html"


def site() -> SampleSite:
    """Document pages and the list pages of their category."""
    return {address: Answer(text.encode()) for address, text in [*_documents(), *_lists()]}


def blocks(speech: Speech, pages: int) -> list[str]:
    """The speech as the site prints it: the title glued on twice, cut every 300 characters, numbered."""
    text = f"{speech.title}{speech.title} {' '.join(speech.paragraphs)} {pages}"
    cuts = list(range(0, len(text), _BLOCK))
    if len(cuts) > 1 and len(text) - cuts[-1] < _BLOCK:
        cuts.pop()
    ends = [*cuts[1:], len(text)]
    return [f"{n}、{text[start:end]}" for n, (start, end) in enumerate(zip(cuts, ends, strict=True), 1)]


def _speech(rng: random.Random, number: int) -> Speech:
    topic = rng.choice(topics())
    place = rng.choice(_PLACES)
    year = rng.choice((2021, 2022, 2023))
    points = [
        f"{mark}要抓好落实。{order}。{'。'.join(rng.sample(duties(), 4))}。"
        for mark, order in zip("一二三四五", rng.sample(topic["orders"], 5), strict=True)
    ]
    opening = (
        f"这次会议的主要任务是总结前一阶段{topic['name']}工作，分析当前形势，部署下一步任务。刚才，有关单位作了发言，"
        f"讲得都很好，我都同意。下面，我就做好{place}{topic['name']}工作讲几点意见："
    )
    closing = (
        f"同志们，做好{topic['name']}工作任务艰巨、责任重大。"
        "让我们振奋精神、扎实工作，以实际行动交出一份满意的答卷。"
    )
    lines = ("同志们：", opening, *points, closing)
    title = f"在{year}年{place}{topic['meeting']}上的讲话（第{number}稿）"
    return Speech(number, title, lines, date(year, 8, 1) + timedelta(days=rng.randrange(300)))


def _documents() -> Iterator[tuple[str, str]]:
    related = "".join(f'<li><a href="{path(s)}">{s.title}.docx</a></li>' for s in speeches()[:5])
    for speech in speeches():
        pages = 3
        yield (
            path(speech),
            fill(
                "docshare_document",
                title=speech.title,
                site=NAME,
                uploader="文****员",
                id=30820000 + speech.number,
                published=f"{speech.uploaded:%Y-%m-%d}",
                pages=pages,
                size="14.32KB",
                blocks="\n\n".join(f"<p>{block}</p>" for block in blocks(speech, pages)),
                related=related,
            ),
        )


def _lists() -> Iterator[tuple[str, str]]:
    pages = chunks([f'<p><a href="{path(s)}">{s.title}.docx</a> {s.uploaded}</p>' for s in speeches()])
    for number, links in enumerate(pages, 1):
        following = f'<a href="/c-{number + 1}.html">下一页</a>' if number < len(pages) else ""
        yield f"/c-{number}.html", fill("docshare_list", site=NAME, links=links, pages=following)
