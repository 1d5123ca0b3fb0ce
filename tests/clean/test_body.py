"""Which element is believed to hold the article, and what is never cut by its name?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clean import clean
from pipelines.clean.blocks import parse
from pipelines.clean.body import choose_body, left_outside
from pipelines.clean.containers import load_containers
from pipelines.clean.noise import load_noise
from pipelines.clean.weights import Sums, chrome_blocks, is_attachment, is_prose, longest_block, weigh

TEXT = "<p>3月6日，县长柏远主持召开县政府常务会议。</p><p>会议指出，隐患要逐条销号，责任到人。</p>"
BODY = ("3月6日，县长柏远主持召开县政府常务会议。", "会议指出，隐患要逐条销号，责任到人。")
NAMES = load_containers()


def blocks_of(html: str) -> tuple:
    return parse(html, is_html=True).blocks


@pytest.mark.parametrize(
    "name", [f"id={name}" for name in NAMES.ids] + [f"class={name}" for name in NAMES.classes]
)
def test_every_known_container_is_believed(name):
    """A line of prose stands beside it, which the container leaves out."""
    html = f"<h1>县政府常务会议召开</h1><div><p>本页由值班室维护，如有错漏，请告知。</p><div {name}>{TEXT}</div></div>"
    cleaned = clean(html, content_type="text/html")
    assert cleaned.paragraphs == BODY
    assert any(e.rule.startswith("container ") for e in cleaned.evidence)


@pytest.mark.parametrize("begin", NAMES.markers)
def test_every_marker_is_believed(begin):
    html = f"<div><p>本页由值班室维护，如有错漏，请告知。</p><!--{begin}-->{TEXT}<!-- {NAMES.markers[begin]} --></div>"
    assert clean(html, content_type="text/html").paragraphs == BODY


@pytest.mark.parametrize("word", sorted(load_noise().names))
def test_named_chrome_inside_the_article_is_cut(word):
    html = f"<h1>县政府常务会议召开</h1><div id=zoom>{TEXT}<div class='x-{word}'>其他的话，不多。</div></div>"
    cleaned = clean(html, content_type="text/html")
    assert cleaned.paragraphs == BODY
    assert ("chrome", "其他的话，不多。") in {(cut.rule, cut.text) for cut in cleaned.cuts}


@pytest.mark.parametrize("word", sorted(load_noise().names))
def test_the_longest_block_is_never_cut_by_a_name(word):
    html = f"<h1>县政府常务会议召开</h1><div class='{word}'>{TEXT}</div>"
    assert clean(html, content_type="text/html").paragraphs == BODY


def test_a_known_container_with_hardly_any_text_is_not_believed():
    html = f"<div id=zoom><p>无，无。</p></div><div class=other>{TEXT * 1}</div>"
    assert clean(html, content_type="text/html").paragraphs == BODY


def test_a_page_of_links_has_no_body():
    rows = "".join(f"<li><a href={n}>第{n}次会议，开完了</a></li>" for n in range(9))
    assert choose_body(parse(f"<ul>{rows}</ul>", is_html=True)) is None
    assert choose_body(parse("", is_html=True)) is None
    assert choose_body(parse("", is_html=False)) is None


def test_weights_speak_for_prose_and_against_links():
    page = parse(
        "<p>会议指出，隐患要逐条销号，责任到人。</p><p><a href=1>时政要闻</a></p><p>要闻</p>", is_html=True
    )
    prose, link, label = weigh(page, None).worth
    assert prose > 0 > label > link


def test_text_above_the_title_is_worth_less():
    page = parse(f"{TEXT}<h1>标题</h1>{TEXT}", is_html=True)
    worth = weigh(page, 2).worth
    assert worth[0] < worth[3]


def test_left_outside_names_long_paragraphs_only():
    long = "另有一段很长的话，说的是别的事情，" * 6 + "到此为止。"
    page = parse(f"<div id=zoom>{TEXT * 5}</div><p>{long}</p><p>短，短。</p>", is_html=True)
    choice = choose_body(page)
    assert (choice.start, choice.stop) == (0, 10)
    assert left_outside(page, choice, None) == (10,)


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("会议指出，隐患要逐条销号。", True),
        ("时政要闻", False),
        ("首页，新闻", False),
        ("会议指出，隐患要逐条销号，责任到人，一抓到底，绝不含糊，务求实效，以实绩", True),
    ],
)
def test_prose(text, prose):
    assert is_prose(blocks_of(f"<p>{text}</p>")[0]) is prose


@pytest.mark.parametrize("text", ["附件：方案", "1.方案.pdf", "《工作方案》", "任务表.xlsx"])
def test_attachments(text):
    assert is_attachment(text)


@given(st.lists(st.floats(-100, 100), max_size=20))
@settings(max_examples=50)
def test_sums_of_prose_are_plain_and_the_cost_of_a_run_is_bounded(values):
    sums = Sums(values)
    for start in range(len(values) + 1):
        for stop in range(start, len(values) + 1):
            stretch = values[start:stop]
            if min(stretch, default=0) >= 0:
                assert abs(sums(start, stop) - sum(stretch)) < 1e-6
            assert sums(start, stop) >= sum(stretch) - 1e-6
            assert (
                sums(start, stop) >= sum(v for v in stretch if v > 0) - 150 * (len(stretch) // 2 + 1) - 1e-6
            )


def test_above_a_title_without_text_below_prose_keeps_some_worth():
    page = parse(f"{TEXT}<h1>标题</h1><p>短。</p>", is_html=True)
    assert weigh(page, 2).worth[0] > 0


def test_chrome_of_a_page():
    page = parse(f"<nav>导航</nav><div class=main>{TEXT}</div><div id=footer><p>页脚</p></div>", is_html=True)
    assert longest_block(page) == 1
    assert chrome_blocks(page) == {0, 3}
