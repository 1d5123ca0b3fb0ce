"""The other commands: what they print, and the exit codes that tell the truth."""

from __future__ import annotations

import csv
import io
import json
import sqlite3

import pytest
from demo_run import demo_run, huixun

from crawler.demo.web import SITES_FOLDER

SITE = """
name = "{name}"
type = "portal"
hosts = ["127.0.0.1:9"]
private = true
[lists]
urls = ["http://127.0.0.1:9/index.html"]
report = '/\\d+\\.html'
"""


@pytest.fixture
def sites(tmp_path):
    folder = tmp_path / "sites"
    folder.mkdir()
    (folder / "closed.toml").write_text(SITE.format(name="关着的网站"), encoding="utf-8")
    return folder


def run(*arguments, cwd, **changes):
    return huixun(*arguments, cwd=cwd, **changes)


def test_help_names_every_command(tmp_path):
    printed = run("--help", cwd=tmp_path).stdout
    for command in ("demo", "crawl", "scrape", "sql", "runs", "schedule", "db", "doctor", "sites"):
        assert command in printed


def test_a_refused_connection_is_not_success(sites, tmp_path):
    ended = run("crawl", "closed", cwd=tmp_path, HUIXUN_SITES=str(sites))
    assert ended.returncode == 1
    assert "closed" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_an_unknown_site_is_named_with_the_known_ones(sites, tmp_path):
    ended = run("crawl", "nosuch", cwd=tmp_path, HUIXUN_SITES=str(sites))
    assert ended.returncode == 1
    assert "nosuch" in ended.stderr
    assert "closed" in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "word"),
    [(["--type", "blog"], "blog"), (["--since", "yesterday"], "--since"), (["--limit", "0"], "limit")],
)
def test_wrong_usage_ends_with_2(sites, tmp_path, arguments, word):
    ended = run("crawl", *arguments, cwd=tmp_path, HUIXUN_SITES=str(sites))
    assert ended.returncode == 2
    assert word in ended.stderr


def test_a_database_that_is_gone_is_one_clear_line(sites, tmp_path):
    url = "postgresql://nobody@127.0.0.1:9/huixun"
    for arguments in (["crawl", "closed"], ["db", "check"], ["sql", "SELECT 1"], ["runs"]):
        ended = run(*arguments, cwd=tmp_path, HUIXUN_SITES=str(sites), HUIXUN_DATABASE_URL=url)
        assert ended.returncode == 1, arguments
        assert "127.0.0.1" in ended.stderr or "connection" in ended.stderr.lower()
        assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    "command",
    [["runs"], ["runs", "1"], ["search", "防汛"], ["sql", "SELECT 1"], ["schedule", "list"], ["reprocess"]],
)
def test_a_database_without_tables_says_what_to_do(tmp_path, command):
    ended = run(*command, cwd=tmp_path)
    assert ended.returncode == 1
    assert "has no tables yet" in ended.stderr
    assert "huixun db upgrade" in ended.stderr


def test_db_up_check_down(tmp_path):
    assert run("db", "check", cwd=tmp_path).returncode == 1
    assert run("db", "upgrade", cwd=tmp_path).returncode == 0
    assert run("db", "check", cwd=tmp_path).returncode == 0
    assert run("db", "downgrade", "base", "--yes", cwd=tmp_path).returncode == 0
    assert run("db", "check", cwd=tmp_path).returncode == 1


def test_sql_cannot_write(tmp_path):
    run("db", "upgrade", cwd=tmp_path)
    for statement in (
        "DELETE FROM site",
        "DROP TABLE page",
        "INSERT INTO site (key) VALUES ('x')",
        "PRAGMA user_version = 3",
    ):
        ended = run("sql", statement, cwd=tmp_path)
        assert ended.returncode == 1, statement
        assert ended.stderr.startswith("error:")


def test_sql_csv_is_csv_and_disarms_formulas():
    query = "SELECT '=1+1' AS cell, '张三, 李四' AS names"
    ended = run("sql", "--csv", query, cwd=demo_run().folder, HUIXUN_DATA="demo-data")
    assert list(csv.reader(io.StringIO(ended.stdout))) == [["cell", "names"], ["'=1+1", "张三, 李四"]]


def test_sql_json_is_one_object_a_row():
    ended = run("sql", "--json", "SELECT 1 AS a, '会' AS b", cwd=demo_run().folder, HUIXUN_DATA="demo-data")
    assert [json.loads(line) for line in ended.stdout.splitlines()] == [{"a": 1, "b": "会"}]


def test_every_ready_query_answers():
    listed = run("sql", "--list", cwd=demo_run().folder, HUIXUN_DATA="demo-data")
    assert "reports" in listed.stdout
    from crawler.database.queries import named_queries

    for name in named_queries():
        ended = run("sql", name, cwd=demo_run().folder, HUIXUN_DATA="demo-data")
        assert ended.returncode == 0, (name, ended.stderr)


