"""The main job end to end: what the sample sites hold is what the database says, and a second run adds nothing."""

from __future__ import annotations

import re
import sqlite3

import pytest
from demo_run import demo_run

from crawler.demo import aggregator, daily, docshare, portal
from crawler.demo.web import sample_sites


@pytest.fixture(scope="module")
def rows():
    connection = sqlite3.connect(f"file:{demo_run().database}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    yield lambda query, *values: connection.execute(query, values).fetchall()
    connection.close()


def test_both_runs_end_well():
    run = demo_run()
    assert run.first.returncode == 0, run.first.stderr[-2000:]
    assert run.second.returncode == 0, run.second.stderr[-2000:]


def test_the_sample_web_is_large_enough():
    pages = sum(len([p for p in site if "calendar" not in p]) for site in sample_sites().values())
    assert pages >= 150


def test_the_sum_closes_and_says_so():
    assert "the sum closes" in demo_run().first.stdout
    due, *parts = map(
        int,
        re.search(
            r"run 1: (\d+) due = (\d+) new \+ (\d+) changed \+ (\d+) unchanged \+ (\d+) rejected \+ (\d+) failed",
            demo_run().first.stdout,
        ).groups(),
    )
    assert due == sum(parts)


def test_the_second_run_stores_nothing_new_and_says_so(rows):
    assert "Nothing new" in demo_run().second.stdout
    assert (
        rows("SELECT COUNT(*) FROM version v JOIN fetch f ON f.id = v.fetch_id WHERE f.run_id = 2")[0][0] == 0
    )


@pytest.mark.parametrize(
    ("site", "stories"), [("demo-portal", portal.stories()), ("demo-daily", daily.stories())]
)
def test_every_meeting_is_stored_with_its_host_and_speaker(rows, site, stories):
    found = {
        r["title"] + r["published_at"][:10]: r
        for r in rows("SELECT * FROM v_reports WHERE site_key = ?", site)
    }
    missing = []
    for story in (s for s in stories if s.meeting):
        row = found.get(f"{story.title}{story.published:%Y-%m-%d}")
        if (
            row is None
            or story.host not in (row["hosts"] or "")
            or story.speaker not in (row["speakers"] or "")
        ):
            missing.append((story.title, story.host, story.speaker, row and (row["hosts"], row["speakers"])))
    assert not missing


def test_other_news_is_rejected_with_a_reason(rows):
    titles = {s.title for s in portal.stories() if not s.meeting}
    assert not [
        r["title"]
        for r in rows("SELECT title FROM v_reports WHERE site_key = 'demo-portal'")
        if r["title"] in titles
    ]
    reasons = [r["reason"] for r in rows("SELECT reason FROM v_rejections")]
    assert len(reasons) >= len(titles)
    assert all(reasons)


def test_the_places_are_found(rows):
    regions = {
        r["region"] for r in rows("SELECT DISTINCT region FROM v_reports WHERE site_key = 'demo-portal'")
    }
    assert "浙江省/丽水市/云和县" in regions


def test_mirrored_pages_come_back_as_their_originals(rows):
    originals = {"\n".join(s.paragraphs) for s in portal.stories()}
    versions = rows(
        "SELECT v.title, v.body, v.script FROM version v JOIN page p ON p.id = v.page_id JOIN site s ON s.id = p.site_id "
        "WHERE s.key = 'demo-mirror'"
    )
    assert len(versions) == 16
    assert {r["script"] for r in versions} == {"mirror"}
    assert sum(r["body"] in originals for r in versions) >= 15


def test_reprints_are_recognised(rows):
    copies = rows("SELECT relation, COUNT(*) AS n FROM copy GROUP BY relation")
    numbers = {r["relation"]: r["n"] for r in copies}
    assert numbers.get("reprint", 0) + numbers.get("mirror", 0) >= 0.9 * (len(aggregator.stories()) + 16)


def test_documents_are_joined_and_carry_what_the_site_says(rows):
    speeches = {s.title: "\n".join(s.paragraphs) for s in docshare.speeches()}
    found = rows("SELECT title, body, genre FROM v_reports WHERE site_key = 'demo-docshare'")
    assert len(found) == len(speeches)
    assert {r["genre"] for r in found} == {"speech"}
    exact = sum("".join(r["body"].split()) == "".join(speeches[r["title"]].split()) for r in found)
    assert exact >= 0.95 * len(found)


def test_the_traps_end_as_rows(rows):
    failed = {r["url"].rsplit("/", 1)[1]: r for r in rows("SELECT * FROM v_failed_pages")}
    assert "loop.html" in failed
    assert "gone.html" in failed
    assert rows("SELECT COUNT(*) FROM v_reports WHERE url LIKE '%flaky%'")[0][0] == 1
    forbidden = rows("SELECT reason FROM v_rejections WHERE url LIKE '%/internal/%'")
    assert [r["reason"] for r in forbidden] == ["robots"]
    assert rows("SELECT COUNT(*) FROM page WHERE url LIKE '%/calendar/%'")[0][0] < 60


def test_every_stored_row_points_at_its_bytes(rows):
    fetches = rows("SELECT f.warc_file, f.warc_offset FROM version v JOIN fetch f ON f.id = v.fetch_id")
    assert fetches
    assert all(r["warc_file"] and r["warc_offset"] is not None for r in fetches)
