"""PDF files: the text as it is printed, a paragraph a line; what holds none says so."""

from __future__ import annotations

import pytest
from made_files import Line, assemble_pdf, make_pdf, typeset

from crawler.files.lines import MOST_PAGES, MOST_TEXT, Unreadable
from crawler.files.pdf import read

TITLE = "青溪县人民政府办公室关于印发全县安全生产会议纪要的通知"
TEXT = [
    "3月6日，县委副书记、县长柏望舒主持召开全县安全生产会议，传达学习有关文件精神，部署下一阶段重点工作。",
    "县委书记岑晓岚强调，一要逐条销号抓整改；二要压实企业主体责任，盯紧矿山、燃气和道路运输。",
] * 20  # fmt: skip


def test_a_document_of_several_pages():
    found = read(make_pdf(typeset(TEXT, title=TITLE, header="青溪县人民政府公报")))
    assert found.lines == [TITLE, *TEXT]
    assert (found.pages, found.whole) == (5, True)
    assert {(cut.rule, cut.place) for cut in found.cuts} == {
        (rule, f"page {n}") for rule in ("page_number", "running_head") for n in range(1, 6)
    }
    assert found.reader.startswith("PDF, by PDFium ")


def test_a_font_that_is_not_embedded_loses_no_character():
    """Each character drawn by itself, as many programs do, in a font that this machine does not have."""
    text = "3月6日，县委副书记、县长柏望舒主持召开会议。"
    found = read(make_pdf([[Line(char, x=60 + 16 * at) for at, char in enumerate(text)]]))
    assert found.lines == [text]


def test_rare_characters_of_names():
    """Characters beyond the basic plane are kept whole; radicals that fonts name are characters."""
    found = read(make_pdf([[Line("县长柏\U000200cc主持召开⼈⺠政府常务会议，部署安全生产工作。")]]))
    assert found.lines == ["县长柏\U000200cc主持召开人民政府常务会议，部署安全生产工作。"]
    assert found.notes == [("radicals", "⼈→人 1 ⺠→民 1", "whole text")]
    assert found.whole


def test_pages_that_are_pictures_are_told():
    pages = typeset(TEXT[:4])
    found = read(make_pdf([*pages, [], *typeset(TEXT[:2], first=3)], pictures=[1]))
    assert not found.whole
    assert ("page_without_text", "a picture", "page 2") in found.notes


def test_a_page_that_is_empty_is_no_loss():
    assert read(make_pdf([*typeset(TEXT[:4]), []])).whole


def test_a_long_file_is_read_to_the_limit_and_says_so():
    pages = [[Line("会" * 1000, y=800 - 14 * n, size=1) for n in range(56)]] * 8
    found = read(make_pdf(pages))
    assert sum(map(len, found.lines)) >= MOST_TEXT
    assert not found.whole
    assert found.notes == [("file_limit", "6 of 8 pages read", "page 6")]


def encrypted() -> bytes:
    return make_pdf(
        [[Line("会议")]],
        extra=f"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'41' * 32}>/U<{'42' * 32}>>>",
    )


def endless() -> bytes:
    """A tree of pages that is its own branch, and claims millions of pages."""
    return assemble_pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R 2 0 R]/Count 99999999>>"]
    )


def bomb() -> bytes:
    """A stream that unpacks to a gigabyte of nothing."""
    import zlib

    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(bytes(1 << 20)) for _ in range(200)) + packer.flush()
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"
    stream = f"<</Length {len(data)}/Filter/FlateDecode>>stream\n".encode() + data + b"\nendstream"
    return assemble_pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream]
    )


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (make_pdf([[], []], pictures=[0, 1]), "scanned"),
        (make_pdf([[]]), "no_text"),
        (make_pdf([[Line("\ue001\ue002\ue003\ue004会议强调要压实责任逐条销号确保安全")]]), "garbled_text"),
        (encrypted(), "encrypted"),
        (b"%PDF-1.7 and no more", "damaged_file"),
        (make_pdf(typeset(TEXT))[:700], "damaged_file"),
        (bomb(), "no_text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_says_why(body, reason):
    with pytest.raises(Unreadable) as refused:
        read(body)
    assert refused.value.reason == reason


def test_an_endless_tree_of_pages_has_an_end():
    with pytest.raises(Unreadable) as refused:
        read(endless())
    assert refused.value.reason in ("damaged_file", "no_text", "scanned")
    assert MOST_PAGES < 10_000
