"""How lists go on: by the site's own words, never by counting."""

from __future__ import annotations

import pytest
from crawl_run import a_site

from spiders.lists import read_list_text

URL = "http://example.com/xw/index.html"


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
