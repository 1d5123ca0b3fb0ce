"""Addresses, transactions, and honest words when the database is gone."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text

from crawler.database import connect, reading, upgrade, writing
from crawler.database.tables import Site
from crawler.errors import DatabaseError


def add(engine: Engine, key: str) -> None:
    with writing(engine) as session:
        session.add(Site(key=key, name="青溪", type="portal", hosts=[]))


def count(engine: Engine) -> int | None:
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(Site))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nonsense", "no database address"),
        ("", "no database address"),
        ("mysql://a/b", "'mysql' is not supported"),
        ("oracle://a/b", "not supported"),
    ],
)
def test_wrong_addresses(url: str, words: str) -> None:
    with pytest.raises(DatabaseError, match=words):
        connect(url)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_postgresql_goes_through_psycopg(scheme: str) -> None:
    assert connect(f"{scheme}://somebody@example/huixun").driver == "psycopg"


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(DatabaseError, match="postgresql") as caught:
        upgrade("postgresql://somebody:secret@127.0.0.1:1/huixun?connect_timeout=2")
    assert "secret" not in str(caught.value)


def test_the_folder_is_made(tmp_path: Path) -> None:
    upgrade(f"sqlite:///{tmp_path}/a/b/huixun.db")
    assert (tmp_path / "a/b/huixun.db").stat().st_size > 0


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "huixun.db"
    path.write_text("这不是数据库" * 100)
    with pytest.raises(DatabaseError, match="not a database"):
        upgrade(f"sqlite:///{path}")


def test_an_exception_rolls_back(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), writing(engine) as session:
        session.add(Site(key="a", name="青溪", type="portal", hosts=[]))
        session.flush()
        raise ZeroDivisionError
    assert count(engine) == 0


def test_readers_see_one_state(engine: Engine) -> None:
    add(engine, "a")
    with reading(engine) as session:
        before = session.scalar(select(func.count()).select_from(Site))
        add(engine, "b")
        assert session.scalar(select(func.count()).select_from(Site)) == before == 1
    assert count(engine) == 2


def test_writers_wait_for_one_another(engine: Engine) -> None:
    """Two writers that both read first: neither is refused, both commits stand."""
    inside = threading.Event()

    def first() -> None:
        with writing(engine) as session:
            session.scalar(select(func.count()).select_from(Site))
            inside.set()
            time.sleep(0.2)
            session.add(Site(key="first", name="青溪", type="portal", hosts=[]))

    thread = threading.Thread(target=first)
    thread.start()
    inside.wait()
    with writing(engine) as session:
        session.scalar(select(func.count()).select_from(Site))
        session.add(Site(key="second", name="青溪", type="portal", hosts=[]))
    thread.join()
    assert count(engine) == 2


def test_reading_does_not_write_on_postgresql(engine: Engine) -> None:
    if engine.dialect.name == "postgresql":
        with pytest.raises(Exception, match="read-only"), reading(engine) as session:
            session.execute(text("DELETE FROM site"))


def test_sqlite_is_set_up(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'huixun.db'}")
    with engine.connect() as connection:
        answers = {
            pragma: connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()
            for pragma in ("journal_mode", "foreign_keys", "busy_timeout")
        }
    assert answers == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 30_000}
    engine.dispose()
