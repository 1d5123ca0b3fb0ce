"""Are lists of teasers and comments told from an article's own sections?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clean import clean
from pipelines.clean.blocks import parse
from pipelines.clean.items import find_items

LEAD = "<p>3月6日，青溪县召开春季防汛会议，县长柏远山主持会议并讲话，部署水库值守工作。</p>"
PAGE = (
    "<title>青溪县召开春季防汛会议</title><h1>青溪县召开春季防汛会议</h1><div id=a>{}</div><div id=b>{}</div>"
)
THINGS = ("旧书摊", "菊花展", "夜市街", "老邮局")
TEASER = "{0}又开张了"
STORY = "{0}今天迎来了许多人，大家在这里度过了愉快的一天，直到傍晚才散去。"


def rows(shape: str) -> str:
    return "".join(shape.format(TEASER.format(thing), STORY.format(thing)) for thing in THINGS)


SHAPES = {
    "list items": "<li>{0}<p>{1}</p></li>",
    "linked headings": "<div class=x><a href=1>{0}</a><p>{1}</p></div>",
    "headings in boxes": "<div><div><h4>{0}</h4></div><div><p>{1}</p></div></div>",
    "comments": "<div><b>柏颖</b><p>{1}</p><span>回复</span></div>",
    "definition": "<dl><dt>{0}</dt><dd>{1}</dd></dl>",
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("layout", ["{text}{rows}", "{text}<div>{rows}</div>", "<div>{text}</div>{rows}"])
def test_a_list_below_the_text_is_cut_and_named(shape, layout):
    found = clean(PAGE.format(layout.format(text=LEAD, rows=rows(shape)), ""))
    assert len(found.paragraphs) == 1
    assert found.paragraphs[0].startswith("3月6日")
    assert {cut.rule for cut in found.cuts if "愉快" in cut.text or "迎来" in cut.text} <= {
        "list_item",
        "outside_body",
    }


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_list_above_the_title_is_cut(shape):
    page = f"<title>青溪县召开春季防汛会议</title><div>{rows(shape)}</div><h1>青溪县召开春季防汛会议</h1><div>{LEAD}</div>"
    assert [p[:4] for p in clean(page).paragraphs] == ["3月6日"]


def test_sections_of_the_article_stay():
    words = ("水库值守怎么排", "防汛会议定了什么", "县长柏远山提了要求")
    body = "".join(
        f"<section><p>{word}</p><p>青溪县{word}，会上说得很清楚，各乡镇都要照着办，不能拖延。</p></section>"
        for word in words
    )
    found = clean(PAGE.format(LEAD + body, ""))
    assert len(found.paragraphs) == 7


def test_sections_without_a_lead_are_the_article():
    assert not find_items(parse(f"<h1>三件新鲜事</h1>{rows(SHAPES['list items'])}", is_html=True), 0)


def test_rows_of_a_table_are_no_list():
    body = rows("<tr><td>{0}</td><td>{1}</td></tr>")
    assert not find_items(parse(f"<h1>题</h1>{LEAD}<table>{body}</table>", is_html=True), 0)


def test_two_are_no_list():
    two = "".join(f"<li>{thing}<p>{STORY.format(thing)}</p></li>" for thing in THINGS[:2])
    assert not find_items(parse(f"<h1>题</h1>{LEAD}<ul>{two}</ul>", is_html=True), 0)


@given(
    st.lists(st.sampled_from(["<div>", "</div>", "<li>", "<p>", LEAD, "柏颖", "<br>", STORY]), max_size=40)
)
@settings(max_examples=60)
def test_any_page_can_be_searched(pieces):
    page = parse("".join(pieces), is_html=True)
    assert find_items(page, None) <= set(range(len(page.blocks)))


def test_points_that_an_editor_numbered_stay_without_their_numbers():
    point = "<section><section><b>{}</b></section><section><span>{}</span></section></section>"
    points = (
        "把好开学第一关，问题清零后方可开学，绝不放过一处。",
        "上好思政第一课，校长要带头走上讲台，讲给学生听。",
        "办好学生食堂，每月公布一次伙食账，人人都看得见。",
    )
    body = "".join(point.format(number, text) for number, text in enumerate(points, 1))
    page = clean(PAGE.format(f"{LEAD}<div class=box>{body}</div>", ""))
    assert page.paragraphs[1:] == points


def test_a_ranking_is_a_list():
    rank = "<li><em>{}</em><p><a href=1>{}</a></p></li>"
    body = "".join(rank.format(number, STORY.format(thing)) for number, thing in enumerate(THINGS, 1))
    page = clean(PAGE.format(LEAD, f"<ul>{body}</ul>"))
    assert len(page.paragraphs) == 1
