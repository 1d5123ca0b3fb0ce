"""Whatever stands in a report is found, names of two characters above all; nothing else is."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_reports import BODY, leased_page, report
from sqlalchemy import Engine

from crawler.database import connect, downgrade, upgrade, writing
from crawler.database.queries import named_queries
from crawler.database.readonly import ask
from crawler.database.search import pairs, search
from crawler.errors import UsageError
from crawler.records import Page, Report
from pipelines import process
from pipelines.spelling import spellings
from pipelines.store import correct, store


def keep(engine: Engine, made: Report, url: str = "http://qingxi.example/1.html") -> None:
    leased = leased_page(engine, url)
    with writing(engine) as session:
        store(session, leased, made)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    keep(engine, report())
    other = (
        "4月2日，全县文化旅游发展座谈会举行，100%按ABC计划推进，与会人员围绕古道保护和线路串联等议题交流发言，会期一天。",
    )
    made = report(
        title="座谈会_举行", paragraphs=other, meetings=(), statements=(), published_at=datetime(2024, 4, 3)
    )
    keep(engine, made, "http://qingxi.example/2.html")
    return engine


def titles(engine: Engine, *words: str, **filters: object) -> list[str | None]:
    return [hit.title for hit in search(engine, words, **filters)]  # type: ignore[arg-type]


FIRST, SECOND = "青溪县政府召开常务会议", "座谈会_举行"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["柏远"], [FIRST]),
        (["秦川"], [FIRST]),
        (["安全生产"], [FIRST]),
        (["全县"], [SECOND, FIRST]),
        (["全县", "柏远"], [FIRST]),
        (["全县 座谈会"], [SECOND]),
        (["县"], [SECOND, FIRST]),
        (["县长柏远主持召开县政府第12次"], [FIRST]),
        (["柏川"], []),
        (["会议举行全县"], []),
        (["100%"], [SECOND]),
        (["%"], [SECOND]),
        (["_"], [SECOND]),
        (["abc计划"], [SECOND]),
        (["ABC"], [SECOND]),
        (["'; DROP TABLE page; --"], []),
        (['"'], []),
        (["AND"], []),
        (["\x00"], []),
        (["\ud800柏"], []),
        (["常务会议"], [FIRST]),
    ],
)
def test_words(filled: Engine, words: list[str], found: list[str]) -> None:
    assert titles(filled, *words) == found


def test_filters(filled: Engine) -> None:
    assert titles(filled, "全县", since=date(2024, 4, 3)) == [SECOND]
    assert titles(filled, "全县", until=date(2024, 3, 7)) == [FIRST], "the whole day belongs to it"
    assert titles(filled, region="邵阳市") == [FIRST]
    assert titles(filled, person="秦川") == [FIRST]
    assert titles(filled, level="county") == [FIRST]
    assert titles(filled, "全县", limit=1) == [SECOND]
    assert titles(filled, person="秦") == []


def test_nothing_to_look_for(filled: Engine) -> None:
    for words in ([], [""], ["  "]):
        with pytest.raises(UsageError, match="nothing to look for"):
            search(filled, words)


def test_a_hit_shows_where(filled: Engine) -> None:
    (hit,) = search(filled, ["秦川"])
    assert "秦川参加会议" in hit.excerpt
    assert (hit.date, hit.published_at) == (date(2024, 3, 6), datetime(2024, 3, 7, 9, 30))
    assert (hit.region, hit.url) == ("湖南省/邵阳市/洞口县", "http://qingxi.example/1.html")


def test_a_corrected_title_is_found(filled: Engine) -> None:
    with writing(filled) as session:
        correct(session, 1, "title", "青溪更正", author="季风", reason="x")
    assert titles(filled, "更正") == ["青溪更正"]
    assert titles(filled, "政府召开") == []
    assert titles(filled, "柏远") == ["青溪更正"]


def test_another_reading_is_found_once(filled: Engine) -> None:
    keep(filled, report(quality=0.5))
    assert titles(filled, "柏远") == [FIRST]


def test_the_index_is_made_for_what_is_stored_already(bare_database_url: str) -> None:
    upgrade(bare_database_url)
    engine = connect(bare_database_url)
    keep(engine, report())
    engine.dispose()
    downgrade(bare_database_url, "0005")
    upgrade(bare_database_url)
    engine = connect(bare_database_url)
    assert titles(engine, "柏远") == [FIRST]
    engine.dispose()


@given(st.text(st.characters(exclude_categories=()), max_size=50), st.data())
def test_the_pairs_of_a_part_are_pairs_of_the_whole(whole: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    part = "".join(whole[start:end].split())
    if (
        part == whole[start:end]
        and whole.lower()[start:end] == part.lower()
        and len(whole.lower()) == len(whole)
    ):
        assert set(pairs(part)) <= set(pairs(whole))


@given(st.text(st.characters(exclude_categories=()), max_size=50))
def test_pairs_are_words_for_any_index(whole: str) -> None:
    assert all(pair.isascii() and pair.isalnum() for pair in pairs(whole))


def test_every_word_of_a_body_is_found(filled: Engine) -> None:
    for line in BODY:
        for at in range(0, len(line) - 3, 7):
            assert FIRST in titles(filled, line[at : at + 3])


TRADITIONAL = ("3月6日，縣府召開112年度第3次主管月報，由縣長鄒乾於三樓會議室主持，副縣長范石冠、於 方出席。",)


@pytest.fixture
def both(engine: Engine) -> Engine:
    """A traditional page and a simplified one that name the same man."""
    text = "\n".join(("縣府召開主管月報", *TRADITIONAL))
    keep(engine, process(Page("http://qingxi.example/1.html", text.encode(), "text/plain")))
    said = "青溪县开会\n4月2日，县长邹干主持召开县政府常务会议，副县长于方出席。会议强调，要压实责任，抓好防汛和护林各项工作。"
    url = "http://qingxi.example/2.html"
    keep(engine, process(Page(url, said.encode(), "text/plain")), url)
    return engine


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["主管月报"], 1),
        (["主管月報"], 1),
        (["鄒乾"], 2),
        (["邹干"], 2),
        (["縣長 會議"], 2),
        (["范石冠", "會議室"], 1),
        (["會議", "没有这个词"], 0),
        (["縣"], 2),
    ],
)
def test_words_of_either_script_find_both(both: Engine, words: list[str], found: int) -> None:
    assert len(titles(both, *words, spell=spellings)) == found


@pytest.mark.parametrize(
    ("person", "found"),
    [("鄒乾", 2), ("邹干", 2), ("於方", 2), ("于方", 2), ("於 方", 2), ("范石冠", 1), ("范石", 0)],
)
def test_a_person_of_either_script_is_found_in_both(both: Engine, person: str, found: int) -> None:
    assert len(titles(both, person=person, spell=spellings)) == found


def test_without_spellings_a_name_is_found_as_written_and_simplified(both: Engine) -> None:
    assert len(titles(both, person="鄒乾")) == 1
    assert len(titles(both, person="邹干")) == 2


def test_rows_have_names_as_written_and_the_same_man_once(both: Engine) -> None:
    found = ask(both, "SELECT person, person_normalised, title, title_normalised FROM v_attendance").rows
    assert {("鄒乾", "邹干", "縣長", "县长"), ("邹干", "邹干", "县长", "县长")} <= set(found)
    names = ask(both, "SELECT meeting, meeting_normalised FROM v_reports ORDER BY report_id").rows
    assert names[0] == ("112年度第3次主管月報", "112年度第3次主管月报")
    chairs = ask(both, named_queries()["hosts-by-region"].sql)
    assert {row[chairs.columns.index("person")] for row in chairs.rows} == {"邹干"}
