"""Is every page read, whatever it is made of, and do its blocks stay in their place?"""

import pytest

from pipelines.clean.blocks import parse
from pipelines.clean.byline import byline_blocks, read_byline
from pipelines.clean.document import read_document
from pipelines.clean.published import choose_published
from pipelines.clean.segments import join_segments
from pipelines.clean.title import choose_title

SIZE = 300_000
UNITS = ["来源：", "责任编辑：柏远山", "（记者 ", "原标题：", "《讲话》由会员分享,", "1、", "a_", " ", "柏远山李青禾", "2021-03-04 ",
         "县委召开会议\n", "来源：青溪日报\n", "资源描述\n文档编号:1\n格式:DOC\n", "\n1、", "，", "<a>", "上传人"]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("is_html", [False, True], ids=["text", "html"])
def test_any_page_is_read(unit, is_html):
    text = unit * (SIZE // len(unit))
    if is_html:
        text = f"<title>{text}</title><meta name=source content='{text}'><div>{text}</div>"
    page = parse(text, is_html=is_html)
    body = frozenset(range(len(page.blocks)))
    title = choose_title(page)
    read_byline(page, body, title_block=title.block)
    choose_published(page, byline_blocks(page, body, title.block), "http://example.com/" + unit * 999)
    read_document(page)
    join_segments([block.text for block in page.blocks[:2000]], title.title, 3)
    assert title.block is None or title.block in body
