"""A database with years of data in it: older, newer, read-only, in the wrong place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from made_reports import leased_page, report
from sqlalchemy import Engine, MetaData, inspect, text

from crawler import schedule
from crawler.database import check, connect, downgrade, reading, upgrade, writing
from crawler.database.readonly import ask
from crawler.database.search import search
from crawler.database.tables import Region
from crawler.errors import DatabaseError, UsageError
from crawler.frontier import Frontier, Link
from crawler.records import Rejection, Report
from crawler.runs import close_run, open_run
from pipelines.store import correct, store

URL = "http://qingxi.example/1.html"
HEAD = "0008"


@dataclass(frozen=True)
class Kept:
    file: str = "run-1.warc.gz"
    offset: int = 7
    sha256: str = "x"


def fill(engine: Engine) -> None:
    """At least one row in every table."""
    frontier, run = Frontier(engine), open_run(engine, "crawl", ["qingxi"])
    first = leased_page(engine, URL, run_id=run)
    frontier.fetched_part(first, 2, f"{URL}_2", Kept(), status=200)
    others = [leased_page(engine, f"{URL}?{n}", run_id=run) for n in range(2)]
    with writing(engine) as session:
        session.add(Region(adcode="430525", name="洞口县", level="county"))
        store(session, first, report())
        store(session, others[0], report(site_type="aggregator"))
        store(session, others[1], Report(URL, rejection=Rejection("not_a_report", "no meeting")))
        correct(session, first.page_id, "title", "更正", author="季风", reason="见原件")
    frontier.start_lists(["http://qingxi.example/xw/"], site_id=first.site_id)
    (listed,) = frontier.lease(run, first.site_id, 9)
    frontier.close_list(listed, links=[Link("http://qingxi.example/9.html")])
    close_run(engine, run)
    schedule.add(engine, "daily", "30 6 * * *", ["crawl", "qingxi"])


Rows = dict[str, list[dict[str, object]]]


def rows(url: str) -> Rows:
    """All rows of all tables, as the database has them."""
    engine, found = connect(url), MetaData()
    with reading(engine) as session:
        found.reflect(session.connection())
        names = [name for name in found.tables if not name.startswith(("search_term", "alembic"))]
        kept = {name: session.execute(text(f'SELECT * FROM "{name}"')).mappings().all() for name in names}
    engine.dispose()
    return {name: ordered(map(dict, table)) for name, table in kept.items()}


def ordered(table: Iterable[dict[str, object]]) -> list[dict[str, object]]:
    return sorted(({name: row[name] for name in sorted(row)} for row in table), key=repr)


def of(whole: Rows, left: Rows) -> Rows:
    """What ``whole`` has in the tables and columns that ``left`` still has."""
    return {
        name: ordered({c: v for c, v in row.items() if c in left[name][0]} for row in whole[name])
        for name in left
        if left[name]
    }


def test_each_step_down_and_up_keeps_what_it_does_not_drop(bare_database_url: str) -> None:
    url = bare_database_url
    upgrade(url)
    engine = connect(url)
    fill(engine)
    engine.dispose()
    whole = rows(url)
    assert not [name for name, table in whole.items() if not table], "a table without rows proves nothing"
    for revision in ("0005", "0003", "0001"):
        downgrade(url, revision)
        left = rows(url)
        assert all(bool(table) == bool(whole[name]) for name, table in left.items()), revision
        assert {name: table for name, table in left.items() if table} == of(whole, left), revision
        upgrade(url)
        assert check(url) == HEAD
        after = rows(url)
        assert {name: table for name, table in after.items() if table} == {
            name: whole[name] for name, table in left.items() if table
        }, f"{revision}: names for searches and joins are filled again"
        whole = after
    downgrade(url, "base")
    assert rows(url) == {}


def test_an_old_database_is_searched_and_asked_after_the_upgrade(bare_database_url: str) -> None:
    url = bare_database_url
    upgrade(url)
    engine = connect(url)
    fill(engine)
    engine.dispose()
    downgrade(url, "0004")
    upgrade(url)
    engine = connect(url)
    assert [hit.title for hit in search(engine, ["柏远"])] == ["更正"]
    assert ask(engine, "SELECT title, copies FROM v_reports").rows == (("更正", 2),)
    assert ask(engine, "SELECT due, new, rejected FROM v_runs").rows == ((3, 2, 1),)
    engine.dispose()


def test_names_of_older_programs_get_their_forms_for_searches(bare_database_url: str) -> None:
    upgrade(bare_database_url)
    engine = connect(bare_database_url)
    (meeting,) = report().meetings
    host = replace(meeting.hosts[0], name="鄒 遠", title="縣長")
    split = replace(meeting, name="縣安委會召開第三次會議", organiser="縣安委會", hosts=(host,))
    with writing(engine) as session:
        store(session, leased_page(engine, URL), report(meetings=(split,), script="traditional"))
    engine.dispose()
    downgrade(bare_database_url, "0006")
    upgrade(bare_database_url)
    engine = connect(bare_database_url)
    query = (
        "SELECT meeting, meeting_normalised, person, person_normalised, title_normalised FROM v_attendance"
    )
    assert ask(engine, f"{query} WHERE role = 'host'").rows == (
        ("縣安委會召開第三次會議", "县安委会第三次会议", "鄒 遠", "邹远", "县长"),
    )
    assert ask(engine, "SELECT speaker_normalised FROM v_statements").rows == (("柏远",),)
    engine.dispose()


def of_the_future(url: str) -> None:
    upgrade(url)
    engine = connect(url)
    with writing(engine) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()


@pytest.mark.parametrize("step", [upgrade, lambda url: downgrade(url, "0001"), check])
def test_a_database_of_a_newer_program_is_left_alone(bare_database_url: str, step) -> None:
    of_the_future(bare_database_url)
    before = rows(bare_database_url)
    with pytest.raises(DatabaseError, match=r"newer than the program \(9999\): install a newer huixun"):
        step(bare_database_url)
    assert rows(bare_database_url) == before


@pytest.mark.parametrize("revision", ["nosuch", "0099", "+9", "-9"])
def test_a_revision_that_there_is_not(bare_database_url: str, revision: str) -> None:
    upgrade(bare_database_url)
    with pytest.raises(UsageError, match="there are base, 0001, 0002"):
        downgrade(bare_database_url, revision)
    assert check(bare_database_url) == HEAD


def test_a_database_that_may_only_be_read_answers_and_refuses(migrated_file: Path) -> None:
    engine = connect(f"sqlite:///file:{migrated_file}?mode=ro&uri=true")
    assert ask(engine, "SELECT count(*) FROM v_reports").rows == ((0,),)
    assert not Path("file:").exists()  # a URI is no path
    with pytest.raises(DatabaseError, match="readonly database"):
        open_run(engine, "crawl", ["qingxi"])
    engine.dispose()


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    for place in ("data/huixun.db", "data/deeper/huixun.db"):
        with pytest.raises(DatabaseError, match=r"the folder of the database cannot be made: .*HUIXUN_DATA"):
            connect(f"sqlite:///{tmp_path / place}")


def test_views_stand_on_tables_that_are_there(engine: Engine) -> None:
    for view in inspect(engine).get_view_names():
        assert ask(engine, f"SELECT * FROM {view}").rows == (), view
