"""The schema comes from the migrations alone: up, down, up again with data in it, on both databases."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from made_reports import leased_page, report
from sqlalchemy import Engine, func, inspect, select, text

from crawler.database import check, connect, downgrade, upgrade, writing
from crawler.database.tables import Base, Meeting, Report, Version
from crawler.errors import DatabaseError
from crawler.records import Person
from migrations.views import latest
from pipelines.store import store

HEAD = "0008"


def names(url: str) -> set[str]:
    engine = connect(url)
    found = inspect(engine)
    tables = {*found.get_table_names(), *found.get_view_names()}
    engine.dispose()
    return tables


def columns(url: str) -> set[str]:
    engine = connect(url)
    found = inspect(engine)
    tables = [name for name in found.get_table_names() if "search_term_" not in name]
    columns = {
        f"{name}.{column['name']}{'?' if column['nullable'] else ''}"
        for name in tables
        for column in found.get_columns(name)
    }
    engine.dispose()
    return columns | names(url)


def test_tables_and_migrations_agree(engine: Engine) -> None:
    with engine.connect() as connection:
        opts = {"compare_type": True, "include_name": lambda name, *_: "search_term" not in (name or "")}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, Base.metadata) == []


def test_up_down_up_with_data(bare_database_url: str) -> None:
    database_url = bare_database_url
    upgrade(database_url)
    engine = connect(database_url)
    leased = leased_page(engine, "http://qingxi.example/1.html")
    with writing(engine) as session:
        store(session, leased, report())
    engine.dispose()
    assert check(database_url) == HEAD
    downgrade(database_url, "0004")
    assert not any(name.startswith("v_") for name in names(database_url))
    upgrade(database_url)
    engine = connect(database_url)
    with writing(engine) as session:
        assert session.scalar(select(func.count()).select_from(Meeting)) == 1
        assert session.execute(text("SELECT title FROM v_reports")).scalar() == "青溪县政府召开常务会议"
    engine.dispose()
    downgrade(database_url, "base")
    assert names(database_url) <= {"alembic_version"}
    upgrade(database_url)
    assert check(database_url) == HEAD


def test_each_step_goes_down_and_up(bare_database_url: str) -> None:
    upgrade(bare_database_url)
    whole = columns(bare_database_url)
    seen = [whole]
    for _ in range(8):
        downgrade(bare_database_url, "-1")
        assert columns(bare_database_url) != seen[-1]
        seen.append(columns(bare_database_url))
    assert seen[-1] <= {"alembic_version", "alembic_version.version_num"}
    upgrade(bare_database_url)
    assert columns(bare_database_url) == whole


def test_the_schema_before_wants_a_place_of_everyone(bare_database_url: str) -> None:
    upgrade(bare_database_url)
    engine = connect(bare_database_url)
    spoke = Person("裘敏", "县长", None, None, "title/title_before")
    meeting = replace(report().meetings[0], hosts=(), speakers=(spoke,), attendees=())
    with writing(engine) as session:
        store(session, leased_page(engine, "http://qingxi.example/1.html"), report(meetings=(meeting,)))
    downgrade(bare_database_url, "0007")
    with writing(engine) as session:
        assert session.execute(text('SELECT start, "end" FROM person_role')).all() == [(0, 0)]
    engine.dispose()
    upgrade(bare_database_url)


def test_upgrade_twice_is_harmless(database_url: str) -> None:
    upgrade(database_url)
    assert check(database_url) == HEAD


def test_two_upgrades_at_once(bare_database_url: str) -> None:
    code = "import sys; from crawler.database import upgrade; upgrade(sys.argv[1])"
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", code, bare_database_url]
    both = [subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE) for _ in range(2)]
    errors = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], errors
    assert check(bare_database_url) == HEAD


def test_a_failed_step_leaves_nothing(bare_database_url: str) -> None:
    upgrade(bare_database_url, "0002")
    engine = connect(bare_database_url)
    with writing(engine) as session:
        session.execute(text("CREATE TABLE statement (id INTEGER)"))
    engine.dispose()
    before = names(bare_database_url)
    with pytest.raises(Exception, match="statement"):
        upgrade(bare_database_url)
    assert names(bare_database_url) == before


def test_check_tells_what_to_do(bare_database_url: str) -> None:
    with pytest.raises(DatabaseError, match="has no tables yet, the program needs 0008: huixun db upgrade"):
        check(bare_database_url)
    upgrade(bare_database_url, "0003")
    with pytest.raises(DatabaseError, match="at 0003"):
        check(bare_database_url)


def test_check_knows_a_newer_database(bare_database_url: str) -> None:
    database_url = bare_database_url
    upgrade(database_url)
    engine = connect(database_url)
    with writing(engine) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(DatabaseError, match="newer than the program"):
        check(database_url)


def test_every_table_and_column_has_a_comment() -> None:
    silent = [table.name for table in Base.metadata.tables.values() if not table.comment]
    silent += [
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if not column.comment
    ]
    assert silent == []


def test_every_view_column_has_a_comment(engine: Engine) -> None:
    found = inspect(engine)
    for view in latest():
        columns = [column["name"] for column in found.get_columns(view.name)]
        assert columns == list(view.columns), view.name


def test_postgresql_keeps_the_comments(postgres: object, database_url: str) -> None:
    engine = connect(database_url)
    if engine.dialect.name == "postgresql":
        found = inspect(engine)
        for table in Base.metadata.tables.values():
            assert found.get_table_comment(table.name)["text"] == table.comment
            for column in found.get_columns(table.name):
                assert column["comment"] == table.columns[column["name"]].comment
        for view in latest():
            notes = {column["name"]: column["comment"] for column in found.get_columns(view.name)}
            assert notes == view.columns
    engine.dispose()


def test_foreign_keys_hold(engine: Engine) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"), writing(engine) as session:
        session.add(Report(version_id=999))


def test_unique_version_numbers(engine: Engine) -> None:
    leased = leased_page(engine, "http://qingxi.example/1.html")
    with writing(engine) as session:
        store(session, leased, report())
    with writing(engine) as session:
        row = session.scalars(select(Version)).one()
        assert (row.number, row.page_id) == (1, leased.page_id)
