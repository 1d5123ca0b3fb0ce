"""How lists go on and articles are split: by the site's own words, never by counting."""

from __future__ import annotations

import pytest
from crawl_run import a_site
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.records import Page
from spiders.lists import read_list_text
from spiders.paging import MAX_PARTS, find_parts, may_have_parts
from spiders.parts import parts_of

URL = "http://example.com/xw/index.html"
ARTICLE = "http://example.com/xw/t20230306_4109.html"


def following(html, url=URL, **lists):
    site = a_site("example.com", report=r"/xw/t\d+", **lists)
    return [u.removeprefix("http://example.com") for u in read_list_text(html, url, site).next_pages]


@pytest.mark.parametrize(
    "words",
    ["下一页", "下页", " 下一页 ", "下一页>", "下一页 >>", "[下一页]", "【下一页】", "下一頁", "后一页", "后页", "›", ">>", "Next", "next page", "<span>下一页</span>"],
)  # fmt: skip
def test_the_words_for_the_next_page(words):
    assert following(f'<a href="index_1.html">{words}</a>') == ["/xw/index_1.html"]


@pytest.mark.parametrize(
    "words", ["下一篇", "下一篇：县政府召开会议", "尾页", "末页", "上一页", "2", "更多", "下一页的说明"]
)
def test_other_words_are_not_followed(words):
    assert following(f'<a href="index_1.html">{words}</a>') == []


def test_the_title_of_a_link_counts_when_it_has_no_text():
    assert following('<a href="index_2.html" title="下一页"><img></a>') == ["/xw/index_2.html"]


def test_rel_next():
    assert following('<link rel="next" href="/xw/page/2">') == ["/xw/page/2"]
    assert following('<a rel="next" href="/xw/page/2">»»»</a>') == ["/xw/page/2"]


def test_the_real_address_is_taken_wherever_it_leads():
    """index_1 is page 2 on one system, index_2 on the other: nothing is computed."""
    assert following('<a href="list_3_2.html">下一页</a>', url="http://example.com/xw/list_3_1.html") == [
        "/xw/list_3_2.html"
    ]


def test_the_selector_of_the_site_file_wins():
    html = '<a href="wrong.html">下一页</a><a class="more" href="right.html">更多</a>'
    assert following(html, next="a.more") == ["/xw/right.html"]


@pytest.mark.parametrize("href", ["javascript:next(2)", "#", "", "index.html", "http://other.example/2.html"])
def test_what_leads_nowhere_is_left(href):
    assert following(f'<a href="{href}">下一页</a>') == []


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ('createPageHTML(4, 0, "index", "html");', ["/xw/index_1.html"]),
        ('createPageHTML(4, 2, "index", "html");', ["/xw/index_3.html"]),
        ('createPageHTML(4, 3, "index", "html");', []),
        ('createPageHTML(1, 0, "index", "html");', []),
        ("createPageHTML(12,1,'index','shtml',232);", ["/xw/index_2.shtml"]),
        ("createPageHTML('page_div',3, 1,'list_sy3','shtml',50);", ["/xw/list_sy3_2.shtml"]),
        ("createPageHTML('page_div',3, 2,'list_sy3','shtml',50);", ["/xw/list_sy3_3.shtml"]),
        ("createPageHTML('page_div',3, 3,'list_sy3','shtml',50);", []),
        ("function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){}", []),
    ],
)
def test_the_paging_call_of_trs(call, expected):
    assert following(f"<script>{call}</script>") == expected


def test_hanweb_counts_its_own_pages():
    html = '<div id="u12"><script type="text/xml"><totalpage>3</totalpage></script></div>'
    assert following(html, url="http://example.com/col/col7/index.html") == [
        "/col/col7/index.html?uid=u12&pageNum=2"
    ]
    last = "http://example.com/col/col7/index.html?uid=u12&pageNum=3"
    assert following(html, url=last) == []


def test_a_next_page_that_is_a_report_is_none():
    assert following('<li><a href="t2.html">下一页</a></li>') == []


@pytest.mark.parametrize(
    ("html", "numbers"),
    [
        ('<a href="t20230306_4109_1.html">2</a><a href="t20230306_4109_2.html">3</a>', [1, 2]),
        ('<a href="t20230306_4109_2.html">3</a><a href="t20230306_4109_1.html">下一页</a>', [1, 2]),
        ('<script>createPageHTML(3, 0, "t20230306_4109", "html");</script>', [1, 2]),
        ('<a href="./t20230306_4109_2.html">下一页</a><a href="t20230306_4109_2.html">2</a>', [2]),
        ('<script>createPageHTML(3, 0, "index", "html");</script>', []),
        ('<a href="t20230306_4110.html">下一篇</a>', []),
        ('<a href="t20230306_41091.html">相关</a>', []),
        ('<a href="/tz/t20230306_4109_1.html">别处</a>', []),
        ('<a href="t20230306_4109_1.shtml">别的</a>', []),
    ],
)
def test_the_parts_of_an_article(html, numbers):
    assert find_parts(html, ARTICLE) == tuple(ARTICLE.replace(".html", f"_{n}.html") for n in numbers)


def test_parts_by_a_query():
    url = "http://example.com/xw/8101.html"
    assert find_parts('<a href="?page=2">2</a><a href="8101.html?page=3">3</a>', url) == (
        f"{url}?page=2",
        f"{url}?page=3",
    )


def test_an_article_has_an_end():
    html = "".join(f'<a href="t20230306_4109_{n}.html">{n}</a>' for n in range(1, 99))
    assert len(find_parts(html, ARTICLE)) == MAX_PARTS - 1
    assert (
        len(find_parts('<script>createPageHTML(99999,0,"t20230306_4109","html")</script>', ARTICLE))
        == MAX_PARTS - 1
    )


def test_a_page_without_parts_is_not_even_parsed():
    assert not may_have_parts("<p>会议强调</p>".encode(), ARTICLE)
    assert not may_have_parts(b"1_2", "http://example.com/1")
    assert may_have_parts(b'<a href="t20230306_4109_1.html">', ARTICLE)


def test_parts_are_read_from_bytes_in_any_encoding():
    body = (
        '<meta charset="gbk"><p>会议强调，要压实责任。</p><a href="t20230306_4109_1.html">下一页</a>'.encode(
            "gbk"
        )
    )
    assert parts_of(Page(ARTICLE, body, "text/html")) == (ARTICLE.replace(".html", "_1.html"),)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='<a href="8101_2.html?page=>createPageHTML(3,0,"', max_size=200))
def test_whatever_the_text(text):
    parts = find_parts(text, "http://example.com/xw/8101.html")
    assert len(set(parts)) == len(parts) < MAX_PARTS
    assert all(part.startswith("http://example.com/xw/8101") for part in parts)
