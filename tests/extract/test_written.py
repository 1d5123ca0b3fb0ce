"""Are names of a traditional page as the page writes them, while body, places and searches stay simplified?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from made_bodies import BODIES
from opencc import OpenCC

from crawler.records import Meeting, Page, Person, Report
from pipelines import process
from pipelines.spelling import spellings

LINES = (
    "發布日期:112-03-24 記者:陳以乾 來源:青溪日報",
    "3月23日上午,縣府於三樓會議室召開112年度第3次防汛工作會議,由縣長於 方主持,"
    "副縣長范石冠、衛生局 局長鄒乾及局處首長出席,秘書長於後請假。",
    "副縣長范石冠表示,乾旱之後要防汛。會議強調,颱風將至,《傳染病防治法》要落實。",
)
TEXT = "\n".join(("縣府昨召開防汛會議", *LINES))
HTML = "<title>縣府昨召開防汛會議</title><h1>縣府昨召開防汛會議</h1>" + "".join(f"<p>{x}</p>" for x in LINES)


def read(text: str, kind: str = "text/plain") -> Report:
    return process(Page("http://qingxi.example/1.html", text.encode(), kind))


def everyone(report: Report) -> list[Person]:
    roles = ("hosts", "speakers", "attendees", "absent")
    return [person for meeting in report.meetings for role in roles for person in getattr(meeting, role)]


def written(report: Report) -> str:
    """The body with its script taken back, and nothing else: as long as the body."""
    letters = list(report.body)
    for repair in report.repairs:
        if repair.located and repair.rule == "script":
            letters[repair.start : repair.end] = repair.before
    return "".join(letters)


@pytest.mark.parametrize(("text", "kind"), [(TEXT, "text/plain"), (HTML, "text/html")])
def test_names_are_as_written_and_have_a_simplified_form_beside_them(text: str, kind: str) -> None:
    report = read(text, kind)
    assert report.script == "traditional"
    (meeting,) = report.meetings
    assert (meeting.name, meeting.normalised) == ("112年度第3次防汛工作會議", "112年度第3次防汛工作会议")
    assert (meeting.organiser, meeting.organiser_normalised, meeting.venue) == ("縣府", "县府", "三樓會議室")
    seen = {p.normalised: (p.name, p.title, p.title_normalised) for p in everyone(report)}
    assert seen["于方"] == ("於 方", "縣長", "县长")
    assert seen["范石冠"] == ("范石冠", "副縣長", "副县长")
    assert seen["邹干"] == ("鄒乾", "衛生局局長", "卫生局局长")
    said = {s.speaker_normalised: (s.speaker, s.verb, s.text) for s in report.statements}
    assert said["范石冠"] == ("范石冠", "表示", "干旱之后要防汛。")
    assert said["会议"][:2] == ("会议", "强调")
    assert (report.source, report.reporters) == ("青溪日報", ("陳以乾",))


def test_the_text_itself_is_simplified() -> None:
    report = read(TEXT)
    assert report.title == "县府昨召开防汛会议"
    assert report.documents == ("传染病防治法",)
    assert "县长于 方主持" in report.body
    assert "縣長於 方主持" in report.body_as_found


def test_a_meeting_that_only_the_headline_names_is_as_written_there() -> None:
    report = read(
        "縣長於方在全縣護林工作會議上的講話\n同志們,今天召開會議,就是要把護林工作抓緊抓實抓好,請大家落實責任。"
    )
    (meeting,) = report.meetings
    assert (meeting.name, meeting.normalised) == ("全縣護林工作會議", "全县护林工作会议")
    assert meeting.start is None


def test_a_name_written_in_two_ways_is_as_written_at_its_place() -> None:
    report = read(
        "縣府召開會議\n3月3日,縣長范遠主持召開防汛會議,副縣長範遠山出席。范遠強調,後續工作要落實到鄉鎮。"
    )
    assert [person.name for person in report.meetings[0].attendees] == ["范遠", "範遠山"]


def test_a_meeting_without_a_name_is_no_word_of_the_page() -> None:
    report = read(
        "全縣防汛\n會議強調,要壓實責任,後續工作由鄉鎮落實。會議指出,各單位應於三日內完成檢查,裡外都要看到。"
    )
    assert {meeting.name for meeting in report.meetings} <= {"会议"}


def test_a_source_that_holds_markup_is_as_written() -> None:
    assert read(TEXT.replace("青溪日報", "青溪<b>日報")).source == "青溪<b>日報"


def test_a_mirrored_page_stays_simplified() -> None:
    report = read(
        "縣府召開會議\n3月3日,縣(xiàn)長汪遠(yuǎn)鋒主持召開防汛會(huì)議(yì),副縣(xiàn)長范石出席會(huì)議(yì)。"
    )
    assert report.script == "mirror"
    assert [(p.name, p.title, p.normalised) for p in report.meetings[0].hosts] == [
        ("汪远锋", "县长", "汪远锋")
    ]
    assert report.meetings[0].name == "防汛会议"


@pytest.mark.parametrize(
    "text", ["县长罗顥主持召开防汛会议，副县长王乾出席会议。会议强调，要压实责任，抓好落实。"]
)
def test_a_sound_page_keeps_its_letters(text: str) -> None:
    report = read(f"县里召开会议\n{text}")
    assert [(p.name, p.normalised) for p in report.meetings[0].attendees] == [
        ("罗顥", "罗顥"),
        ("王乾", "王乾"),
    ]


def assert_written(report: Report) -> None:
    """Every name is its place in the body with the script taken back; the place itself is simplified."""
    body, letters = report.body, written(report)
    assert len(letters) == len(body)
    for person in everyone(report):
        assert letters[person.start : person.end] == person.name
        assert "".join(body[person.start : person.end].split()) == person.normalised
        assert body[person.start : person.end] in spellings(person.name)
        assert (person.title is None) == (person.title_normalised is None)
        assert person.title is None or person.title_normalised in spellings(person.title)
    for meeting in report.meetings:
        if meeting.start is not None:
            assert letters[meeting.start : meeting.end] == meeting.name
            assert body[meeting.start : meeting.end] in spellings(meeting.name)
    for statement in report.statements:
        assert body[statement.start : statement.end] == statement.text
        assert statement.speaker_normalised in spellings("".join(statement.speaker.split()))


@settings(max_examples=80, deadline=None)
@given(BODIES)
def test_whatever_a_traditional_page_says(body: str) -> None:
    report = read(
        "全縣防汛會議召開\n" + OpenCC("s2t").convert(body) + "\n縣長鄒遠於縣裡主持召開會議,並強調會後落實。"
    )
    assert report.rejection is None or report.rejection.reason != "error", report.rejection.detail
    if report.script == "traditional":
        assert_written(report)


def test_a_name_with_a_blank_and_without_one_is_one_man() -> None:
    report = read(
        "青溪县开会\n3月6日，县长柏 远主持召开全县防汛会议，副县长裘敏宁出席会议。柏远强调，值守要跟上，隐患要逐条销号。"
    )
    (meeting,) = report.meetings
    assert [(p.name, p.normalised, p.title) for p in meeting.hosts] == [("柏 远", "柏远", "县长")]
    assert [(p.name, p.normalised, p.title) for p in meeting.speakers] == [("柏远", "柏远", "县长")]
    assert [(s.speaker, s.verb) for s in report.statements] == [("柏远", "强调")]


def simplified(meeting: Meeting) -> Meeting:
    """A meeting with each name in its simplified form, which is all that may differ between scripts."""

    def people(some: tuple[Person, ...]) -> tuple[Person, ...]:
        return tuple(replace(p, name=p.normalised, title=p.title_normalised) for p in some)

    roles = {role: people(getattr(meeting, role)) for role in ("hosts", "speakers", "attendees", "absent")}
    return replace(
        meeting, name=meeting.normalised, organiser=meeting.organiser_normalised, venue=None, **roles
    )


def test_both_scripts_give_the_same_facts() -> None:
    old = "縣府召開會議\n3月3日,縣長鄒遠在縣政府會議室主持召開縣政府第3次常務會議,副縣長溫嵐、范遠山出席會議。鄒遠強調,要壓實責任。"
    ours, theirs = read(old), read(OpenCC("t2s").convert(old))
    assert (ours.script, theirs.script) == ("traditional", "simplified")
    assert ours.body == theirs.body
    assert list(map(simplified, ours.meetings)) == list(map(simplified, theirs.meetings))
    assert ours.meetings[0].hosts[0].name == "鄒遠"
