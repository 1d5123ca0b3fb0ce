"""Which words of a byline are names, which fields has a line, and what is a source?"""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clean.credits import field_credits, read_closing, read_credit_line, read_dateline
from pipelines.clean.fields import is_byline, read_fields, trim
from pipelines.clean.names import is_name, is_organisation, split_names
from pipelines.clean.sources import Claim, choose_source, claims_of_head, clean_source


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("柏远山", ["柏远山"]),
        ("柏远山 李青禾", ["柏远山", "李青禾"]),
        ("柏远山、李青禾，陶思", ["柏远山", "李青禾", "陶思"]),
        ("王 岑 卢溪禾", ["王 岑", "卢溪禾"]),
        ("记者 柏远山 通讯员 李青禾 陶思源", ["柏远山", "李青禾", "陶思源"]),
        ("全媒体记者柏远山", ["柏远山"]),
        ("青溪日报记者 柏远山", ["柏远山"]),
        ("柏远山李青禾", ["柏远山", "李青禾"]),
        ("柏远李禾", ["柏远", "李禾"]),
        ("欧阳青禾", ["欧阳青禾"]),
        ("帕丽·阿依江 买明·托乎江", ["帕丽·阿依江", "买明·托乎江"]),
        ("柏远山和李青禾", ["柏远山", "李青禾"]),
        ("柏远山 摄", ["柏远山"]),
        ("柏远山 文/图", ["柏远山"]),
        ("栗子", ["栗子"]),
        ("柏远山等", ["柏远山"]),
        ("柏远山 柏远山", ["柏远山"]),
        ("葛文青", ["葛文青"]),
        ("陶以安", ["陶以安"]),
        ("青溪县发改局", []),
        ("县政府办公室", []),
        ("网络整理", []),
        ("本站", []),
        ("", []),
        ("2021-03-04", []),
    ],
)
def test_labelled_names(text, names):
    assert list(split_names(text)) == names


@pytest.mark.parametrize(
    "text", ["高质量发展", "会议现场", "青溪县", "柏远山讲话", "小禾", "资料图", "全市 柏远山"]
)
def test_unlabelled_words_are_no_names(text):
    assert split_names(text, "all") == ()


def test_only_sure_names_among_talk():
    assert split_names("柏远山 李青禾返回首页，查看更多", "skip") == ("柏远山",)


def test_an_account_counts_when_it_is_alone():
    assert split_names("zfw04", "account") == ("zfw04",)
    assert split_names("zfw04") == ()
    assert split_names("青溪融媒中心", "account") == ()


@pytest.mark.parametrize(
    ("word", "name"), [("柏远", True), ("会议", False), ("柏某某", False), ("司马远", True)]
)
def test_is_name(word, name):
    assert is_name(word) is name


def test_offices_are_told_by_their_ending():
    assert is_organisation("县水利局")
    assert is_organisation("青溪发布")
    assert not is_organisation("柏远山")


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("发布时间:2021-10-22 来源:青溪网 记者:柏远", [("published", "2021-10-22"), ("source", "青溪网"), ("reporters", "柏远")]),
        ("来源青溪网", []),
        ("编辑|柏远山", [("editors", "柏远山")]),
        ("来源/红岭网 作者/柏远", [("source", "红岭网"), ("reporters", "柏远")]),
        ("会议时间：3月6日", []),
        ("资料来源：统计局", [("other", "统计局")]),
        ("责 任 编 辑 ：柏远", [("editors", "柏远")]),
        ("浏览次数： 信息来源：县府办", [("other", ""), ("source", "县府办")]),
        ("来源：" + "长" * 400, []),
    ],
)  # fmt: skip
def test_read_fields(line, fields):
    assert [(field.kind, field.value) for field in read_fields(line)] == fields


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("2022年09月22日15:06 | 来源:青溪日报", True),
        ("来源：青溪日报 字号：大 中 小", True),
        ("打印 关闭", True),
        ("2024-08-22", True),
        ("会议指出，要抓好落实。", False),
        ("县委召开会议 来源：青溪日报", False),
        ("记者：请问会议的背景是什么？请您谈谈。好的。", False),
        ("8月21日，会议开幕。", False),
    ],
)
def test_is_byline(line, byline):
    assert is_byline(line) is byline


@pytest.mark.parametrize(
    ("value", "source"),
    [
        ("青溪日报", "青溪日报"),
        ("青溪网-要闻频道", "青溪网-要闻频道"),
        ("澎湖新闻·澎湖号·政务", "澎湖新闻·澎湖号·政务"),
        ("青溪日报 2020-02-26", "青溪日报"),
        ("2020-02-26 青溪日报", "青溪日报"),
        ("青溪日报字号：大", "青溪日报"),
        ("《青溪日报》", "青溪日报"),
        ("青溪日报（记者 柏远）", "青溪日报"),
        ("青溪县传媒中心记者 柏远", "青溪县传媒中心"),
        ("游民青溪[整理]", "游民青溪[整理]"),
        ("The Paper", "The Paper"),
        ("青溪发布原标题", "青溪发布"),
        ("by", None),
        ("青溪县 融媒体中心", "青溪县 融媒体中心"),
        ("互联网", "互联网"),
        ("未知", None),
        ("", None),
        ("12345", None),
        ("会议强调，要抓好落实", None),
        ("http://example.com/a", None),
    ],
)
def test_clean_source(value, source):
    assert clean_source(value) == source


def test_choice_of_the_source():
    claims = [
        Claim("本网", "meta", "", 3.0),
        Claim("青溪日报", "label", "", 4.0),
        Claim("云岭网", "label", "", 4.0),
    ]
    assert choose_source(claims).value == "青溪日报"
    assert choose_source([]) is None
    assert [claim.value for claim in claims_of_head([("Other", "x"), ("contentsource", "县府办")])] == [
        "县府办"
    ]


def test_trim_keeps_brackets_of_the_value():
    assert trim("【 青溪[整理] 】") == "青溪[整理]"
    assert trim("（青溪日报）") == "青溪日报"


def test_places_of_credits():
    assert read_dateline("会议强调，据报道（柏远山）说明。") == ()
    assert read_closing("落实工作。（柏远山 李青禾）")[0].names == ("柏远山", "李青禾")
    assert read_closing("落实工作。（编辑 柏远山 校对 李青禾 审核 陶思）")[0].names == ("柏远山", "陶思")
    assert read_closing("落实工作。（完）") == ()
    assert read_closing("落实工作。（全文）") == ()
    assert read_credit_line("责任编辑 柏远山")[0].kind == "editors"
    assert read_credit_line("云岭摄影队 柏远 摄") == ()
    assert field_credits(read_fields("校对：柏远山"), "label") == ()


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="柏远山李青禾记者通讯员、 ·/（）编辑：文图摄王", max_size=40))
def test_names_stand_in_the_text(text):
    for mode in ("label", "skip", "all", "account"):
        assert all(name in text for name in split_names(text, mode))
    for credits in (read_dateline(text), read_closing(text), read_credit_line(text)):
        assert all(name in text for credit in credits for name in credit.names)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="来源:：青溪日报 作者|记责任编辑2021-0/\u3000", max_size=60))
def test_fields_cover_the_line_in_order(line):
    fields = read_fields(line)
    assert all(a.end == b.start for a, b in itertools.pairwise(fields))
    assert all(field.value in line for field in fields)
