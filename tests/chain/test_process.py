"""The chain from bytes to report: never raises, says the same twice, positions point at what they claim."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places import positions

from crawler.records import Page, Part
from pipelines import chain, process
from pipelines.locate import undo

REPORT = (
    "青溪县召开安全生产工作会议\n"
    "2023-03-07 08:10 来源:青溪县融媒体中心\n"
    "3月6日,县委副书记、县长柏望舒主持召开全县安全生产工作会议,县委书记岑晓岚出席会议并讲话。\n"
    "岑晓岚强调,一要逐条销号;二要压实责任。《安全生产办法》要学深学透。\n"
)


def report_of(text: str = REPORT, encoding: str = "utf-8", **fields):
    return process(Page("http://example.com/1.html", text.encode(encoding), "text/plain", **fields))


def test_a_report_end_to_end():
    report = report_of()
    assert report.title == "青溪县召开安全生产工作会议"
    assert report.source == "青溪县融媒体中心"
    assert report.is_meeting_report
    assert report.rejection is None
    (meeting,) = report.meetings
    assert [p.name for p in meeting.hosts] == ["柏望舒"]
    assert [p.name for p in meeting.speakers] == ["岑晓岚"]
    assert meeting.date.isoformat() == "2023-03-06"
    assert "《安全生产办法》" in "".join(report.documents) or "安全生产办法" in report.documents


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030", "utf-16", "utf-8-sig"])
def test_the_encoding_does_not_matter(encoding):
    assert report_of(encoding=encoding).body == report_of().body


def test_positions_slice_the_body():
    report = report_of()
    places = list(positions(report))
    assert places
    for start, end, text in places:
        assert "".join(report.body[start:end].split()) == "".join(text.split())


def test_body_as_found_and_repairs_agree():
    report = report_of()
    assert undo(report.body, report.repairs) == report.body_as_found
    assert "," in report.body_as_found
    assert "," not in report.body


def test_parts_are_joined():
    first, second = REPORT.split("岑晓岚强调")
    whole = report_of()
    parted = report_of(
        first, parts=(Part(2, "http://example.com/1.html?page=2", f"岑晓岚强调{second}".encode()),)
    )
    assert parted.body == whole.body


def test_a_fault_of_ours_is_an_outcome_not_a_crash(monkeypatch):
    def broken(*args, **kwargs):
        raise KeyError("made up")

    monkeypatch.setattr(chain, "clean", broken)
    report = report_of()
    assert report.rejection.reason == "error"
    assert "made up" in report.rejection.detail


@pytest.mark.parametrize(
    "body", [b"", b"\x00" * 1000, b"\xff\xfe", b"<html>", b"<" * 5000, "会".encode() * 3000]
)
@pytest.mark.parametrize("content_type", [None, "text/html", "text/plain; charset=nonsense", "image/png"])
def test_odd_pages_are_rejected_with_a_reason(body, content_type):
    report = process(Page("", body, content_type))
    assert report.rejection
    assert report.rejection.reason != "error", report.rejection.detail


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["text/html", "text/plain", None]))
def test_any_bytes(body, content_type):
    page = Page("http://example.com/1.html", body, content_type)
    report = process(page)
    assert report == process(page)
    assert report.rejection is None or report.rejection.reason != "error", report.rejection.detail
    assert undo(report.body, report.repairs) == report.body_as_found


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="县委书记长主持召开会议，。！“”《》（）()?；、：1日月年 \n<p>/李王", max_size=300))
def test_any_text_of_our_own_words(text):
    report = process(Page("http://example.com/1.html", text.encode(), "text/html"))
    assert report.rejection is None or report.rejection.reason != "error", report.rejection.detail
    for start, end, found in positions(report):
        assert "".join(report.body[start:end].split()) == "".join(found.split())
