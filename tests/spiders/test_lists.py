"""List pages as sites write them: which links are reports, and which day stands beside each."""

from __future__ import annotations

from datetime import date

import pytest
from crawl_run import a_site
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.records import Page
from spiders.lists import ListPage, day_in, day_in_address, read_list, read_list_text

URL = "http://example.com/xw/index.html"
SITE = a_site("example.com", report=r"/xw/(\d{6}/)?t?\d+(_\d+)?\.html|/art/|/通知/|%E9", links="a[href]")


def links(html, encoding="utf-8", url=URL, site=SITE):
    return [
        (link.url.removeprefix("http://example.com"), link.published)
        for link in read_list_text(html, url, site, encoding).links
    ]


@pytest.mark.parametrize(
    ("html", "path", "day"),
    [
        ('<li><a href="1.html">标题</a><span>2023-03-06</span></li>', "/xw/1.html", date(2023, 3, 6)),
        ('<li><span>[2023/3/6]</span><a href="1.html">标题</a></li>', "/xw/1.html", date(2023, 3, 6)),
        ('<li><a href="1.html">标题</a> 2023年3月6日 10:20</li>', "/xw/1.html", date(2023, 3, 6)),
        ('<table><tr><td><a href="1.html">标题</a></td><td>2023.03.06</td></tr></table>', "/xw/1.html", date(2023, 3, 6)),
        ('<li><a href="1.html"><p>标题</p><i>2023-03-06</i></a></li>', "/xw/1.html", date(2023, 3, 6)),
        ('<li><h3><a href="1.html">标题</a></h3><div class="d">2023-03-06</div></li>', "/xw/1.html", date(2023, 3, 6)),
        ('<li><a href="/lm/">[要闻]</a><a href="1.html">标题</a><b>2023-03-06</b></li>', "/xw/1.html", date(2023, 3, 6)),
        ('<li><a href="202303/t20230306_41.html">标题</a></li>', "/xw/202303/t20230306_41.html", date(2023, 3, 6)),
        ('<li><a href="/art/2023/3/6/art_1_2.html">标题</a></li>', "/art/2023/3/6/art_1_2.html", date(2023, 3, 6)),
        ('<li><a href="1.html">2022年1月5日会议</a><span>2023-03-06</span></li>', "/xw/1.html", date(2023, 3, 6)),
        ('<li><a href="1.html">2022年1月5日会议</a></li>', "/xw/1.html", None),
        ('<li><a href="1.html">标题</a><span>03-06</span></li>', "/xw/1.html", None),
        ('<li><a href="1.html">标题</a><span>2023-13-46</span></li>', "/xw/1.html", None),
    ],
)  # fmt: skip
def test_the_day_beside_a_link(html, path, day):
    assert links(f"<ul>{html}</ul>") == [(path, day)]


def test_the_day_of_a_neighbour_is_not_taken():
    html = '<dl><dt><a href="1.html">一</a></dt><dd>2023-03-06</dd><dt><a href="2.html">二</a></dt><dd>2023-03-05</dd></dl>'
    assert links(html) == [("/xw/1.html", None), ("/xw/2.html", None)]


def test_a_list_of_one_entry_is_read():
    assert links('<ul><li><a href="1.html">唯一</a><span>2023-03-06</span></li></ul>') == [
        ("/xw/1.html", date(2023, 3, 6))
    ]


def test_two_links_to_one_report_are_one_with_the_day_of_either():
    html = '<div><a href="1.html"><img></a></div><li><a href="1.html">标题</a>2023-03-06</li>'
    assert links(html) == [("/xw/1.html", date(2023, 3, 6))]


def test_only_reports_on_the_sites_own_hosts():
    html = '<a href="http://other.example/xw/1.html">x</a><a href="/about.html">x</a><a href="https://www.example.com/xw/1.html">x</a>'
    assert [url for url, _ in links(html)] == ["https://www.example.com/xw/1.html"]


def test_the_selector_of_the_site_file_chooses():
    html = '<div class="hot"><a href="9.html">x</a></div><div class="list"><a href="1.html">x</a></div>'
    site = a_site("example.com", report=r"/xw/\d", links=".list a")
    assert [url for url, _ in links(html, site=site)] == ["/xw/1.html"]