def test_the_prompt_answers_until_an_empty_line():
    ended = run(
        "sql", cwd=demo_run().folder, stdin="SELECT 7 AS seven\nnonsense\n\n", HUIXUN_DATA="demo-data"
    )
    assert ended.returncode == 0
    assert "seven" in ended.stdout
    assert "error" in ended.stderr


def test_runs_lists_and_shows():
    listed = run("runs", cwd=demo_run().folder, HUIXUN_DATA="demo-data")
    assert "finished" in listed.stdout
    shown = run("runs", "1", cwd=demo_run().folder, HUIXUN_DATA="demo-data")
    assert "due" in shown.stdout


def test_schedule_add_list_tick_remove(sites, tmp_path):
    run("db", "upgrade", cwd=tmp_path)
    assert (
        run(
            "schedule", "add", "daily", "30 6 * * *", "crawl", "closed", "--limit", "3", cwd=tmp_path
        ).returncode
        == 0
    )
    again = run("schedule", "add", "daily", "30 6 * * *", "crawl", cwd=tmp_path)
    assert again.returncode == 2
    assert "closed --limit 3" in run("schedule", "list", cwd=tmp_path, COLUMNS="160").stdout
    assert run("schedule", "tick", cwd=tmp_path).returncode == 0
    with sqlite3.connect(tmp_path / "data" / "huixun.db") as database:
        database.execute("UPDATE schedule SET next_run = '2024-01-01 00:00:00.000000'")
    due = run("schedule", "tick", cwd=tmp_path, HUIXUN_SITES=str(sites))
    assert due.returncode == 1
    assert "daily" in due.stderr
    assert run("schedule", "tick", cwd=tmp_path).returncode == 0, "a claimed job must not start twice"
    assert run("schedule", "remove", "daily", cwd=tmp_path).returncode == 0
    assert run("schedule", "remove", "daily", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize(
    ("cron", "command", "word"), [("99 * * * *", "crawl", "99"), ("0 6 * * *", "rm", "rm")]
)
def test_schedule_refuses_nonsense(tmp_path, cron, command, word):
    run("db", "upgrade", cwd=tmp_path)
    ended = run("schedule", "add", "x", cron, command, cwd=tmp_path)
    assert ended.returncode == 2
    assert word in ended.stderr


def test_sites_list_and_check(sites, tmp_path):
    assert "关着的网站" in run("sites", "list", cwd=tmp_path, HUIXUN_SITES=str(sites)).stdout
    assert run("sites", "check", cwd=tmp_path, HUIXUN_SITES=str(sites)).returncode == 0
    (sites / "wrong.toml").write_text(SITE.format(name="").replace("portal", "blog"), encoding="utf-8")
    ended = run("sites", "check", cwd=tmp_path, HUIXUN_SITES=str(sites))
    assert ended.returncode == 1
    assert "wrong.toml:3" in ended.stderr


def test_doctor_says_what_is_missing_and_how_to_get_it(sites, tmp_path):
    before = run("doctor", cwd=tmp_path, HUIXUN_SITES=str(sites))
    assert before.returncode == 1
    assert "huixun db upgrade" in before.stdout
    run("db", "upgrade", cwd=tmp_path)
    assert run("doctor", cwd=tmp_path, HUIXUN_SITES=str(sites)).returncode == 0


def test_a_wrong_setting_is_named(tmp_path):
    ended = run("runs", cwd=tmp_path, HUIXUN_PROCESSES="many")
    assert ended.returncode == 2
    assert "HUIXUN_PROCESSES" in ended.stderr


def test_search_finds_two_character_names():
    either_script = ["會議", "防汛"]
    for words, fewest in ((["防汛"], 1), (["戚望舒", "防汛"], 1), (either_script, 1), (["没有这个词"], 0)):
        ended = run("search", *words, "--json", cwd=demo_run().folder, HUIXUN_DATA="demo-data")
        hits = [json.loads(line) for line in ended.stdout.splitlines()]
        assert ended.returncode == 0
        assert (len(hits) >= fewest) if fewest else not hits


def test_reading_the_archive_again_changes_nothing():
    """The same program on the same bytes, articles of several pages among them."""
    demo_sites = {"HUIXUN_DATA": "demo-data", "HUIXUN_SITES": str(SITES_FOLDER)}
    for options in ([], ["--apply"], []):
        ended = run("reprocess", *options, cwd=demo_run().folder, **demo_sites)
        assert ended.returncode == 0, ended.stderr
        assert "changed" not in ended.stdout
        assert "139 same" in " ".join(ended.stdout.split())
