"""PDF and Word files in a crawl: linked from a list, hung on a report, shown by a viewer; kept, read, refused."""

from __future__ import annotations

import json
import sqlite3

import pytest
from crawl_run import a_site, run
from demo_run import huixun
from loopback import Reply, web
from made_files import make_docx, make_pdf, typeset
from sample_pages import listing, report

TITLE = "青溪县召开全县{}工作会议"
TEXT = [
    "2023-03-07 08:10 来源：青溪县融媒体中心",
    "3月6日，县委副书记、县长柏望舒主持召开全县{}工作会议，县委书记岑晓岚出席会议并讲话。",
    "岑晓岚强调，一要逐条销号抓整改；二要压实企业主体责任，盯紧矿山、燃气和道路运输。",
]
SITE_FILE = """
name = "青溪县人民政府网"
type = "portal"
hosts = ["{host}"]
private = true
[lists]
urls = ["http://{host}/xw/index.html"]
report = '/xw/t\\d+'
files = '\\.(pdf|docx?)$'
links = "li a"
[politeness]
delay = 0
"""


def pdf(kind: str) -> bytes:
    return make_pdf(typeset([text.format(kind) for text in TEXT], title=TITLE.format(kind)))


def docx(kind: str) -> bytes:
    return make_docx([TITLE.format(kind), *(text.format(kind) for text in TEXT)])


ATTACHED = """<p>附件：<a href="/att/P1.pdf">1.会议材料.pdf</a> <a href="P2.docx">2.讲话.docx</a>
<a href="/att/old.doc">3.表格.doc</a> <a href="/att/x.zip">全部下载</a> <a href="http://elsewhere.example/P.pdf">外站</a></p>
<iframe src="/pdfjs/web/viewer.html?file=%2Fatt%2Fshown.pdf"></iframe>"""


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    data = tmp_path_factory.mktemp("files")
    routes = {
        "/xw/index.html": Reply(listing([("t1.html", "2023-03-07"), ("t2.pdf", "2023-03-07")])),
        "/xw/t1.html": Reply(report(1, ATTACHED)),
        "/xw/t2.pdf": Reply(pdf("防汛"), "application/pdf"),
        "/att/P1.pdf": Reply(pdf("森林防火"), "application/octet-stream"),
        "/xw/P2.docx": Reply(docx("春耕"), "text/html"),  # servers say anything
        "/att/old.doc": Reply(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(512), "application/msword"),
        "/att/shown.pdf": Reply(make_pdf([[], []], pictures=[0, 1]), "application/pdf"),
    }
    with web(routes) as served:
        yield run(data, [a_site(served.host, files=r"\.(pdf|docx?)$")]), served, data


@pytest.fixture(scope="module")
def rows(crawled):
    connection = sqlite3.connect(crawled[2] / "huixun.db")
    yield lambda query: connection.execute(query).fetchall()
    connection.close()


def test_every_file_ends_as_one_outcome(crawled):
    assert crawled[0].result.ok
    assert {path: crawled[0].outcome(path) for path in sorted(crawled[0].paths)} == {
        "/att/P1.pdf": "new",
        "/att/old.doc": "rejected",
        "/att/shown.pdf": "rejected",
        "/xw/P2.docx": "new",
        "/xw/t1.html": "new",
        "/xw/t2.pdf": "new",
    }


def test_what_the_site_file_does_not_name_is_not_asked(crawled):
    assert not crawled[1].asked["/att/x.zip"]
    assert crawled[0].counts["due"] == 6


def test_a_refused_file_says_why_and_what_to_do(crawled):
    assert crawled[0].detail("/att/old.doc").startswith("file_kind: not read: old Office or WPS file")
    assert (
        crawled[0].detail("/att/shown.pdf")
        == "scanned: 2 pages of pictures without text: run OCR and read what it gives"
    )


def test_a_file_knows_the_report_it_hangs_on(rows):
    query = (
        "SELECT f.kind, r.url FROM page f JOIN page r ON r.id = f.first_seen_on WHERE f.url LIKE '%P1.pdf'"
    )
    ((kind, url),) = rows(query)
    assert kind == "file"
    assert url.endswith("/xw/t1.html")


def test_the_row_says_who_read_it_and_cites_the_bytes(rows):
    query = """SELECT v.title, v.evidence, f.warc_file IS NOT NULL, f.bytes FROM version v
        JOIN page p ON p.id = v.page_id JOIN fetch f ON f.id = v.fetch_id WHERE p.url LIKE '%/P1.pdf'"""
    ((title, evidence, kept, size),) = rows(query)
    assert (title, kept, size) == (TITLE.format("森林防火"), 1, len(pdf("森林防火")))
    (read,) = [e for e in json.loads(evidence) if e["step"] == "read"]
    assert (read["value"].split(" ")[0], read["place"]) == ("PDF,", "pages: 1")
    assert rows("SELECT name FROM person_role WHERE role = 'host' AND name = '柏望舒'")


def test_the_archive_gives_the_same_again(crawled, tmp_path):
    _, served, data = crawled
    (tmp_path / "qingxi.toml").write_text(SITE_FILE.format(host=served.host), encoding="utf-8")
    places = {"HUIXUN_DATA": str(data), "HUIXUN_SITES": str(tmp_path), "HUIXUN_PROCESSES": "1"}
    again = huixun("reprocess", cwd=tmp_path, **places)
    assert "6 pages read again: 4 same, 2 still_refused" in again.stdout
