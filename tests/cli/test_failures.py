"""Each way to fail from the command line: an exit code that is not 0, one line that says what to do."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from demo_run import environment, huixun
from loopback import Web, web
from sample_pages import column

SITE = """name = "青溪县人民政府网"
type = "portal"
hosts = ["{host}"]
private = true
[lists]
urls = ["http://{host}/xw/index.html"]
report = '/xw/t\\d+'
[politeness]
delay = 0
concurrency = 4
"""


@pytest.fixture
def home(tmp_path: Path, migrated_file: Path) -> Path:
    """A folder with an empty database and one site file."""
    (tmp_path / "data").mkdir()
    (tmp_path / "sites").mkdir()
    shutil.copy(migrated_file, tmp_path / "data" / "huixun.db")
    site(tmp_path, "127.0.0.1:9")
    return tmp_path


def site(home: Path, host: str) -> None:
    (home / "sites" / "qingxi.toml").write_text(SITE.format(host=host), encoding="utf-8")


def change(home: Path, statement: str) -> None:
    with sqlite3.connect(home / "data" / "huixun.db") as database:
        database.execute(statement)
    database.close()


def run(home: Path, *arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    return huixun(*arguments, cwd=home, **{"HUIXUN_SITES": "sites", **changes})


@pytest.mark.parametrize(
    ("arguments", "changes", "code", "words"),
    [
        (["crawl"], {"HUIXUN_SITES": "nowhere"}, 1, "nowhere: there is no such folder of site files"),
        (["sites", "check"], {"HUIXUN_SITES": "data"}, 1, "no site file in data"),
        (
            ["crawl"],
            {"HUIXUN_DATA": "sites/qingxi.toml"},
            1,
            "set HUIXUN_DATA to a folder that can be written",
        ),
        (["runs"], {"HUIXUN_DATA": "sites/qingxi.toml"}, 1, "folder of the database cannot be made"),
        (["crawl", "--since", "2024-02-01", "--until", "2024-01-31"], {}, 2, "no day lies between them"),
        (["search", "会", "--since", "2024-02-01", "--until", "2024-01-31"], {}, 2, "no day lies between"),
        (["reprocess", "qingxy"], {}, 1, "nothing is stored of qingxy"),
        (["db", "downgrade", "nosuch", "--yes"], {}, 2, "there are base, 0001"),
        (["runs", "77"], {}, 1, "there is no run 77"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_one_line_and_the_exit_code(
    home: Path, arguments: list[str], changes: dict[str, str], code: int, words: str
) -> None:
    ended = run(home, *arguments, **changes)
    assert ended.returncode == code, ended.stderr
    assert words in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
    assert ended.stdout == ""


def test_a_site_file_with_a_slip_stops_the_crawl_before_it_begins(home: Path) -> None:
    file = home / "sites" / "qingxi.toml"
    file.write_text(file.read_text("utf-8").replace("report =", "reports ="), encoding="utf-8")
    ended = run(home, "crawl", "qingxi")
    assert ended.returncode == 1
    assert "qingxi.toml:7: lists.reports: Extra inputs are not permitted" in ended.stderr


def test_a_selector_that_the_reading_of_pages_does_not_know_is_found_by_the_check(home: Path) -> None:
    with (home / "sites" / "qingxi.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[layouts]]\nbody = "div:has(p)"\n')
    ended = run(home, "sites", "check")
    assert ended.returncode == 1
    assert "div:has(p)" in ended.stderr


def test_a_database_of_a_newer_program_is_not_crawled_into(home: Path) -> None:
    change(home, "UPDATE alembic_version SET version_num = '9999'")
    ended = run(home, "crawl", "qingxi")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "newer than the program (9999): install a newer huixun" in ended.stderr


def test_doctor_sees_a_folder_that_is_none(home: Path) -> None:
    ended = run(
        home, "doctor", HUIXUN_DATA="sites/qingxi.toml", HUIXUN_DATABASE_URL="sqlite:///data/huixun.db"
    )
    assert ended.returncode == 1
    assert "nothing can be written in sites/qingxi.toml" in " ".join(ended.stdout.split())


def gated(served: Web, path: str) -> threading.Event:
    """Let a page wait until the event is set."""
    gate, reply = threading.Event(), served.routes[path]

    def answer(handler) -> None:
        gate.wait(60)
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html; charset=utf-8")
        handler.end_headers()
        handler.wfile.write(reply.body)

    served.routes[path] = answer
    return gate


def start(home: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "crawler.cli", *arguments]
    root = str(Path(__file__).resolve().parents[2])
    around = environment(HUIXUN_SITES="sites", HUIXUN_PROCESSES="1", PYTHONPATH=root)
    return subprocess.Popen(
        command, cwd=home, env=around, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def wait_for(served: Web, path: str) -> None:
    while not served.asked[path]:
        time.sleep(0.05)


def test_a_crawl_that_is_told_to_stop_is_no_success(home: Path) -> None:
    with web(column(3)) as served:
        site(home, served.host)
        gate = gated(served, "/xw/t3.html")
        crawl = start(home, "crawl", "qingxi")
        wait_for(served, "/xw/t3.html")
        crawl.send_signal(signal.SIGTERM)
        gate.set()
        out, err = crawl.communicate(timeout=120)
    assert crawl.returncode == 1, err
    assert "the sum closes" in out
    assert "interrupted" in err


def test_a_scheduler_that_is_told_to_stop_stops_its_job_too(home: Path) -> None:
    """SIGTERM as a container's stop sends it, to the scheduler alone; what waits is left for the next one."""
    with web(column(3)) as served:
        site(home, served.host)
        gate = gated(served, "/xw/t3.html")
        for name in ("first", "second"):
            assert run(home, "schedule", "add", name, "0 6 * * *", "crawl", "qingxi").returncode == 0
        change(home, "UPDATE schedule SET next_run = '2024-01-01 00:00:00.000000'")
        scheduler = start(home, "schedule", "run", "--every", "1")
        wait_for(served, "/xw/t3.html")
        scheduler.send_signal(signal.SIGTERM)
        gate.set()
        _, err = scheduler.communicate(timeout=120)
    assert scheduler.returncode == 0, err
    assert "interrupted" in err
    assert "scheduler: stopped" in err
    with sqlite3.connect(home / "data" / "huixun.db") as database:
        assert database.execute("SELECT exit_reason FROM crawl_run").fetchall() == [("interrupted",)]
        waiting = "SELECT count(*) FROM schedule WHERE next_run < '2024-01-02'"
        assert database.execute(waiting).fetchone() == (1,), "a job that did not begin is not lost"
    database.close()


def test_a_scheduler_outlives_a_database_that_is_away_for_a_while(home: Path) -> None:
    scheduler = start(home, "schedule", "run", "--every", "1")
    assert scheduler.stderr is not None
    assert "looking every" in scheduler.stderr.readline()
    change(home, "ALTER TABLE schedule RENAME TO away")
    assert "looking again in 1 s" in scheduler.stderr.readline()
    change(home, "ALTER TABLE away RENAME TO schedule")
    scheduler.send_signal(signal.SIGTERM)
    _, err = scheduler.communicate(timeout=120)
    assert (scheduler.returncode, err.strip().splitlines()[-1]) == (0, "scheduler: stopped")
