"""Does extraction hold its promises whatever the text: no exception, places that slice, one answer, bounded work?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_bodies import BODIES

from crawler.records import Cleaned, Facts
from pipelines.extract import extract
from pipelines.extract.meetings import MOST
from pipelines.extract.naming import normalise_name

TITLE = "全县防汛工作会议召开"


def read(body: str, title: str | None = TITLE) -> tuple[Facts, str]:
    lines = tuple(line for line in body.split("\n") if line)
    cleaned = Cleaned(None, title, None, None, None, (), (), lines)
    return extract(cleaned, url="http://example.com/1.html"), cleaned.body


def assert_places(facts: Facts, body: str, title: str | None = TITLE) -> None:
    for meeting in facts.meetings:
        if meeting.start is not None:
            assert body[meeting.start : meeting.end] == meeting.name
        assert meeting.normalised == normalise_name(meeting.name, meeting.organiser)
        for person in (*meeting.hosts, *meeting.speakers, *meeting.attendees, *meeting.absent):
            if person.start is None:
                assert person.end is None and person.name in (title or "")
                continue
            assert body[person.start : person.end] == person.name
            assert person.name == person.name.strip()
            assert person.normalised == "".join(person.name.split())
            assert person.title_normalised == person.title
    for statement in facts.statements:
        assert body[statement.start : statement.end] == statement.text
        assert statement.speaker_normalised == "".join(statement.speaker.split())
        assert 0 <= statement.meeting < max(1, len(facts.meetings))
        for point in statement.points:
            assert body[point.start : point.end] == point.text
            assert statement.start <= point.start <= point.end <= statement.end


@settings(max_examples=150, deadline=None)
@given(BODIES)
def test_every_place_slices_the_body(body: str) -> None:
    facts, read_body = read(body)
    assert_places(facts, read_body)


@settings(max_examples=40, deadline=None)
@given(BODIES)
def test_who_a_headline_alone_names_has_no_place(body: str) -> None:
    title = "县长柏远山在全县防汛工作会议上的讲话"
    facts, read_body = read(f"同志们：\n{body}", title=title)
    assert_places(facts, read_body, title)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_without_an_exception(body: str) -> None:
    facts, read_body = read(body, title=body[:30] or None)
    assert_places(facts, read_body, body[:30])
    assert facts.is_meeting_report == (facts.rejection is None)


@settings(max_examples=40, deadline=None)
@given(BODIES)
def test_the_same_text_gives_the_same_facts(body: str) -> None:
    assert read(body) == read(body)


@settings(max_examples=60, deadline=None)
@given(BODIES)
def test_hosts_and_speakers_are_attendees_and_nobody_is_both_there_and_absent(body: str) -> None:
    for meeting in read(body)[0].meetings:
        there = {person.name for person in meeting.attendees}
        assert {person.name for person in (*meeting.hosts, *meeting.speakers)} <= there
        assert not there & {person.name for person in meeting.absent}
        for people in (meeting.hosts, meeting.speakers, meeting.attendees, meeting.absent):
            assert len({person.name for person in people}) == len(people)


@settings(max_examples=60, deadline=None)
@given(BODIES)
def test_points_count_from_one_without_a_gap(body: str) -> None:
    for statement in read(body)[0].statements:
        assert [point.number for point in statement.points] == list(range(1, len(statement.points) + 1))


@settings(max_examples=60, deadline=None)
@given(BODIES)
def test_follow_ups_point_back(body: str) -> None:
    for index, meeting in enumerate(read(body)[0].meetings):
        assert meeting.follows is None or meeting.follows < index


HOSTILE = {
    "names": "张三、",
    "commas": "，",
    "heads": "县委书记",
    "prepositions": "张三在、在",
    "open quotes": "“",
    "nested": "“《",
    "convening": "召开会议",
    "said": "会议强调，",
    "chairs": "县长王五主持召开",
    "after": "会后，县长王五强调要抓紧。",
    "lines": "会\n",
    "dots": "阿·",
    "digits": "1",
    "points": "一要",
    "numbers": "国发〔2020〕1号",
    "dates": "1月1日",
    "people": "县委书记柏远、县长裘敏宁、副县长林澈参加会议，",
    "colons": "出席会议的有：柏远，",
    "follow-ups": "会后，\n",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=list(HOSTILE))
def test_a_megabyte_of_anything_is_read_to_the_limit(unit: str) -> None:
    facts, _ = read(unit * (1_000_000 // len(unit)))
    assert any(e.rule == "read_to_limit" for e in facts.evidence)


def test_a_long_body_is_read_to_a_limit_and_says_so() -> None:
    facts, _ = read("县长王五主持召开全县防汛会议。" + "会议强调，要抓紧。" * 6000)
    assert any(e.rule == "read_to_limit" for e in facts.evidence)


def test_every_fact_names_its_rule() -> None:
    facts, _ = read("3月6日，县长柏远主持召开防汛会议。副县长裘敏宁参加会议。")
    meeting = facts.meetings[0]
    assert [person.rule for person in meeting.attendees] == ["hosts/title_before", "attends/title_before"]
    subjects = {e.subject for e in facts.evidence}
    assert {"is_meeting_report", "genre", "meeting", "format", "level", "region"} <= subjects


def test_a_refusal_says_why() -> None:
    facts, _ = read("县长柏远到西河镇调研。", title="县长到西河镇调研")
    assert facts.rejection is not None
    assert facts.rejection.reason == "not_a_meeting"
    assert "visit_heading" in facts.rejection.detail


def test_more_meetings_than_any_report_has_are_read_to_a_limit_and_it_says_so() -> None:
    facts, _ = read("县委会议结束后,我县随即召开会议。" * 200)
    assert len(facts.meetings) == MOST
    assert any(e.rule == "read_to_limit" and e.subject == "meeting" for e in facts.evidence)


def test_whom_an_earlier_day_leaves_out_is_named() -> None:
    facts, _ = read("3月9日,县长柏远主持召开防汛会议。\n3月8日,市长裘敏宁主持召开现场会。")
    assert [person.name for person in facts.meetings[0].attendees] == ["柏远"]
    left_out = [e for e in facts.evidence if e.rule == "earlier_day"]
    assert [(e.value, e.place) for e in left_out] == [("裘敏宁", "body 19")]
