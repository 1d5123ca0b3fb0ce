"""Does one parse keep all that a reader sees, once, in order, however broken the page?"""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clean import tags
from pipelines.clean.blocks import MOST_BLOCKS, MOST_TEXT, parse, squeeze
from pipelines.clean.markup import tokenize
from pipelines.clean.tags import read_attributes

CASES = tomllib.loads((Path(__file__).parent / "cases" / "pages_broken.toml").read_text(encoding="utf-8"))[
    "case"
]

PIECES = """<p> </p> <div> </div> <td> <tr> </table> <table> <br> <a=1> </a> <b> </b> <span> </span> <li> <ul> </ul> <h1>
</h1> <pre> </pre> < <! <!-- --> <script> </script> &amp; &#x4E00; 会议 强调， 。 " ' = > /"""
HTML = st.lists(
    st.sampled_from([*PIECES.split(), "<a href=1>", "<span class=x>", "　　", " ", "\n"]),
    max_size=40,
).map("".join)


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_blocks_of_broken_pages(case):
    assert [block.text for block in parse(case["html"], is_html=True).blocks] == case["blocks"]


@given(HTML)
@settings(max_examples=200, deadline=None)
def test_every_visible_character_comes_once(html):
    """The blocks together are the text tokens together."""
    page = parse(html, is_html=True)
    seen = "".join(block.text for block in (*page.blocks, *page.hidden))
    texts = "".join(
        f"{held if tag and tag.kind == 'start' and held else ''}{text}" for tag, held, text in tokenize(html)
    )
    texts = texts.replace("&amp;", "&").replace("&#x4E00;", "一")
    assert sorted(squeeze(seen).replace(" ", "")) == sorted(squeeze(texts).replace(" ", ""))


@given(HTML)
@settings(max_examples=200, deadline=None)
def test_elements_hold_stretches_of_blocks(html):
    page = parse(html, is_html=True, selectors=["span.x", "div > p", "td"])
    assert [block.index for block in page.blocks] == list(range(len(page.blocks)))
    assert all(0 <= e.start < e.stop <= len(page.blocks) for e in page.elements[1:])
    assert all(0 <= block.link_chars <= len(block.text) for block in page.blocks)
    assert all(0 <= n < len(page.elements) for found in page.matches.values() for n in found)
    assert all(page.blocks[n].tag in ("h1", "h2", "h3") for n in page.headings)


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text_is_parsed(text):
    for is_html in (True, False):
        assert all(block.text == squeeze(block.text) != "" for block in parse(text, is_html).blocks)


def test_lines_of_a_text_file_keep_their_numbers():
    page = parse("标题\n\n　　正文。\r\n尾", is_html=False)
    assert [(b.text, b.path) for b in page.blocks] == [
        ("标题", "line 1"),
        ("正文。", "line 3"),
        ("尾", "line 4"),
    ]


def test_paths_count_elements_of_a_kind():
    page = parse("<html><body><div>一</div><div><p>二</p><p>三</p></div></body></html>", is_html=True)
    assert [block.path for block in page.blocks] == [
        "/html/body/div[1]",
        "/html/body/div[2]/p[1]",
        "/html/body/div[2]/p[2]",
    ]


def test_head_is_read():
    page = parse(
        '<head><title>会议 &amp; 报告</title><meta name=PubDate content="2021-01-02"><meta property="og:title" content=会议>'
        '<script type="application/ld+json">{"datePublished":"2021-01-03"}</script></head>'
        "<publishtime>2021-01-04</publishtime><!--enpproperty <date>2021-01-05</date>/enpproperty--><p>一",
        is_html=True,
    )
    assert page.title_tag == "会议 & 报告"
    assert page.metas == (
        ("pubdate", "2021-01-02"),
        ("og:title", "会议"),
        ("ld+json", '{"datePublished":"2021-01-03"}'),
        ("publishtime", "2021-01-04"),
        ("enpproperty", "enpproperty <date>2021-01-05</date>/enpproperty"),
    )


def test_links_are_counted():
    block = parse("<p>见<a href=1>全文链接</a>。</p>", is_html=True).blocks[0]
    assert (block.text, block.link_chars, block.link_share) == ("见全文链接。", 4, 4 / 6)


def test_hints_are_nearest_first():
    block = parse('<div class="Box Main" id=Zoom><p class=txt>一</p></div>', is_html=True).blocks[0]
    assert block.hints == ("txt", "box", "main", "zoom")


def test_a_box_unseen_until_a_script_has_run_is_seen():
    page = parse("<div class=editor style='visibility: hidden'><p>一</p></div>", is_html=True)
    assert [block.text for block in page.blocks] == ["一"]


def test_hidden_blocks_are_kept_apart():
    page = parse(
        "<p>一</p><p style='visibility:hidden'>二</p><div id=js_content style='visibility:hidden'>三</div>",
        is_html=True,
    )
    assert [block.text for block in page.blocks] == ["一", "三"]
    assert [(block.text, block.index) for block in page.hidden] == [("二", 1)]


def test_markers_hold_a_stretch():
    page = parse("<p>一</p><!--enpcontent--><p>二</p><p>三</p><!--/enpcontent-->四", is_html=True)
    marked = [(e.id, e.start, e.stop) for e in page.elements if e.tag == "#comment"]
    assert marked == [("enpcontent", 1, 3)]


def test_attributes():
    assert read_attributes(" A=1 b='2 &lt; 3' c=\"四\" d A=5") == {"a": "1", "b": "2 < 3", "c": "四", "d": ""}


@pytest.mark.parametrize(
    "piece",
    [
        "<div>x",
        "<a href=x>链接</a>",
        "<!--a",
        '<a x="',
        "<",
        "<script>",
        "<table><tr><td>x",
        "。　　",
        "&",
        "<p a=1 a=2 ",
        "会议，",
    ],
)
def test_hostile_input_is_read_within_bounds(piece):
    page = parse(piece * (500_000 // len(piece)), is_html=True)
    assert len(page.blocks) <= MOST_BLOCKS + 1
    assert sum(len(block.text) for block in page.blocks) <= MOST_TEXT + 1


@pytest.mark.parametrize(
    ("html", "tokens"),
    [
        ("<p title='一<b>二'>三</p>", [("p", "start", "三"), ("p", "end", "")]),
        ('<p title="一>三</p>', [("p", "start", "三"), ("p", "end", "")]),
        ("<b>1<2</b>三", [("b", "start", "三")]),
        ("<script>'<b>'</script>三", [("script", "raw", ""), ("script", "end", "三")]),
        ("<!-- <b> -->三<?x?>四", [(None, None, "三"), (None, None, "四")]),
    ],
)
def test_tokens_of_tags_that_hold_signs(html, tokens):
    """A sign within quotes, a script or a comment begins no tag; one before a digit or a blank is text."""
    found = [(tag and tag.name, tag and tag.kind, text) for tag, _, text in tokenize(html)]
    assert found[1:] == tokens


def test_tags_that_are_kept_are_bounded(monkeypatch):
    monkeypatch.setattr(tags, "KNOWN", {})
    for number in range(tags._MOST_TAGS + 1):
        tags.read_tag(f"a id={number}")
    tags.read_tag("a id=" + "x" * 1000)
    assert list(tags.KNOWN) == [f"a id={tags._MOST_TAGS}"]
