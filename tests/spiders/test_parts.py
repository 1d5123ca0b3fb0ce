"""Which pages belong to an article, and the walk through them: in order, each once, with an end."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.records import Page, Part
from spiders.parts import MAX_PARTS, Walk, find_parts, may_have_parts, named_by, parts_of, with_kept_parts

ARTICLE = "http://example.com/xw/t20230306_4109.html"
NAME = "t20230306_4109"


def numbers(html, url=ARTICLE):
    return sorted(find_parts(html, url).pages)


def bar(*links):
    """A page bar: (number in the address, words)."""
    return "".join(f'<a href="{NAME}_{number}.html">{words}</a>' for number, words in links)


def walked(pages, first=""):
    """The pages that are asked for when each holds this bar, and the article that comes of it."""
    page = Page(ARTICLE, first.encode(), "text/html; charset=utf-8")
    walk, asked = Walk(page, parts_of(page)), []
    while part := walk.next():
        asked.append(part.url.rpartition("_")[2].partition(".")[0])
        body = pages.get(int(asked[-1]))
        part = Part(part.number, part.url, None if body is None else body.encode(), part.rule)
        walk.take(part, named_by(page, part))
    return asked, walk.whole.parts


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (bar((1, "2"), (2, "3")), [1, 2]),
        (bar((2, "3"), (1, "下一页")), [1, 2]),
        ('<script>createPageHTML(3, 0, "t20230306_4109", "html");</script>', [1, 2]),
        ('<script>createPageHTML(3, 1, "t20230306_4109", "html");</script>', [2, 3]),
        ("<script>createPageHTML('box', 3, 1, 't20230306_4109', 'html', 50);</script>", [2, 3]),
        ('<a href="./t20230306_4109_2.html">下一页</a><a href="t20230306_4109_2.html">2</a>', [2]),
        ('【<a href="t20230306_4109_2.html">第2页</a> <a href="t20230306_4109_3.html">第3页</a>】', [2, 3]),
        ('<a href="t20230306_4109_2.html">第二页：会议要求</a>', [2]),
        ('<a href="t20230306_4109_2.html">余下全文</a>', [2]),
        ('<a href="t20230306_4109-2.html" title="下一页"><img src="r.gif"></a>', [2]),
        ('<a href="t20230306_4109_2.html"><img src="r.gif" alt="下一页"></a>', [2]),
        ('<select><option value="t20230306_4109_2.html">第2页：会议要求</option></select>', [2]),
        ('<a href="https://www.example.com/xw/t20230306_4109_2.html">2</a>', [2]),
        # must not change: these lead to other articles, or back
        ('<script>createPageHTML(3, 0, "index", "html");</script>', []),
        ('<script>createPageHTML(1, 0, "t20230306_4109", "html");</script>', []),
        ('<a href="t20230306_4110.html">下一篇</a>', []),
        ('<a href="t20230306_4109_2.html">下一篇</a>', []),
        ('<a href="t20230306_4109_2.html">下一篇：柏远调研春耕生产</a>', []),
        ('<a href="t20230306_4109_2.html">柏远调研春耕生产</a>', []),
        ('<a href="t20230306_4109_1.html">上一页</a><a href="t20230306_4109_1.html">1</a>', []),
        ('<a href="t20230306_41091.html">2</a>', []),
        ('<a href="/tz/t20230306_4109_1.html">2</a>', []),
        ('<a href="t20230306_4109_1.shtml">2</a>', []),
        ('<a href="http://other.example/xw/t20230306_4109_2.html">2</a>', []),
        ('<a href="javascript:page(2)">2</a>', []),
    ],
)
def test_the_pages_of_an_article(html, expected):
    assert numbers(html) == expected


@pytest.mark.parametrize(
    ("url", "href", "expected"),
    [
        ("http://example.com/xw/8101.html", "?page=2", "http://example.com/xw/8101.html?page=2"),
        ("http://example.com/show.php?id=8101", "show.php?id=8101&amp;p=2", "http://example.com/show.php?id=8101&p=2"),
        ("http://example.com/archives/8101", "/archives/8101/2", "http://example.com/archives/8101/2"),
        ("http://example.com/archives/8101/", "2/", "http://example.com/archives/8101/2/"),
        ("http://example.com/doc/1/8101.html?coluid=7", "8101_2.html?coluid=7", "http://example.com/doc/1/8101_2.html?coluid=7"),
        ("http://example.com/p-7.html", "p-7-2.html", "http://example.com/p-7-2.html"),
        ("http://example.com/a/5.html", "5_2.html", "http://example.com/a/5_2.html"),
    ],
)  # fmt: skip
def test_the_forms_of_an_address(url, href, expected):
    assert find_parts(f'<a href="{href}">下一页</a>', url).pages == {2: expected}


def test_another_document_of_a_sharing_site_is_no_page_of_this_one():
    assert numbers('<a href="p-7-2.html">防汛工作方案.docx</a>', "http://example.com/p-7.html") == []


def test_comments_that_have_pages_too_are_no_article():
    assert numbers(bar((2, "下一页")) + '<a href="?page=9">9</a>') == [2]


def test_pages_come_in_order_whatever_the_order_of_the_links():
    pages = {n: f"<p>{n}</p>" + bar((n + 1, "下一页"), (5, "尾页")) for n in range(2, 5)} | {5: "<p>5</p>"}
    asked, parts = walked(pages, bar((2, "下一页"), (5, "尾页")))
    assert asked == ["2", "3", "4", "5"]
    assert [part.number for part in parts] == [2, 3, 4, 5]
    assert all(part.body for part in parts)


def test_trs_counts_its_second_page_as_one():
    asked, parts = walked({1: "", 2: ""}, '<script>createPageHTML(3, 0, "t20230306_4109", "html")</script>')
    assert asked == ["1", "2"]
    assert [(part.number, part.rule) for part in parts] == [(2, "part_missing"), (3, "part_missing")]


def test_the_paging_call_on_a_later_page_names_no_more():
    """Page 2 of a count from 0 reads like page 1 of a count from 1."""
    call = '<script>createPageHTML(3, {}, "t20230306_4109", "html")</script>'
    asked, _ = walked({1: call.format(1), 2: call.format(2)}, call.format(0))
    assert asked == ["1", "2"]


def test_a_page_that_is_missing_is_passed_over_and_named():
    asked, parts = walked({2: "<p>二</p>", 4: "<p>四</p>"}, bar((2, "2"), (4, "4")))
    assert asked == ["2", "3", "4"]
    assert [(p.number, p.body is None) for p in parts] == [(2, False), (3, True), (4, False)]


def test_a_ring_of_pages_has_an_end():
    asked, _ = walked({2: bar((3, "下一页")), 3: bar((2, "下一页"), (3, "3"))}, bar((2, "下一页")))
    assert asked == ["2", "3"]


def test_a_site_that_ignores_the_number_is_asked_once():
    first = bar((2, "下一页"), (9, "尾页"))
    assert walked(dict.fromkeys(range(2, 10), first), first)[0] == ["2"]


def test_an_endless_article_ends_at_the_limit_and_says_so():
    pages = {n: bar((n + 1, "下一页")) for n in range(2, 99)}
    asked, parts = walked(pages, bar((2, "下一页")))
    assert len(asked) == MAX_PARTS - 1
    assert (parts[-1].number, parts[-1].body, parts[-1].rule) == (MAX_PARTS + 1, None, "part_limit")
    call = '<script>createPageHTML(99999,0,"t20230306_4109","html")</script>'
    assert len(walked({}, call)[1]) == MAX_PARTS


def test_exactly_as_many_as_the_limit_is_no_case_for_it():
    _, parts = walked(dict.fromkeys(range(2, 21), ""), bar((2, "2"), (MAX_PARTS, "尾页")))
    assert [part.rule for part in parts if part.body is None] == []


def test_the_archive_gives_the_same_article():
    pages = {2: "<p>二</p>", 3: "<p>三</p>" + bar((4, "下一页"))}
    first = bar((2, "2"), (3, "3"))
    kept = {number: body.encode() for number, body in pages.items()}
    assert with_kept_parts(Page(ARTICLE, first.encode(), "text/html"), kept).parts == walked(pages, first)[1]


def test_a_page_without_further_ones_is_not_even_parsed():
    assert not may_have_parts("<p>会议强调</p>".encode(), ARTICLE)
    assert may_have_parts(b'<a href="t20230306_4109_1.html">', ARTICLE)
    assert with_kept_parts(Page(ARTICLE, b"<p>", "text/html"), {}).parts == ()


def test_pages_are_read_from_bytes_in_any_encoding():
    body = f'<meta charset="gbk"><p>会议强调，要压实责任。</p>{bar((1, "下一页"))}'.encode("gbk")
    assert list(parts_of(Page(ARTICLE, body, "text/html")).pages) == [1]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='<a href="8101_2.html?page=>createPageHTML(3,0,"下一页', max_size=200))
def test_whatever_the_text(text):
    url = "http://example.com/xw/8101.html"
    assert all(page.startswith("http://example.com/xw/8101") for page in find_parts(text, url).pages.values())
