"""Promises that hold for any page: nothing twice, nothing lost in silence, no name that cuts the article itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import Page, process
from pipelines.clean import clean

PARAGRAPHS = (
    "3月6日，县委召开防汛会议，部署今年的工作。",
    "会议指出，值守要跟上，排查要见底。",
    "会议强调，物资要备足，队伍要练好。",
    "副县长柏远参加会议。",
)
WRAPS = st.sampled_from(
    [
        '<div id="zoom">{}</div>',
        '<div class="TRS_Editor">{}</div>',
        '<div class="Custom_UnionStyle">{}</div>',
        "<ucapcontent>{}</ucapcontent>",
        "<!--enpcontent-->{}<!--/enpcontent-->",
        '<div class="content"><div>{}</div></div>',
        "<table><tr><td>{}</td></tr></table>",
        "<article>{}",
        "<section>{}</p></section>",
        "<font><b>{}</font></b>",
    ]
)
LINES = st.sampled_from(["<p>{}</p>", "<p>{}", "{}<br>", "<div>{}</div>", "<p><span>{}</span></p>", "{}<p>"])


@given(st.lists(WRAPS, max_size=5), st.lists(LINES, min_size=4, max_size=4))
@settings(max_examples=150, deadline=None)
def test_a_text_node_comes_once_whatever_holds_it(wraps, lines):
    text = "".join(line.format(paragraph) for line, paragraph in zip(lines, PARAGRAPHS, strict=True))
    for wrap in wraps:
        text = wrap.format(text)
    cleaned = clean(f"<h1>县委召开防汛会议</h1>{text}", content_type="text/html")
    assert "".join(cleaned.paragraphs) == "".join(PARAGRAPHS)


@given(
    st.lists(st.sampled_from(["{}", "<b>{}</b>", "<a href=1>{}</a>", "<div class=nav>{}</div>"]), min_size=4)
)
@settings(max_examples=100, deadline=None)
def test_what_is_not_in_the_body_is_in_a_cut(ways):
    said = [f"第{number}处的字" for number in range(len(ways[:8]))]
    page = "".join(f"<p>{way.format(text)}</p>" for way, text in zip(ways, said, strict=False))
    cleaned = clean(f"<h1>县委召开防汛会议</h1><p>{PARAGRAPHS[0]}</p>{page}", content_type="text/html")
    told = [cleaned.body, *(cut.text for cut in cleaned.cuts)]
    assert all(sum(part.count(text) for part in told) == 1 for text in said)


@pytest.mark.parametrize("name", ["nav", "footer", "ad", "comment", "sidebar", "hidden-share"])
def test_page_and_text_are_never_cut_by_their_names(name):
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = f'<html class="{name}"><body id="{name}"><div class="{name}"><h1>县委召开防汛会议</h1>{text}</div>'
    assert clean(page, content_type="text/html").paragraphs == PARAGRAPHS


def test_a_body_that_has_nothing_of_its_title_is_told_and_costs_quality():
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    pages = [f"<h1>{title}</h1>{text}".encode() for title in ("县委召开防汛会议", "龙虎榜揭晓啦")]
    sound, odd = (
        process(Page("http://example.com/1.html", body, "text/html; charset=utf-8")) for body in pages
    )
    assert odd.quality < sound.quality
    assert "shares_nothing_with_title" in {item.rule for item in odd.evidence}
    assert "shares_nothing_with_title" not in {item.rule for item in sound.evidence}


def test_a_speech_keeps_its_own_numbers_and_an_author_his_repetition():
    lines = ["县委书记柏远讲了三点意见：", "1、抓排查。", "2、抓整改。", "3、抓督查。"]
    again = "会议要求，把责任扛在肩上，把工作抓在手上。"
    body = [PARAGRAPHS[0], *lines, again, PARAGRAPHS[1], PARAGRAPHS[2], again]
    page = "".join(f"<p>{line}</p>" for line in body)
    assert list(clean(f"<h1>县委召开防汛会议</h1>{page}", content_type="text/html").paragraphs) == body


@pytest.mark.parametrize(
    "text",
    [
        "产值1,200.5万元，增5.3%",
        "见https://a.example/b?c=1,2;d",
        "写信到a.b@c.example",
        "ABC Co., Ltd.与3:1、9:30",
    ],
)
def test_marks_in_numbers_english_and_addresses_stay(text):
    page = f"<h1>县委召开防汛会议</h1><p>{PARAGRAPHS[0]}</p><p>{text}，会议如是说。</p>"
    assert clean(page, content_type="text/html").paragraphs[-1] == f"{text}，会议如是说。"
