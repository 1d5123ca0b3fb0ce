"""Articles over several pages, crawled from a real server, scraped by hand, and read again from the archive."""

from __future__ import annotations

import json
import sqlite3

import pytest
from crawl_run import a_site, run
from demo_run import huixun
from loopback import Reply, web
from sample_pages import listing

from crawler.config import Settings
from crawler.crawling import fetch
from pipelines import process

TITLE = "青溪县召开全县安全生产工作会议"
TEXT = "会议强调，第{}条隐患要逐条登记、逐条销号，责任到岗、落实到人，确保全县安全生产形势持续稳定。"
SITE_FILE = """
name = "青溪县人民政府网"
type = "portal"
hosts = ["{host}"]
private = true
[lists]
urls = ["http://{host}/xw/index.html"]
report = '/xw/t\\d+'
links = "li a"
[politeness]
delay = 0
"""


def part(number: int, bar: str = "", title: str = TITLE) -> Reply:
    opening = "3月6日，青溪县召开全县安全生产工作会议，县委副书记、县长柏望舒主持会议并讲话。"
    text = (opening if number == 1 else "") + TEXT.format(number)
    return Reply(
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>2023-03-07 09:10 来源：青溪发布</p>"
        f'<div class="content"><p>{text}</p></div><div class="pages">{bar}</div>'
        '<p>上一篇：<a href="t8.html">春耕</a></p><p>下一篇：<a href="t9.html">防汛</a></p></body></html>'.encode()
    )


def bar(stem: str, *numbers: int) -> str:
    links = "".join(f'<a href="{stem}_{n}.html">{n}</a>' for n in numbers)
    return f'<a href="{stem}.html">1</a>{links}<a href="{stem}_{numbers[0]}.html">下一页</a>'


def routes() -> dict[str, Reply]:
    call = '<script>createPageHTML(3, 0, "t2", "html");</script>'
    return {
        "/xw/index.html": Reply(listing([(f"t{n}.html", "2023-03-07") for n in (1, 2, 3, 4, 5, 6)])),
        "/xw/t1.html": part(1, bar("t1", 2, 3)),
        "/xw/t1_2.html": part(2, bar("t1", 2, 3)),
        "/xw/t1_3.html": part(3, bar("t1", 2, 3)),
        "/xw/t2.html": part(1, call),
        "/xw/t2_1.html": part(2, call.replace("0", "1")),
        "/xw/t2_2.html": part(3, call.replace("0", "2")),
        "/xw/t3.html": part(1, bar("t3", 2, 3)),
        "/xw/t3_3.html": part(3, bar("t3", 2, 3)),  # page 2 is gone
        "/xw/t4.html": part(1, bar("t4", 2)),
        "/xw/t4_2.html": Reply(status=302, headers={"Location": "/xw/t9.html"}),  # another article
        "/xw/t5.html": part(1, bar("t5", 2)),
        "/xw/t5_2.html": Reply(status=500),
        "/xw/t6.html": part(1, bar("t6", 2)),
        **{f"/xw/t6_{n}.html": part(n, bar("t6", n + 1)) for n in range(2, 40)},
        "/xw/t9.html": part(9, title="柏望舒走访慰问困难群众"),
    }


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    data = tmp_path_factory.mktemp("parts")
    with web(routes()) as served:
        yield run(data, [a_site(served.host)], scrapy={"RETRY_TIMES": 0}), served, data


@pytest.fixture(scope="module")
def versions(crawled):
    connection = sqlite3.connect(crawled[2] / "huixun.db")
    query = "SELECT p.url, v.body, v.truncated, v.evidence FROM version v JOIN page p ON p.id = v.page_id"
    yield {
        url.rsplit("/", 1)[1]: (body, bool(cut), told(evidence))
        for url, body, cut, evidence in connection.execute(query)
    }
    connection.close()


def told(evidence: str) -> list[tuple[str, str]]:
    return [(e["rule"], e["place"]) for e in json.loads(evidence) if e["subject"] == "parts"]


def numbers(body: str) -> list[int]:
    return [n for n in range(1, 40) if f"第{n}条" in body]


@pytest.mark.parametrize("page", ["t1.html", "t2.html"])
def test_the_pages_are_one_report_in_order(versions, page):
    body, truncated, said = versions[page]
    assert (numbers(body), truncated) == ([1, 2, 3], False)
    assert said == [("joined", "page 2"), ("joined", "page 3")]
    assert body.index("第1条") < body.index("第2条") < body.index("第3条")


def test_a_page_that_is_gone_is_named(versions):
    body, truncated, said = versions["t3.html"]
    assert (numbers(body), truncated) == ([1, 3], True)
    assert said == [("part_missing", "page 2"), ("joined", "page 3")]


def test_the_next_article_is_not_joined(versions, crawled):
    body, truncated, said = versions["t4.html"]
    assert (numbers(body), truncated, said) == ([1], True, [("part_of_another", "page 2")])
    assert crawled[1].asked["/xw/t8.html"] == 0


def test_a_page_that_gives_no_clear_answer_leaves_the_article_due(versions, crawled):
    assert "t5.html" not in versions
    assert crawled[0].outcome("/xw/t5.html") == "failed"
    assert "page 2 of the article" in crawled[0].detail("/xw/t5.html")
    assert "t5_2.html: HTTP 500" in crawled[0].detail("/xw/t5.html")


def test_the_limit_is_kept_and_told(versions, crawled):
    body, truncated, said = versions["t6.html"]
    assert (numbers(body), truncated) == (list(range(1, 21)), True)
    assert said[-1] == ("part_limit", "page 21")
    assert crawled[1].asked["/xw/t6_21.html"] == 0


def test_each_page_is_asked_for_once(crawled):
    asked = {path: n for path, n in crawled[1].asked.items() if path != "/robots.txt"}
    assert asked.pop("/xw/t9.html") == 1
    assert set(asked.values()) == {1}


def test_the_archive_gives_the_same_again(crawled, tmp_path):
    _, served, data = crawled
    (tmp_path / "qingxi.toml").write_text(SITE_FILE.format(host=served.host), encoding="utf-8")
    again = huixun(
        "reprocess", cwd=tmp_path, HUIXUN_DATA=str(data), HUIXUN_SITES=str(tmp_path), HUIXUN_PROCESSES="1"
    )
    assert again.returncode == 0, again.stderr
    assert (
        "accepted: " in again.stdout and "t5.html" in again.stdout
    )  # it was kept, though its page 2 was not
    assert "6 pages read again: 1 accepted, 5 same" in again.stdout


@pytest.mark.parametrize(
    ("page", "found", "truncated"), [("t2.html", [1, 2, 3], False), ("t5.html", [1], True)]
)
def test_scraping_the_first_page_reads_the_article(crawled, tmp_path, page, found, truncated):
    served = crawled[1]
    report = process(fetch(f"{served.base}/xw/{page}", Settings(data=tmp_path), site=a_site(served.host)))
    assert (numbers(report.body), report.truncated) == (found, truncated)
