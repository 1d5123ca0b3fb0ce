"""Are brands, sorts of sites and cut-off texts known, and nothing else taken for one?"""

import pytest

from crawler.records import Cut
from pipelines.clean import clean
from pipelines.clean.blocks import parse
from pipelines.clean.parts import cut_parts, find_brands
from pipelines.clean.truncation import is_truncated


@pytest.mark.parametrize(
    ("html", "names"),
    [
        ("<title>县里开会_青溪网</title><p>一", ["青溪网"]),
        ("<title>县里开会 - 要闻 - 青溪在线</title>", ["青溪在线"]),
        ("<title>县里开会</title>", []),
        ("<p>Copyright © 2002-2023 关于我们 清河新视界</p>", ["清河新视界"]),
        ("<p>清河新视界转载此文目的在于传递更多信息</p>", ["清河新视界"]),
    ],
)
def test_brands_are_the_owners_own_names(html, names):
    assert list(find_brands(parse(html, is_html=True), None)) == names


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("加强救治,清河,全力以赴。", "加强救治,全力以赴。"),
        ("加强救治，清河。全力以赴。", "加强救治。全力以赴。"),
        ("加强救治；清河，全力以赴。", "加强救治；全力以赴。"),
        ("加强救治，清河，要用好岗位清河，全力以赴。", "加强救治，要用好岗位，全力以赴。"),
        ("清河讯，会议召开。", "清河讯，会议召开。"),
        ("会议来到清河，代表们参观。", "会议来到清河，代表们参观。"),
        ("会议在清河召开，清河各镇参加。", "会议在清河召开，清河各镇参加。"),
    ],
)
def test_a_brand_is_cut_only_where_it_stands_alone(text, after):
    assert cut_parts([(text, "line 1")], ["清河"])[0] == [after]


def test_a_stock_dealers_name_is_cut_anywhere():
    texts, cuts = cut_parts([("在北京召开镕盛配资,会上", "line 1")], ["镕盛配资"])
    assert (texts, cuts) == (["在北京召开,会上"], [Cut("brand", "镕盛配资", "line 1")])


@pytest.mark.parametrize(
    ("last", "cut_off"),
    [
        ("会议强调，要突出抓好农村环境整治，压实各级责任，充分发挥行政村、社", True),
        ("会议强调，要突出抓好农村环境整治，压实各级责任，", True),
        ("会议强调，要突出抓好农村环境整治......", True),
        ("会议强调，要突出抓好农村环境整治，压实各级责任。", False),
        ("会议强调，要突出抓好农村环境整治，压实各级责任。（乐知）", False),
        ("会议强调，要突出抓好农村环境整治，压实各级责任。”", False),
        ("2022年3月7日", False),
        ("青溪县人民政府办公室", False),
        ("附件：任务分解表", False),
    ],
)
def test_cut_off(last, cut_off):
    assert is_truncated(["会议由柏远主持，秦笙讲话。", last], None, ()) is cut_off


def test_the_page_says_that_more_follows():
    assert is_truncated(["会议召开。"], None, (Cut("omission", "(此处省略300字)", "/p[2]"),))
    assert is_truncated(["会议召开。"], "paywall", ())
    assert is_truncated(["会议召开。"], None, [Cut("expander", "展开详细", "line 2")])
    assert not is_truncated([], None, ())


@pytest.mark.parametrize(
    ("text", "url", "kind"),
    [
        ("县里开会\n来源：互联网\n会议由柏远主持，秦笙讲话，部署下一步。", "", "aggregator"),
        ("县里开会\n来源：青溪日报\n会议由柏远主持，秦笙讲话，部署下一步。", "", "portal"),
        ("县里开会\n会议由柏远主持，秦笙讲话，部署下一步。", "http://www.qingxi.gov.cn/1.html", "portal"),
        (
            "县里开会\n会议由柏远主持，秦笙讲话，部署下一步。\n声明：转载此文是出于传递更多信息之目的。",
            "",
            "aggregator",
        ),
        ("县里开会\n会议由柏远主持，秦笙讲话，部署下一步。", "", None),
    ],
)
def test_sort_of_site(text, url, kind):
    assert clean(text, url=url, content_type="text/plain").site_type == kind


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("加强救治，镕盛配资，全力以赴。", "加强救治，全力以赴。"),
        ("要清理场外配资，严打非法配资，不留死角。", "要清理场外配资，严打非法配资，不留死角。"),
        ("会议召开。[找文章到青溪文秘]会议强调。", "会议召开。会议强调。"),
        ('目录HYPERLINK \\l "_Toc8842"一、主要做法1 今年以来，全县植树。', "目录 今年以来，全县植树。"),
        ('TOC \\o "1-2" \\h \\u21877 各位代表：会议 PAGE \\* MERGEFORMAT 2开幕。', "各位代表：会议 开幕。"),
        ('TOC\\o"1-2"\\h\\z\\u一、2020年回顾 1二、2021年任务 3 今年，全县植树。', "今年，全县植树。"),
    ],
)
def test_what_strangers_and_programs_left_in_a_paragraph(text, after):
    assert cut_parts([(text, "line 1")], [])[0] == [after]


def test_a_brand_with_marks_of_its_own_is_cut():
    assert cut_parts([("加强救治，A.B网，全力以赴。", "line 1")], ["A.B网"])[0] == ["加强救治，全力以赴。"]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("金盆棋牌官网下载，凤山娱乐注册登录，百胜彩票计划软件会议以视频形式召开。", "会议以视频形式召开。"),
        ("会议以视频形式召开。金盆手游官方正版_恒山优配开户", "会议以视频形式召开。"),
        ("会议要求，系统要上线手机版，方便群众注册登录，办事指南要有最新版。", None),
        ("平台推出了手机版，群众可以注册登录，办事更方便。", None),
        ("放映队进村免费播放，群众免费观看，一年放了百场。", None),
    ],
)
def test_search_words_glued_to_a_paragraph(text, after):
    assert cut_parts([(text, "line 1")], [])[0] == [after or text]
