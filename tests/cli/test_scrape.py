"""``huixun scrape``: one page, every way in, and what it says when there is nothing to read."""

from __future__ import annotations

import json
import sqlite3

import pytest
from demo_run import huixun
from made_files import make_docx, make_pdf, typeset

PAGE = """<html><head><meta charset="gbk"><title>青溪县召开安全生产会议 - 青溪网</title></head><body>
<div class="nav"><a href="/">首页</a><a href="/xw">新闻</a></div><h1>青溪县召开安全生产会议</h1>
<div class="info">2023-03-07 08:10 来源:青溪县融媒体中心 责任编辑:岑岚</div>
<div class="content"><p>3月6日,县委副书记、县长柏望舒主持召开全县安全生产会议。县委书记岑晓岚出席会议并讲话。</p>
<p>岑晓岚强调,一要逐条销号抓整改;二要压实企业主体责任,盯紧矿山、燃气和道路运输。</p></div>
<div class="foot">版权所有 青溪网</div></body></html>"""
BODY = (
    "3月6日，县委副书记、县长柏望舒主持召开全县安全生产会议。县委书记岑晓岚出席会议并讲话。\n"
    "岑晓岚强调，一要逐条销号抓整改；二要压实企业主体责任，盯紧矿山、燃气和道路运输。\n"
)


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(PAGE.encode("gbk"))
    return path


def test_text_is_the_body_and_nothing_else(page, tmp_path):
    run = huixun("scrape", "--text", "page.html", cwd=tmp_path)
    assert (run.returncode, run.stdout, run.stderr) == (0, BODY, "")


def test_json_holds_everything_on_one_line(page, tmp_path):
    run = huixun("scrape", "--json", "page.html", "--url", "http://example.com/1.html", cwd=tmp_path)
    report = json.loads(run.stdout)
    assert report["url"] == "http://example.com/1.html"
    assert report["encoding"] == "gb18030"
    assert report["body"] == BODY.strip()
    assert report["meetings"][0]["hosts"][0]["name"] == "柏望舒"
    assert report["published_at"] == "2023-03-07T08:10:00"


def test_standard_input(page, tmp_path):
    run = huixun("scrape", "--text", "-", cwd=tmp_path, stdin=PAGE.replace("gbk", "utf-8"))
    assert run.stdout == BODY


def test_a_text_file(tmp_path):
    (tmp_path / "page.txt").write_text("青溪县召开安全生产会议\n" + BODY.replace("，", ","), encoding="utf-8")
    run = huixun("scrape", "--text", "page.txt", cwd=tmp_path)
    assert run.stdout == BODY


def test_why_names_rule_and_place_of_each_choice_and_cut(page, tmp_path):
    run = huixun("scrape", "--why", "page.html", cwd=tmp_path, COLUMNS="200")
    assert run.returncode == 0
    for word in ("choices", "cuts", "repairs", "encoding", "title", "published", "/html/body", "half_width"):
        assert word in run.stdout, word


def test_several_files_are_told_apart(page, tmp_path):
    (tmp_path / "other.html").write_bytes(page.read_bytes())
    run = huixun("scrape", "--text", "page.html", "other.html", cwd=tmp_path)
    assert run.stdout.count("==> ") == 2
    assert run.stdout.count(BODY) == 2


def test_what_was_saved_can_be_read_again(page, tmp_path):
    huixun("scrape", "--save", "page.html", cwd=tmp_path)
    huixun("scrape", "--save", "page.html", "--url", "http://example.com/1.html", cwd=tmp_path)
    again = huixun("reprocess", cwd=tmp_path)
    assert (again.returncode, again.stderr) == (0, "")
    assert "2 pages read again: 2 same" in again.stdout


