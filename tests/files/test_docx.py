"""Word files: the text as Word shows it, a paragraph a line."""

from __future__ import annotations

import pytest
from made_files import WORD, make_docx, zip_docx

from crawler.files.docx import read
from crawler.files.lines import MOST_TEXT, Unreadable

PARAGRAPH = '<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def lines(*paragraphs, **parts):
    return read(make_docx(paragraphs, **parts)).lines


def run(text, more=""):
    return f"<w:r>{more}<w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (f"<w:p>{run('柏')}{run('望舒')}主持</w:p>", ["柏望舒"]),
        (f"<w:p>{run('姓名')}<w:r><w:tab/></w:r>{run('职务')}</w:p>", ["姓名 职务"]),
        (f"<w:p>{run('标题')}<w:r><w:br/></w:r>{run('副题')}</w:p>", ["标题", "副题"]),
        (f"<w:p>{run('会议')}<w:del><w:r><w:delText>取消</w:delText></w:r></w:del><w:ins>{run('召开')}</w:ins></w:p>", ["会议召开"]),
        (f"<w:p><w:r><w:instrText>TOC</w:instrText></w:r><w:hyperlink>{run('目录')}</w:hyperlink></w:p>", ["目录"]),
        (f"<w:sdt><w:sdtContent><w:p>{run('控件')}</w:p></w:sdtContent></w:sdt>", ["控件"]),
        ("<w:p/>", []),
        (f"<w:tbl><w:tr><w:tc><w:p>{run('柏望舒')}</w:p></w:tc><w:tc><w:p>{run('县长')}</w:p></w:tc></w:tr></w:tbl>", ["柏望舒 县长"]),
        (f"<w:tbl><w:tr><w:tc><w:p>{run('一')}</w:p><w:p>{run('二')}</w:p></w:tc></w:tr></w:tbl>", ["一", "二"]),
        (
            '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><w:t>正文</w:t></w:r>'
            f"<mc:AlternateContent><mc:Choice><w:txbxContent><w:p>{run('框')}</w:p></w:txbxContent></mc:Choice>"
            f"<mc:Fallback><w:txbxContent><w:p>{run('框')}</w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:p>",
            ["正文", "框"],
        ),
    ],
)  # fmt: skip
def test_what_word_shows(xml, expected):
    assert lines("首", xml)[1:] == expected


def numbering(*levels):
    entries = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (kind, text) in enumerate(levels)
    )
    return (
        f'<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="7">{entries}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )


def test_numbers_that_word_writes_by_itself():
    asked = [(0, "总体要求"), (1, "目标"), (1, "原则"), (0, "任务"), (1, "排查")]
    texts = [PARAGRAPH.format(level=level, list=1, text=text) for level, text in asked]
    given = numbering(("japaneseCounting", "%1、"), ("chineseCounting", "（%2）"))
    assert lines(*texts, numbering=given) == [
        "一、总体要求",
        "（一）目标",
        "（二）原则",
        "二、任务",
        "（一）排查",
    ]


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [("decimal", "%1.", "1."), ("bullet", "·", ""), ("decimalEnclosedCircle", "%1", "①"), ("none", "%1", ""), ("upperLetter", "%1)", "A)"), ("unheardOf", "%1.", "1.")],
)  # fmt: skip
def test_the_figures_of_a_list(kind, text, shown):
    assert lines(PARAGRAPH.format(level=0, list=1, text="会议"), numbering=numbering((kind, text))) == [
        f"{shown}会议"
    ]


def test_a_list_that_a_style_gives():
    styles = f'<w:styles xmlns:w="{WORD}"><w:style w:styleId="a1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    styled = f'<w:p><w:pPr><w:pStyle w:val="a1"/></w:pPr>{run("要求")}</w:p>'
    assert lines(styled, styled, numbering=numbering(("decimal", "%1.")), styles=styles) == [
        "1.要求",
        "2.要求",
    ]


def test_a_list_that_is_nowhere_has_no_numbers():
    assert lines(PARAGRAPH.format(level=0, list=9, text="会议")) == ["会议"]


def test_headers_and_footers_are_cuts():
    head = f'<w:hdr xmlns:w="{WORD}"><w:p>{run("青溪县人民政府公报")}</w:p></w:hdr>'
    found = read(make_docx(["会议"], header1=head))
    assert found.lines == ["会议"]
    assert [tuple(cut) for cut in found.cuts] == [("running_head", "青溪县人民政府公报", "word/header1.xml")]


def test_a_long_file_is_read_to_the_limit_and_says_so():
    found = read(make_docx(["会" * 1000] * (MOST_TEXT // 1000 + 50)))
    assert len(found.lines) == MOST_TEXT // 1000
    assert not found.whole
    assert found.notes[0][0] == "file_limit"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (make_docx([]), "no_text"),
        (make_docx(["会议" * 500])[:300], "damaged_file"),
        (zip_docx("<w:document"), "damaged_file"),
        (zip_docx(f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]><d>&l9;</d>'), "damaged_file"),
        (zip_docx('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'), "damaged_file"),
        (zip_docx("<a>" * 5000 + "</a>" * 5000), "damaged_file"),
        (zip_docx(" " * (33 << 20)), "file_limit"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(body, reason):
    with pytest.raises(Unreadable) as refused:
        read(body)
    assert refused.value.reason == reason