def test_the_base_of_the_page_counts():
    assert links('<base href="/xw/2023/"><a href="../1.html">x</a>') == [("/xw/1.html", None)]


def test_session_ids_and_ignored_keys_fall_away():
    site = a_site("example.com", report=r"/xw/\d").model_copy(update={"ignored_queries": ("from",)})
    html = '<li><a href="1.html;jsessionid=7F?from=wx">一</a></li><li><a href="1.html?from=app">二</a></li>'
    assert links(html, site=site) == [("/xw/1.html", None)]


def test_chinese_paths_of_a_gbk_page_under_a_false_flag():
    body = '<html><head><meta charset="utf-8"></head><body><ul><li><a href="/通知/1.html?q=会议">关于召开全县安全生产工作会议的通知公告</a></li></ul></body></html>'
    page = Page("http://example.com/", body.encode("gb18030"), "text/html; charset=utf-8", site=SITE)
    assert [link.url for link in read_list(page).links] == [
        "http://example.com/%E9%80%9A%E7%9F%A5/1.html?q=%BB%E1%D2%E9"
    ]


def test_hanweb_records_inside_a_script():
    html = """<div id="u12"><script type="text/xml"><datastore><totalpage>3</totalpage><recordset>
    <record><![CDATA[<li><a href="/art/2023/3/6/art_1_9.html">标题</a><b>2023-03-07</b></li>]]></record>
    <record><![CDATA[<li><a href="/art/2023/3/5/art_1_8.html">标题</a></li>]]></record></recordset></datastore></script></div>"""
    assert links(html) == [
        ("/art/2023/3/6/art_1_9.html", date(2023, 3, 7)),
        ("/art/2023/3/5/art_1_8.html", date(2023, 3, 5)),
    ]


@pytest.mark.parametrize("html", ["", " ", "<", "<html>", "没有链接", "<a>", '<a href="">', "\x00", "\ud800"])
def test_a_page_without_reports_is_an_empty_list(html):
    assert read_list_text(html, URL, SITE) == ListPage()


def test_a_page_that_cannot_be_decoded_says_so():
    page = Page(URL, ("\ufffd" * 400).encode(), "text/html; charset=utf-8", site=SITE)
    assert read_list(page).rejection is not None


@pytest.mark.parametrize(
    ("text", "day"),
    [("2023-3-6", date(2023, 3, 6)), ("发布于 2023 年 3 月 6 日", date(2023, 3, 6)), ("12023-03-06", None), ("2023-02-30 2023-03-01", date(2023, 3, 1)), ("1899-01-01", None)],
)  # fmt: skip
def test_days_in_text(text, day):
    assert day_in(text) == day


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/xw/202303/t20230306_41.html", date(2023, 3, 6)),
        ("/content/2020/11/05/8566077.html", date(2020, 11, 5)),
        ("/html/2020-01/26/content_5.htm", date(2020, 1, 26)),
        ("/n1/2019/0615/c1013-31153719.html", date(2019, 6, 15)),
        ("/a/20230306/5.shtml", date(2023, 3, 6)),
        ("/content/646840/67/14024310.html", None),
        ("/p/20231399.html", None),
        ("/xw/202303/1.html", None),
    ],
)
def test_days_in_addresses(path, day):
    assert day_in_address(f"http://example.com{path}") == day


HOSTILE = {
    "deep": "<div>" * 200_000,
    "nested links": '<a href="1.html"><b>' * 40_000,
    "many links": "".join(f'<a href="{n}.html">x</a>' for n in range(30_000)),
    "one item": "<li>" + '<a href="1.html">x</a>' * 30_000,
    "open sections": '<script type="text/xml">' + "<![CDATA[" * 100_000,
    "open calls": "<script>" + "createPageHTML(" * 60_000,
    "brackets": "<" * 1_000_000,
    "entities": "&#x" * 300_000,
    "blanks": '<a href="1.html">' + " " * 1_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_read(name):
    assert isinstance(read_list_text(HOSTILE[name], URL, SITE), ListPage)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='<>a href="/1.html"lis下一页2023-03-06\n&;!-[]', max_size=200))
def test_whatever_the_text(text):
    page = read_list_text(text, URL, SITE)
    assert read_list_text(text, URL, SITE) == page
    assert len({link.url for link in page.links}) == len(page.links)