def test_save_stores_once(page, tmp_path):
    for outcome in ("new", "unchanged"):
        run = huixun("scrape", "--save", "page.html", "--url", "http://example.com/1.html", cwd=tmp_path)
        assert run.returncode == 0, run.stderr
        assert outcome in run.stderr
    with sqlite3.connect(tmp_path / "data" / "huixun.db") as database:
        assert database.execute("SELECT title, hosts FROM v_reports").fetchall() == [
            ("青溪县召开安全生产会议", "柏望舒")
        ]


def test_a_page_that_is_no_report_ends_with_1_and_the_reason(tmp_path):
    (tmp_path / "poem.html").write_text(
        "<p>床前明月光，疑是地上霜。举头望明月，低头思故乡。</p>" * 3, encoding="utf-8"
    )
    run = huixun("scrape", "poem.html", cwd=tmp_path)
    assert run.returncode == 1
    assert "rejected" in run.stderr
    assert "poem.html" in run.stderr


LINES = ["青溪县召开安全生产会议", "2023-03-07 08:10 来源:青溪县融媒体中心", *BODY.strip().split("\n")]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("report.pdf", make_pdf(typeset(LINES[1:], title=LINES[0]))),
        ("report.docx", make_docx(LINES)),
        ("report.dat", make_docx(LINES)),
    ],
)
def test_pdf_and_word_files(tmp_path, name, body):
    (tmp_path / name).write_bytes(body)
    run = huixun("scrape", "--text", name, cwd=tmp_path)
    assert (run.returncode, run.stdout, run.stderr) == (0, BODY, "")


def test_why_says_who_read_a_file(tmp_path):
    (tmp_path / "report.pdf").write_bytes(make_pdf(typeset(LINES[1:], title=LINES[0])))
    run = huixun("scrape", "--why", "report.pdf", cwd=tmp_path, COLUMNS="200")
    for words in ("PDF, by PDFium", "file_reader", "pages: 1", "page_number"):
        assert words in run.stdout, words


def test_what_is_missing_of_a_file_is_told(tmp_path):
    pages = [*typeset(LINES[1:], title=LINES[0]), []]
    (tmp_path / "report.pdf").write_bytes(make_pdf(pages, pictures=[1]))
    run = huixun("scrape", "--text", "report.pdf", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (0, BODY)
    assert run.stderr == (
        "report.pdf: not whole: page 2: no text on this page, run OCR on the file to have it (a picture)\n"
    )


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("scan.pdf", make_pdf([[], []], pictures=[0, 1]), "scan.pdf: rejected: scanned: 2 pages of pictures without text: run OCR"),
        ("paper.pdf", b"%PDF-1.7 ...", "paper.pdf: rejected: damaged_file: the PDF cannot be opened"),
        ("old.doc", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(99), "old.doc: rejected: file_kind: not read: old Office or WPS file"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why(tmp_path, name, body, words):
    (tmp_path / name).write_bytes(body)
    run = huixun("scrape", "--text", name, cwd=tmp_path)
    assert run.returncode == 1
    assert words in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["nosuch.html"], 2, "nosuch.html"),
        (["."], 2, "directory"),
        (["--json", "--text", "page.html"], 2, "--json"),
        (["--site", "nosuch", "page.html"], 1, "nosuch"),
        (["http://127.0.0.1:9/x.html"], 1, "127.0.0.1"),
        (["ftp://example.com/x"], 1, "ftp"),
        (["--url", "http://example.com/", "page.html", "page.html"], 2, "--url"),
    ],
)
def test_mistakes_are_one_clear_line(page, tmp_path, arguments, code, words):
    run = huixun("scrape", *arguments, cwd=tmp_path)
    assert run.returncode == code
    assert words in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1
    assert "Traceback" not in run.stderr


def test_a_file_that_cannot_be_read_does_not_lose_the_others(page, tmp_path):
    run = huixun("scrape", "--text", "nosuch.html", "page.html", cwd=tmp_path)
    assert run.returncode == 1
    assert BODY in run.stdout
    assert "nosuch.html" in run.stderr
