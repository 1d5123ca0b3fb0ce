"""Invented report pages and list pages for crawl tests."""

from __future__ import annotations

from loopback import Reply

_TEXT = (
    "3月{day}日，青溪县召开第{number}次安全生产工作会议，县委副书记、县长柏远和主持会议并讲话。",
    "会议听取了全县安全生产工作情况汇报，研究部署了第{number}阶段重点任务。",
    "会议强调，要严格落实安全生产责任制，对排查出的{number}处隐患逐条登记、逐条销号。",
    "县直有关单位和各乡镇主要负责人参加会议。",
)


def report(number: int, extra: str = "", charset: str = "utf-8") -> bytes:
    """The page of one report of a meeting."""
    lines = "".join(f"<p>　　{line.format(day=number % 27 + 1, number=number)}</p>" for line in _TEXT)
    return (
        f'<html><head><meta charset="{charset}"><title>青溪县召开第{number}次安全生产工作会议</title></head>'
        f"<body><h1>青溪县召开第{number}次安全生产工作会议</h1><p>时间：2023-03-28 09:10 来源：青溪县融媒体中心</p>"
        f'<div class="content">{lines}</div>{extra}</body></html>'
    ).encode(charset)


def listing(links: list[tuple[str, str]], extra: str = "", charset: str = "utf-8") -> bytes:
    """A list page: pairs of address and day; ``extra`` holds the paging."""
    items = "".join(
        f'<li><a href="{href}">第{n}条新闻</a><span>{day}</span></li>' for n, (href, day) in enumerate(links)
    )
    head = f'<html><head><meta charset="{charset}"><title>要闻</title></head>'
    return f"{head}<body><ul>{items}</ul>{extra}</body></html>".encode(charset)


def column(count: int, per_page: int = 5) -> dict[str, Reply]:
    """A column of ``count`` reports over list pages ``index.html``, ``index_2.html`` …, newest first."""
    numbers = list(range(count, 0, -1))
    chunks = [numbers[at : at + per_page] for at in range(0, count, per_page)]
    routes = {f"/xw/t{n}.html": Reply(report(n)) for n in numbers}
    for page, chunk in enumerate(chunks, 1):
        name = "index.html" if page == 1 else f"index_{page}.html"
        more = f'<a href="index_{page + 1}.html">下一页</a>' if page < len(chunks) else ""
        links = [(f"t{n}.html", f"2023-03-{n:02}") for n in chunk]
        routes[f"/xw/{name}"] = Reply(listing(links, more))
    return routes
