"""What does a document-sharing page say of its document, and which lines are the document?"""

import dataclasses
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.records import Document
from crawler.sites import Lists, Site
from pipelines.clean.blocks import Block, parse
from pipelines.clean.document import DocumentPage, read_document
from pipelines.clean.similar import choose_section

CASES = tomllib.loads((Path(__file__).parent / "cases" / "document.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_document_page(case):
    page = parse(case["input"], is_html=False)
    page = dataclasses.replace(page, title_tag=case.get("title_tag"))
    read = read_document(page)
    assert read.template == case.get("template")
    for key in ("title", "source", "published"):
        if key in case:
            assert (getattr(read, key) or "") == case[key]
    if "document" in case:
        assert read.document == Document(**case["document"])
    if "text" in case:
        assert [page.blocks[index].text for index in read.text] == case["text"]
    assert read.truncated is case.get("truncated", False)


@pytest.mark.parametrize("case", [c for c in CASES if "document" in c], ids=lambda case: case["label"])
def test_fields_may_be_run_together_or_apart(case):
    apart = case["input"].replace(" ", "\n")
    together = parse("\n".join([case["input"].replace("\n", " ")]), is_html=False)
    for page in (parse(apart, is_html=False), together):
        read = read_document(page).document or Document()
        assert (read.id, read.pages) == (case["document"].get("id"), case["document"].get("pages"))


def test_evidence_names_template_and_fields():
    evidence = read_document(parse(CASES[0]["input"], is_html=False)).evidence
    found = {(item.subject, item.value) for item in evidence}
    assert found >= {("template", "A"), ("pages", "3"), ("uploader", "可****阿"), ("source", "文溪阁")}


def test_other_pages_cost_one_look():
    assert read_document(parse("青溪县召开防汛会议\n3月3日，会议召开。", is_html=False)) == DocumentPage()


def test_a_known_site_gives_the_source():
    site = Site(
        key="demo", name="文溪馆", type="docshare", hosts=("example.com",),
        lists=Lists(urls=("http://example.com/",), report="x"),
    )  # fmt: skip
    assert read_document(parse(CASES[0]["input"], is_html=False), site).source == "文溪馆"


def test_section_without_a_like_heading_is_everything():
    blocks = [Block(i, text, "", "p") for i, text in enumerate(["甲文。", "乙文。"])]
    assert choose_section(blocks, range(2), "县长讲话") == (0, 1)
    assert choose_section(blocks, range(2), "") == (0, 1)


pieces = st.sampled_from(
    ["资源描述", "文档编号:12", "格式:DOC", "页数:3", "《讲话.doc》由会员分享,可在线阅读", "展开阅读全文", "1、同志们", "\n",
     "合集下载", "文档简介", "下载本文档", "版权说明:本文档由用户提供", "资源ID:1", "资源大小:2KB", "下载积分:1", "。", "会议"]
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(pieces, max_size=30).map("".join))
def test_any_page_can_be_read(text):
    page = parse(text, is_html=False)
    read = read_document(page)
    assert read == read_document(page)
    assert all(0 <= index < len(page.blocks) for index in read.text)
    assert list(read.text) == sorted(set(read.text))


def test_a_heading_like_the_own_one_begins_another_document():
    lines = (("h2", "防汛会议讲话稿"), ("p", "甲。"), ("h2", "县抗旱工作主持词"), ("p", "乙。"))
    blocks = [Block(i, text, "", tag) for i, (tag, text) in enumerate(lines)]
    assert choose_section(blocks, range(4), "防汛会议讲话稿") == (1,)
