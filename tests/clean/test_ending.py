"""Does the text end where it ends, neither before nor behind?"""

from __future__ import annotations

import pytest

from pipelines.clean import clean

FIRST = "<p>3月6日，江岚县召开植树大会，县长柏远山主持会议，部署春季植树工作。</p>"
MORE = "<p>会议指出，植树要抢抓时节，县林业局要把好苗木关，确保栽一棵活一棵。</p>"
PAGE = "<title>江岚县召开植树大会</title><h1>江岚县召开植树大会</h1><div id=a>{}</div>"


@pytest.mark.parametrize(
    "line",
    ["编辑：柏颖", "来源：江岚日报", "发布人：柏颖", "热线电话：12345678"],
)
def test_a_weak_mark_inside_the_text_goes_alone(line):
    found = clean(
        PAGE.format(
            FIRST + MORE + f"<p>{line}</p>" + MORE.replace("植树", "育苗") * 1 + FIRST.replace("3月6", "3月7")
        )
    )
    assert len(found.paragraphs) == 4
    assert line in {cut.text for cut in found.cuts}


def test_a_weak_mark_behind_the_text_ends_it():
    found = clean(PAGE.format(FIRST + MORE * 1 + "<p>责任编辑：柏颖</p><p>别的事情，也很好。</p>"))
    assert len(found.paragraphs) == 2


def test_the_end_moves_before_lines_that_go_anyway():
    lines = "\n".join(["附件：", "（无）", "【关闭窗口】", "责任编辑：柏颖", "关于我们"])
    first = FIRST.replace("<p>", "").replace("</p>", "")
    assert clean(f"江岚县召开植树大会\n{first}\n{lines}", content_type="text/plain").paragraphs == (first,)


@pytest.mark.parametrize(
    "line", ["记者：请问苗木从哪里来？", "（2021年3月6日）", "责任单位：县林业局", "1"], ids=str
)
def test_lines_that_only_look_like_a_byline_stay(line):
    extra = "<p>地点：县政府三楼会议室</p>" if line.startswith("责任") else ""
    found = clean(PAGE.format(FIRST + extra + f"<p>{line}</p>" + MORE))
    assert line.replace("（", "").strip("）") in found.body


def test_a_number_beside_links_to_other_pages_goes():
    found = clean(PAGE.format(FIRST + MORE + "<p>1</p><p><a href=2>2</a></p><p><a href=2>下一页</a></p>"))
    assert len(found.paragraphs) == 2
    assert ("paging", "1") in {(cut.rule, cut.text) for cut in found.cuts}


def test_several_fields_in_the_closing_bracket_go():
    closing = FIRST.replace("</p>", "（图文：柏颖 审核：柳青禾 终审：白朗）</p>")
    found = clean(PAGE.format(MORE + closing))
    assert found.paragraphs[-1].endswith("部署春季植树工作。")
    assert found.editors[0] == "柳青禾"


def test_text_above_a_sure_title_is_cut_even_when_it_is_prose():
    page = f"<title>江岚县召开植树大会_江岚网</title><div><div>{MORE.replace('植树', '读书') * 3}</div>"
    page += f"<div><b>江岚县召开植树大会</b></div><div>{FIRST}{MORE}</div></div>"
    assert [p[:2] for p in clean(page).paragraphs] == ["3月", "会议"]


def test_a_weak_mark_in_plain_text_is_cut_alone_when_much_goes_on():
    lines = [
        "江岚县召开植树大会",
        "3月6日，江岚县召开植树大会，县长柏远山主持会议，部署春季植树工作。",
        "编辑：柏颖",
        "会议指出，植树要抢抓时节，县林业局要把好苗木关，确保栽一棵活一棵。",
    ]
    found = clean("\n".join(lines), content_type="text/plain")
    assert found.paragraphs == (lines[1], lines[3])


def test_what_follows_a_weak_mark_behind_a_notice_is_no_text():
    lines = [
        "江岚县召开植树大会",
        "3月6日，江岚县召开植树大会，县长柏远山主持会议，部署春季植树工作。",
        "编辑：柏颖",
        "相关新闻",
        "会议指出，植树要抢抓时节，县林业局要把好苗木关，确保栽一棵活一棵。",
    ]
    found = clean("\n".join(lines), content_type="text/plain")
    assert found.paragraphs == (lines[1],)


SPEECH = ["同志们：", "现在开会。这次会议的任务，是部署今年的防汛工作，请大家把手机调到静音，认真听会。" * 2]
OTHER = ["全县抗旱工作会议主持词", "同志们：", "今天的会议有三项议程，首先请县水务局通报旱情。"]


@pytest.mark.parametrize(
    ("title", "lines", "kept"),
    [
        ("全县防汛工作会议主持词", [*SPEECH, *OTHER], SPEECH),
        ("全县防汛工作会议主持词", [*SPEECH, "工作会议主持词", *OTHER[1:]], SPEECH),
        ("会议主持词三篇", [*SPEECH, *OTHER], [*SPEECH, *OTHER]),
        ("全县抗旱工作会议主持词", [*OTHER, *SPEECH], [*OTHER[1:], *SPEECH]),
        (
            "全县防汛工作会议主持词",
            [*SPEECH, "听取了关于抗旱的讲话", SPEECH[1]],
            [*SPEECH, "听取了关于抗旱的讲话", SPEECH[1]],
        ),
        (
            "全县防汛工作会议上的讲话",
            ["一句话总结：" + "防汛要早。" * 20, "全县防汛工作", "会议上的讲话", *SPEECH],
            ["一句话总结：" + "防汛要早。" * 20, "全县防汛工作", "会议上的讲话", *SPEECH],
        ),
    ],
    ids=[
        "another",
        "another by its kind alone",
        "a collection",
        "its own headline",
        "no salutation below",
        "two lines",
    ],
)
def test_another_speech_below_is_no_part_of_the_text(title, lines, kept):
    body = "".join(f"<p>{line}</p>" for line in lines)
    page = clean(f"<title>{title}</title><h1>{title}</h1><div id=contents>{body}</div>")
    assert list(page.paragraphs) == kept
    assert ("other_document" in {cut.rule for cut in page.cuts}) == (
        len(kept) < len(lines) and lines[0] != OTHER[0]
    )
