"""Is a page that is no report refused, with figures, and a short report kept?"""

import pytest

from pipelines.clean import clean

SHORT = "3月6日，县长柏远主持召开县政府常务会议。"


def reason(html: str, kind: str = "text/html") -> str | None:
    rejection = clean(html, content_type=kind).rejection
    return rejection.reason if rejection else None


@pytest.mark.parametrize(
    "html", ["", " \n ", "<html></html>", "<p>404</p>", "<script>var a=1</script>", "<p>页面不存在</p>"]
)
def test_nothing_to_read(html):
    assert reason(html) == "no_body"


def test_a_list_page_is_told_from_an_empty_one():
    rows = "".join(f"<li><a href={n}.html>县里召开第{n}次会议</a></li>" for n in range(30))
    rejection = clean(f"<ul>{rows}</ul><p>共30条</p>", content_type="text/html").rejection
    assert rejection.reason == "list_page"
    assert "30 of 31" in rejection.detail


def test_a_chapter_of_a_novel():
    text = "加入书签 | 下一章\n第四十二章 县委扩大会\n会议由县长柏远主持。他清了清嗓子，说道：“各位，咱们开始吧。”台下顿时安静下来。"
    assert reason(text, "text/plain") == "novel"


def test_names_replaced_by_brands():
    text = "县里开会\n皇冠体育平台组织收看收听了全县会议，柏远出席。会后，尊龙凯时融媒体中心作了报道，bet365部署了工作。"
    assert reason(text, "text/plain") == "replaced_names"


@pytest.mark.parametrize(
    "text",
    [
        f"县政府常务会议召开\n{SHORT}",
        f"县里修订章程\n{SHORT}会议审议了第三章和第五章，通过了修订稿。",
        f"市体育局召开会议\n{SHORT}会议听取了体育平台建设情况汇报。",
        f"第十章第二节学习会召开\n来源：青溪日报\n{SHORT}",
    ],
)
def test_short_and_odd_reports_are_kept(text):
    assert reason(text, "text/plain") is None


def test_figures_go_along():
    detail = clean("<p>一</p><p>二</p>", content_type="text/html").rejection.detail
    assert any(char.isdigit() for char in detail)
