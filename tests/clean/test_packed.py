"""Is an article found that the page only carries in a script, and left alone where the page shows one?"""

import html
import json
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clean import clean
from pipelines.clean.packed import Pack
from pipelines.clean.tags import Tag

PARAGRAPHS = (
    "3月6日，青溪县委书记柏远山主持召开县委常委会会议，传达学习全市春季农业生产会议精神，研究我县贯彻意见。",
    "会议强调，要压实责任，加强领导，把“米袋子”端稳。县长李青禾、县委副书记王立业参加会议。",
    "会议还研究了其他事项。",
)
MARKUP = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
DETAIL = {"id": 17, "title": "青溪县委召开常委会会议", "publishTime": 1583460000000, "source": "青溪融媒"}
SHELL = "<title>看青溪</title><div id=app></div><a href=/app>打开APP</a><script src=a.js></script><script>{}</script>"
OBJECT = (
    "var a={title:'青溪县委召开常委会会议',pub_time:'2020-03-06 10:00:00',source:'青溪融媒',content:'MARKUP'}"
)


def state(text: str, **more: object) -> str:
    return json.dumps({"code": 0, "data": {**DETAIL, "content": text, **more}})


@pytest.mark.parametrize(
    "script",
    [
        f"window.__INITIAL_STATE__={state(MARKUP)};",
        f"window.__INITIAL_STATE__ = JSON.parse({json.dumps(state(MARKUP))})",
        f"var page=JSON.parse(decodeURIComponent('{quote(state(MARKUP))}'))",
        f"var app={state(html.escape(MARKUP), abstract='柏远山主持会议')}",
        f"render({state(chr(10).join(PARAGRAPHS), recommend=[{'title': '别的新闻', 'content': '不长'}])})",
        OBJECT.replace("MARKUP", MARKUP.replace("/", r"\/")),
    ],
)
def test_article_in_a_script(script):
    page = clean(SHELL.replace("{}", script), url="http://example.com/share/17")
    assert page.paragraphs == PARAGRAPHS
    assert (page.title, page.source) == ("青溪县委召开常委会会议", "青溪融媒")
    assert str(page.published_at) == "2020-03-06 10:00:00"
    assert "unpacked" in {note.rule for note in page.evidence}


@pytest.mark.parametrize(
    ("shown", "script"),
    [
        (MARKUP, f"hydrate({state(MARKUP, recommend=[{'content': MARKUP * 9}])})"),
        ("<p>3月6日，柏远山主持会议。</p>" * 12, f"hydrate({state(MARKUP * 9)})"),
        ("", "var config={content:'请在微信客户端打开链接，谢谢'}"),
        ("", "var a={comment:'" + MARKUP + "'}"),
    ],
)
def test_what_the_page_shows_is_the_article(shown, script):
    page = clean(f"<h1>县委召开常委会会议</h1><div id=zoom>{shown}</div><script>{script}</script>")
    assert "unpacked" not in {note.rule for note in page.evidence}


def test_a_list_of_articles_in_a_script_is_none():
    every = [{"title": f"第{n}条新闻", "content": MARKUP} for n in range(4)]
    assert not clean(SHELL.replace("{}", f"var list={json.dumps(every)}")).paragraphs


def test_the_article_of_the_headline_among_others_in_a_script():
    every = [{"title": f"第{n}条新闻", "content": MARKUP * n} for n in range(4)]
    shell = SHELL.replace("{}", f"var list={json.dumps([DETAIL | {'content': MARKUP}, *every])}")
    page = clean(shell.replace("看青溪", "青溪县委召开常委会会议-看青溪"))
    assert page.paragraphs == PARAGRAPHS


def test_time_and_source_next_to_the_title_in_a_script():
    page = clean(f"<h1>{DETAIL['title']}</h1><div id=zoom>{MARKUP}</div><script>DATA={state('')}</script>")
    assert (str(page.published_at), page.source) == ("2020-03-06 10:00:00", "青溪融媒")


@pytest.mark.parametrize(
    "script",
    [
        "var msg_title = 'TITLE'; var nickname = htmlDecode('青溪融媒'); var ct = '1583460000';",
        "app({docInfo:{title:'TITLE', source:'青溪融媒', date:'2020-03-06 10:00:00'}})",
    ],
)
def test_other_names_of_time_and_source_in_a_script(script):
    told = script.replace("TITLE", DETAIL["title"]).ljust(200)
    page = clean(f"<h1>{DETAIL['title']}</h1><div id=zoom>{MARKUP}</div><script>{told}</script>")
    assert (str(page.published_at), page.source) == ("2020-03-06 10:00:00", "青溪融媒")


def test_time_and_source_of_another_article_in_a_script():
    page = clean(f"<h1>县政府召开会议</h1><div id=zoom>{MARKUP}</div><script>DATA={state('')}</script>")
    assert (page.published_at, page.source) == (None, None)


def test_form_fields_beside_the_text():
    fields = {
        "article-title": "青溪县委召开常委会会议",
        "article-time": "1583460000000",
        "article-source-name": html.escape("<a href=//example.com>青溪融媒</a>"),
        "article-content": html.escape(MARKUP),
    }
    boxes = "".join(f'<textarea class="{name}">{text}</textarea>' for name, text in fields.items())
    page = clean(f"<title>青溪县委召开常委会会议</title><div style='display:none'>{boxes}</div>")
    assert page.paragraphs == PARAGRAPHS
    assert (str(page.published_at), page.source) == ("2020-03-06 10:00:00", "青溪融媒")


@settings(max_examples=200)
@given(st.text(alphabet="a:='\"\\{}[]<p>&lt;会u4f1a0, \n", max_size=300))
def test_never_raises(script):
    pack = Pack()
    pack.take(Tag("script"), script.ljust(200))
    found = pack.open((), "")
    assert found is None or found.markup


def test_half_a_surrogate_is_replaced():
    page = clean(SHELL.replace("{}", state(MARKUP).replace(r"\u4e8b\u9879", r"\ud83d\u9879")))
    assert page.paragraphs[-1].startswith("会议还研究了其他")
