"""Are marks and blanks brought into one form, and every change kept so that it can be taken back?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clean.punctuation import normalise


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("会议指出,隐患要逐条销号;责任到人.", "会议指出，隐患要逐条销号；责任到人。"),
        ("会议指出, 要抓紧 ,抓实!", "会议指出，要抓紧，抓实！"),
        ("来源:青溪日报", "来源：青溪日报"),
        ("(记者 乐知)", "（记者 乐知）"),
        ("新冠(COVID-19)疫情", "新冠（COVID-19）疫情"),
        ("产值达1,200万元,增长5.1%,居全市第一", "产值达1,200万元，增长5.1%，居全市第一"),
        ("截至2022,全县", "截至2022，全县"),
        ("会议召开. ", "会议召开. "),
        ("柏远要求: “值守要跟上。 ”", "柏远要求：“值守要跟上。”"),
        ("２０２２年ＧＤＰ增长５％", "2022年GDP增长5%"),
        ("产值６．７万元，占４１．７％；第１．会议", "产值6.7万元，占41.7%；第1．会议"),
        ("柏远\ue5e5讲话\u200b。", "柏远讲话。"),
        ("全旗“;大团委”;建设推进会,落实“四个合格”;抓好", "全旗“大团委”建设推进会，落实“四个合格”；抓好"),
        ("县委( 副书记 )柏远", "县委（ 副书记 ）柏远"),
    ],
)
def test_is_brought_into_form(before, after):
    assert normalise(before)[0] == after


@pytest.mark.parametrize(
    "text",
    [
        "县政府常务会议召开。",
        "13:29",
        "1,200",
        "Hello, world; it works (fine)!",
        "见http://example.com/a,b;c?d=1:2(3)",
        "www.example.cn/会议",
        "信箱a.b@example.com",
        "柏 远、秦 笙出席",
        "3.5%",
        "a:b",
        "第1.2节",
        "《2023 年方案》",
        "",
    ],
)
def test_is_left_alone(text):
    assert normalise(text) == (text, ())


@given(st.text(alphabet="会议，。,.;:?!()（）“” 　a1%２Ａ\u200b\ue000@/-\n", max_size=60))
@settings(max_examples=300, deadline=None)
def test_changes_can_be_taken_back(text):
    after, changes = normalise(text)
    pieces, at = [], 0
    for change in changes:
        assert after[change.start : change.end] == change.after != change.before
        pieces += [after[at : change.start], change.before]
        at = change.end
    assert "".join([*pieces, after[at:]]) == text


@given(st.text(alphabet="会议，,.;:?!()“” a1２", max_size=40))
@settings(max_examples=200, deadline=None)
def test_letters_and_digits_stay(text):
    after, _ = normalise(text)
    assert [c for c in after if c in "会议a1"] == [c for c in text if c in "会议a1"]


@pytest.mark.parametrize("piece", ["x", "(", ")", "a@", ",", " ", "会,", "http://", "."])
def test_a_long_text_twice_is_once(piece):
    after, _ = normalise(piece * (200_000 // len(piece)))
    assert normalise(after)[0] == after
