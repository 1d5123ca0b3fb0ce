"""Nothing that a person can type into a question changes the database, or reaches past it."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_reports import site
from sqlalchemy import Engine, text

from crawler.database import writing
from crawler.database.queries import named_queries, named_query
from crawler.database.readonly import ask, read_only
from crawler.errors import DatabaseError, UsageError

QUESTIONS = [
    "SELECT 1",
    "select key from site",
    "  \n-- 说明\n/* 说明\n两行 */ SELECT 1",
    "WITH a AS (SELECT 1 AS x) SELECT x FROM a",
    "VALUES (1)",
    "EXPLAIN SELECT key FROM site",
    "SELECT 1;",
    "SELECT '100%', ':name', '?', '会议'",
]
CHANGES = [
    "DELETE FROM site",
    "UPDATE site SET name = 'x'",
    "DROP TABLE site",
    "SELECT 1; DELETE FROM site",
    "SELECT 1; COMMIT; DELETE FROM site",
    "COMMIT",
    "BEGIN",
    "VACUUM",
    "PRAGMA query_only = OFF",
    "PRAGMA writable_schema = ON",
    "ATTACH DATABASE 'other.db' AS other",
    "COPY site TO '/tmp/copied'",
    "SET default_transaction_read_only = off",
    "CREATE TABLE x (y int)",
    "SELECT * INTO stolen FROM site",
    "INSERT INTO site (key) VALUES ('x')",
    "EXPLAIN ANALYZE DELETE FROM site",
    "WITH gone AS (DELETE FROM site RETURNING key) SELECT key FROM gone",
    "SELECT load_extension('x')",
    "SELECT set_config('transaction_read_only', 'off', true)",
    "",
    "   ",
    "会议",
    "SELEC 1",
    "SELECT \x00",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_questions_are_answered(engine: Engine, question: str) -> None:
    site(engine)
    assert ask(engine, question).rows


def test_changes_are_refused(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    site(engine)
    for change in CHANGES:
        with pytest.raises(DatabaseError):
            ask(engine, change)
        assert ask(engine, "SELECT key, name FROM site").rows == (("qingxi", "青溪县人民政府网"),), change
    assert not (tmp_path / "other.db").exists()


def test_writing_works_again_afterwards(engine: Engine) -> None:
    ask(engine, "SELECT 1")
    with pytest.raises(DatabaseError):
        ask(engine, "DELETE FROM site")
    site(engine)
    with writing(engine) as session:
        session.execute(text("CREATE TABLE free (id INTEGER)"))
        session.execute(text("DROP TABLE free"))  # the schema is shared with the tests that follow
    assert ask(engine, "SELECT count(*) FROM site").rows == ((1,),)


def test_a_connection_cannot_write(engine: Engine) -> None:
    with read_only(engine) as connection, pytest.raises(Exception, match=r"read-only|not authorized"):
        connection.execute(text("DELETE FROM site"))


def test_the_limit(engine: Engine) -> None:
    question = "SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3"
    answer = ask(engine, question, limit=2)
    assert (len(answer.rows), answer.more) == (2, True)
    answer = ask(engine, question, limit=3)
    assert (len(answer.rows), answer.more) == (3, False)


def test_patience_ends(engine: Engine) -> None:
    endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"
    with pytest.raises(DatabaseError, match=r"longer than 0\.2 seconds"):
        ask(engine, endless, patience=0.2)
    assert ask(engine, "SELECT 1").rows == ((1,),)


def test_a_name_that_is_no_query() -> None:
    with pytest.raises(UsageError, match="reports"):
        named_query("nonsense")
    assert named_query("reports") is named_queries()["reports"]
