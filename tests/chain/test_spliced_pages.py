"""Does any page stay an outcome when it is cut, doubled, spliced and turned into traditional letters?"""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC
from places import positions

from crawler.records import Page
from pipelines import process

PAGES = sorted((Path(__file__).parents[1] / "pages").glob("*/*/*.bin"))
PIECES = (
    "<div>",
    "</div>",
    "<p",
    "<!--",
    "<table><tr>",
    "<script>",
    "、",
    "：",
    "（",
    "“",
    "《",
    "\n",
    "1日",
    "年",
)
WORDS = ("会议", "主持", "同志", "书记", "县长柏远", "强调", "来源：", "(huì)", "?！", "会后，", "*")

_cuts = st.tuples(st.just("cut"), st.floats(0, 1), st.integers(1, 400))
_doubles = st.tuples(st.just("double"), st.floats(0, 1), st.integers(1, 400))
_inserts = st.tuples(st.just("insert"), st.floats(0, 1), st.sampled_from(PIECES + WORDS))
_traditional = OpenCC("s2t").convert


def splice(body: bytes, edits: list[tuple[str, float, int | str]]) -> bytes:
    """``body`` with each edit made at its share of the length; letters may be torn."""
    for kind, share, what in edits:
        at = int(share * len(body))
        if isinstance(what, str):
            body = body[:at] + what.encode() + body[at:]
        elif kind == "cut":
            body = body[:at] + body[at + what :]
        else:
            body = body[: at + what] + body[at:]
    return body


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(PAGES),
    st.lists(st.one_of(_cuts, _doubles, _inserts), max_size=12),
    st.booleans(),
    st.sampled_from(["text/html", "text/plain"]),
)
def test_a_spliced_page_is_read_or_rejected(path: Path, edits: list, traditional: bool, kind: str) -> None:
    body = path.read_bytes()
    if traditional:
        body = _traditional(
            body.decode("gb18030" if b"charset=gb" in body[:2000] else "utf-8", "replace")
        ).encode()
    report = process(Page("http://www.example.gov.cn/1.html", splice(body, edits), kind))
    assert report.rejection is None or report.rejection.reason != "error", report.rejection.detail
    for start, end, found in positions(report):
        if report.script == "simplified" and start is not None:
            assert "".join(report.body[start:end].split()) == "".join(found.split())
