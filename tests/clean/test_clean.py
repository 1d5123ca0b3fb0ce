"""Do the promises of clean() hold on any input: positions, records, refusals, bounds?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.records import Cleaned
from crawler.sites import Layout, Lists, Site
from pipelines.clean import clean

PIECES = st.sampled_from(
    [
        "会议强调,要抓好落实,不走过场。",
        "3月6日,县长柏远主持召开县政府常务会议。",
        "<p>",
        "</p>",
        "<div id=zoom>",
        "<div class=comment>",
        "</div>",
        "<br>",
        "<table><tr><td>",
        "</td></tr></table>",
        "<a href=1>链接</a>",
        "责任编辑：乐知",
        "相关新闻",
        "分享到：",
        "首页 > 正文",
        "县政府常务会议召开",
        "2022-03-07 09:10 来源：青溪日报",
        "1、",
        "\n",
        "Copyright © 青溪网",
        "…",
        "(",
        "　　",
    ]
)


def site(**fields) -> Site:
    known = {"key": "qingxi", "name": "青溪网", "type": "portal", "hosts": ("qx.example",)}
    return Site(**{**known, "lists": Lists(urls=("http://qx.example/",), report="x"), **fields})


@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(["text/html", "text/plain", None]))
@settings(max_examples=250, deadline=None)
def test_promises(text, kind):
    cleaned = clean(text, content_type=kind, url="http://example.com/1.html")
    assert all(
        paragraph == paragraph.strip() != "" and "\n" not in paragraph for paragraph in cleaned.paragraphs
    )
    for rewrite in cleaned.rewrites:
        assert cleaned.body[rewrite.start : rewrite.end] == rewrite.after
    assert [r.start for r in cleaned.rewrites] == sorted(r.start for r in cleaned.rewrites)
    assert all(cut.rule and cut.place is not None for cut in cleaned.cuts)
    assert (cleaned.rejection is not None) or cleaned.paragraphs
    assert clean(text, content_type=kind, url="http://example.com/1.html") == cleaned


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_never_raises(text):
    assert isinstance(clean(text), Cleaned)


@pytest.mark.parametrize("kind", ["text/html", "text/plain"])
@pytest.mark.parametrize(
    "piece",
    [
        "<div>x",
        "<p><a href=x>链接</a></p>",
        "<table><tr><td>会议，",
        "会议强调，",
        "<p>责任编辑：柏远</p>",
        "　　会议。\n",
        "<p>会议强调，要抓好落实，不走过场。</p>\n",
        "<",
        "x",
        "<h1>会议</h1>",
        "。　　",
        "<pre>会\n",
        "来源：\n",
        "首页>",
        "1、会议\n",
    ],
)
def test_hostile_input_is_read(piece, kind):
    assert isinstance(clean(piece * (1_000_000 // len(piece)), content_type=kind), Cleaned)


def test_a_page_that_was_too_large_says_so():
    cleaned = clean("会议强调，要抓好落实。\n" * 60_000, content_type="text/plain")
    assert any(e.rule == "too_large" for e in cleaned.evidence)


def test_site_layouts_are_tried_in_order_and_misses_are_told():
    html = "<div class=new><p>会议由柏远主持，秦笙讲话。</p><p class=x>供稿，广告。</p></div><div class=old>别的，不是。</div>"
    layouts = (Layout(body=".gone"), Layout(body=".new", remove=(".x",)), Layout(body=".old"))
    cleaned = clean(html, content_type="text/html", site=site(layouts=layouts))
    assert cleaned.paragraphs == ("会议由柏远主持，秦笙讲话。",)
    told = [(e.rule, e.value, e.chosen) for e in cleaned.evidence if e.subject == "body"]
    assert told[:2] == [("selector_missed", ".gone", False), ("site_selector", ".new", True)]
    told_cuts = [(cut.rule, cut.text) for cut in cleaned.cuts]
    assert told_cuts == [("outside_body", "别的，不是。"), ("site_remove", "供稿，广告。")]


def test_when_all_layouts_miss_the_page_is_read_without_them():
    html = "<div class=new><p>会议由柏远主持，秦笙讲话，部署下一步的工作。</p></div>"
    cleaned = clean(html, content_type="text/html", site=site(layouts=(Layout(body=".gone"),)))
    assert cleaned.paragraphs == ("会议由柏远主持，秦笙讲话，部署下一步的工作。",)
    assert ("selector_missed", False) in {(e.rule, e.chosen) for e in cleaned.evidence}


def test_brands_of_the_site_file_are_cut():
    text = "县里开会\n会议由柏远主持,青溪在线,秦笙讲话,部署下一步的工作。"
    cleaned = clean(text, content_type="text/plain", site=site(brands=("青溪在线",)))
    assert cleaned.body == "会议由柏远主持，秦笙讲话，部署下一步的工作。"


def test_long_paragraphs_outside_are_told():
    other = "另有一段很长的话，说的是别的事情，与这次会议没有关系，" * 4 + "到此为止。"
    html = f"<h1>县里开会</h1><div id=zoom>{'<p>会议由柏远主持，秦笙讲话，部署下一步工作。</p>' * 9}</div><div><p>{other}</p></div>"
    cleaned = clean(html, content_type="text/html")
    assert [e.value for e in cleaned.evidence if e.rule == "left_outside"] == [other[:60]]


def test_markup_is_seen_when_the_header_is_silent():
    assert clean("<div><p>会议由柏远主持，秦笙讲话。</p></div>").body == "会议由柏远主持，秦笙讲话。"
    assert clean("会议由柏远主持，a<b，秦笙讲话。").body == "会议由柏远主持，a<b，秦笙讲话。"


def test_a_selector_that_cannot_be_read_is_told_and_the_page_still_read():
    html = "<div id=zoom><p>3月6日，会议由柏远主持，秦笙讲话，部署工作。</p></div>"
    cleaned = clean(html, site=site(layouts=(Layout(body="div:has(p)"), Layout(body="#zoom"))))
    assert cleaned.paragraphs == ("3月6日，会议由柏远主持，秦笙讲话，部署工作。",)
    errors = [e.value for e in cleaned.evidence if e.rule == "selector_error"]
    assert len(errors) == 1
    assert "div:has(p)" in errors[0]


def test_what_stands_outside_the_body_is_told_in_two_bounded_cuts():
    links = "".join(f"<li><a href={n}>第{n}条要闻</a></li>" for n in range(300))
    text = "<p>3月6日，会议由柏远主持，秦笙讲话，部署全年的各项工作。</p>" * 1
    cleaned = clean(f"<ul>{links}</ul><div id=zoom>{text}</div><div>联系我们</div>")
    before, behind = [cut for cut in cleaned.cuts if cut.rule == "outside_body"]
    assert "300 lines" in before.text
    assert len(before.text) < 260
    assert behind.text == "联系我们"


def test_the_day_in_a_table_above_the_title():
    table = "<tr><td>文号：</td><td>无</td><td>发布日期：</td><td>2023-07-28</td></tr>"
    page = "<table>{}</table><h1>青溪县政府常务会议纪要</h1><div id=zoom><p>7月24日，县长柏远主持召开会议。</p></div>"
    assert str(clean(page.format(table), content_type="text/html").published_at)[:10] == "2023-07-28"
