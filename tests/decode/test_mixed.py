"""Is every part of a page of two encodings read in its own?"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.decode import decode
from pipelines.decode.mixed import _LEGACY_SURE, _UTF8_SURE, _doubtful, read_legacy, read_utf8
from pipelines.decode.neighbours import settle
from pipelines.decode.resync import RUN, Reader

COMMON = re.compile(rb"[\xe3-\xe9\xef][\x80-\xbf]{2}")
MAIN = "<h1>青溪县召开会议</h1>\n" + "<p>会议强调，隐患要逐条销号，责任要落实到人。</p>\n" * 6
INCLUDES = (
    '<ul><li><a href="/1">首页</a></li><li><a href="/2">政务公开</a></li><li><a href="/3">会</a></li></ul>',
    "<div>版权所有：青溪县人民政府办公室</div>",
    "<p>柏远 副县长 联系电话：0739-1234567</p>",
    "<!-- 页脚开始 --><b>主办单位</b>",
)


@pytest.mark.parametrize("include", INCLUDES)
@pytest.mark.parametrize(("base", "other"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
@pytest.mark.parametrize("first", [True, False])
def test_includes(include: str, base: str, other: str, first: bool) -> None:
    parts = [(MAIN, base), (include, other)]
    if first:
        parts.reverse()
    decoded = decode(b"".join(text.encode(codec) for text, codec in parts))
    assert decoded.text == "".join(text for text, _ in parts)
    assert decoded.encoding == base
    assert decoded.damaged == 0
    assert {e.rule for e in decoded.evidence if e.subject == "segment"} == {other}


def test_place_of_a_segment_is_its_first_byte() -> None:
    body = MAIN.encode() + b"<p>" + "常务会议纪要".encode("gbk") + b"</p>"
    [found] = [e for e in decode(body).evidence if e.subject == "segment"]
    place = int(found.place.removeprefix("byte "))
    assert body[place : place + 12].decode("gbk") == found.value == "常务会议纪要"


def test_many_segments_are_all_placed() -> None:
    body = ("<b>会议强调</b> ".encode() + "<i>隐患销号</i> ".encode("gbk")) * 70
    found = [e for e in decode(body).evidence if e.subject == "segment"]
    assert len(found) == 51
    assert found[-1].value == "20 more segments"
    assert found[-1].place.count(",") == 19


@pytest.mark.parametrize("stray", [b"\xff", b"\x80", b"\xb7", b"\xa1\xa1", b"\xe4\xb8"])
def test_stray_bytes_make_no_characters(stray: bytes) -> None:
    body = MAIN.encode() + b"<i>" + stray + b"</i>"
    decoded = decode(body)
    assert decoded.text == body.decode("utf-8", "replace")
    assert not [e for e in decoded.evidence if e.subject == "segment"]


def test_a_damaged_run_of_utf8_is_not_taken_for_gbk() -> None:
    line = "会议强调隐患要逐条销号责任要落实到人".encode()
    for place in range(len(line)):
        body = MAIN.encode() + line[:place] + b"\xc3" + line[place + 1 :] + b"<p>"
        assert decode(body).text == body.decode("utf-8", "replace")


def test_sound_pages_have_no_segments() -> None:
    assert read_utf8(MAIN.encode()).segments == ()
    assert read_legacy(MAIN.encode("gbk"), "gb18030").segments == ()


@pytest.mark.parametrize(
    ("leans", "settled"),
    [
        ([], []),
        ([None], [False]),
        ([None, None, True], [True, True, True]),
        ([False, None, True], [False, False, True]),
        ([True, None, None, None, False], [True, True, True, False, False]),
        ([None, False, None], [False, False, False]),
    ],
)
def test_short_runs_follow_the_nearest(leans: list[bool | None], settled: list[bool]) -> None:
    assert settle(leans) == settled


def test_a_page_of_too_many_doubtful_runs_says_where_it_was_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.decode.mixed._MOST", 10)
    body = ("<b>会议强调</b> ".encode() + "<i>隐患销号</i> ".encode("gbk")) * 20
    decoded = decode(body)
    [left] = [e for e in decoded.evidence if e.rule == "too_large"]
    place = int(left.place.removeprefix("byte "))
    assert decoded.text.count("隐患销号") == 10
    assert body[:place].count("隐患销号".encode("gbk")) == 10
    assert decoded.damaged > 0


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["县长", "会", "·", "é", "会议强调", "㐀", "12", "<p>", " ", "\n"]),
            st.sampled_from(["utf-8", "gb18030", "big5hkscs"]),
            st.binary(max_size=2),
        ),
        max_size=20,
    )
)
def test_what_is_sure_needs_no_weighing(parts: list[tuple[str, str, bytes]]) -> None:
    body = b"".join(text.encode(codec, "ignore") + stray for text, codec, stray in parts)
    runs = {run.span(): run[0] for run in RUN.finditer(body)}
    in_utf8 = {run.span() for run in _doubtful(body, _UTF8_SURE)}
    assert in_utf8 <= runs.keys()
    assert all(run.decode("utf-8") for span, run in runs.items() if span not in in_utf8)
    in_legacy = {run.span() for run in _doubtful(body, _LEGACY_SURE)}
    assert in_legacy == {span for span, run in runs.items() if COMMON.search(run)}


def test_stretches_are_read_as_their_runs_are(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["县长主持召开", "會議強調責任", "抓好落实"] * 40
    body = b"\n".join(line.encode("gbk")[number % 2 :] for number, line in enumerate(lines))
    whole = Reader("gb18030").read(body)
    assert whole == "".join(Reader("gb18030").read(run) for run in re.split(rb"(\n)", body))
    monkeypatch.setattr("pipelines.decode.resync._MOST", 300)
    begun = Reader("gb18030").read(body)
    assert begun != whole
    assert begun.split("\n")[:10] == whole.split("\n")[:10]


def test_a_page_of_too_much_broken_text_says_that_the_rest_was_not_searched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = ["县长主持召开".encode("gbk")[number % 2 :] for number in range(120)]
    body = "<p>会议强调隐患销号</p>".encode() * 3 + b"\n".join(lines)
    assert "too many broken runs" not in [e.value for e in decode(body).evidence]
    monkeypatch.setattr("pipelines.decode.resync._MOST", 300)
    assert "too many broken runs" in [e.value for e in decode(body).evidence]
