"""``scrapy crawl portal -a site=KEY`` is a run like any other."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from loopback import web
from sample_pages import column

ROOT = Path(__file__).resolve().parents[2]
SITE = """
name = "青溪县人民政府网"
type = "portal"
hosts = ["{host}"]
private = true
[lists]
urls = ["http://{host}/xw/index.html"]
report = '/xw/t\\d+'
[politeness]
delay = 0
"""


@pytest.fixture
def scrapy(tmp_path):
    sites = tmp_path / "sites"
    sites.mkdir()

    def call(*arguments, host="127.0.0.1:1"):
        (sites / "qingxi.toml").write_text(SITE.format(host=host), encoding="utf-8")
        environment = {
            **os.environ,
            "HUIXUN_DATA": str(tmp_path),
            "HUIXUN_SITES": str(sites),
            "HUIXUN_PROCESSES": "1",
            "PYTHONPATH": str(ROOT),
        }
        return subprocess.run(
            [sys.executable, "-m", "scrapy", *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
        )

    return call


def test_a_crawl_by_scrapy_is_in_the_books(tmp_path, scrapy):
    with web(column(3)) as served:
        done = scrapy("crawl", "portal", "-a", "site=qingxi", host=served.host)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(tmp_path / "huixun.db") as database:
        assert database.execute("SELECT command, due, new, exit_reason FROM crawl_run").fetchall() == [
            ("scrapy crawl", 3, 3, "finished")
        ]


@pytest.mark.parametrize(("spider", "key"), [("portal", "nowhere"), ("docshare", "qingxi")])
def test_an_unknown_site_is_named(scrapy, spider, key):
    done = scrapy("crawl", spider, "-a", f"site={key}")
    assert f"no {spider} site {key!r}" in done.stderr


def test_three_spiders_are_listed(scrapy):
    assert scrapy("list").stdout.split() == ["aggregator", "docshare", "portal"]
