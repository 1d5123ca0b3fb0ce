"""A file is read in a program of its own: what it finds travels whole, what harms it harms nobody else."""

from __future__ import annotations

import sys

import pytest
from made_files import Line, make_docx, make_pdf, typeset, zip_docx

from crawler.files import lines, reader
from crawler.files.kinds import load_kinds
from crawler.files.reader import read_file
from crawler.records import Page
from pipelines import process
from pipelines.judge import judge

TITLE = "青溪县召开安全生产会议"
TEXT = [
    "2023-03-07 08:10 来源：青溪县融媒体中心",
    "3月6日，县委副书记、县长柏望舒主持召开全县安全生产会议，县委书记岑晓岚出席会议并讲话。",
    "岑晓岚强调，一要逐条销号抓整改；二要压实企业主体责任，盯紧矿山、燃气和道路运输。",
]


@pytest.mark.parametrize(
    ("body", "kind", "pages"),
    [(make_pdf(typeset(TEXT, title=TITLE)), "PDF", 1), (make_docx([TITLE, *TEXT]), "DOCX", None)],
    ids=["PDF", "DOCX"],
)
def test_a_file_goes_through_the_same_steps_as_a_page(body, kind, pages):
    report = judge(Page("http://example.com/att/P020230307.dat", body, "application/octet-stream"))
    text = process(Page("http://example.com/1.txt", "\n".join([TITLE, *TEXT]).encode(), "text/plain"))
    assert report.rejection is None
    assert (report.title, report.body, report.meetings) == (TITLE, text.body, text.meetings)
    assert (report.published_at, report.source) == (text.published_at, "青溪县融媒体中心")
    assert (report.document.format, report.document.pages) == (kind, pages)
    (read,) = [e for e in report.evidence if e.step == "read"]
    assert read.value.startswith(kind)
    assert read.place == (f"pages: {pages}" if pages else "")


def test_what_a_reader_cuts_and_misses_is_in_the_report():
    pages = [*typeset(TEXT * 9, title=TITLE), []]
    report = judge(Page("http://example.com/1.pdf", make_pdf(pages, pictures=[len(pages) - 1])))
    assert report.truncated
    assert {"page_number"} <= {cut.rule for cut in report.cuts}
    assert "page_without_text" in {e.rule for e in report.evidence}


def test_the_pure_steps_say_that_they_read_no_file():
    report = process(Page("http://example.com/1.pdf", make_pdf([[Line("会议")]])))
    assert report.rejection.reason == "file_kind"
    assert "PDF" in report.rejection.detail


def test_a_page_of_text_needs_no_program(monkeypatch):
    monkeypatch.setattr(reader.subprocess, "run", None)
    assert read_file("会议强调".encode()) is None
    assert (
        judge(Page("http://example.com/1.txt", "\n".join([TITLE, *TEXT]).encode(), "text/plain")).title
        == TITLE
    )


def refusal(body: bytes):
    return read_file(body).rejection


@pytest.mark.parametrize(
    ("body", "reason", "words"),
    [
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(9), "file_kind", "save it as DOCX"),
        (make_pdf([[]], pictures=[0]), "scanned", "OCR"),
        (b"%PDF-1.7 ...", "damaged_file", "fetch it again"),
        (zip_docx(" " * (40 << 20)), "file_limit", "32 MiB"),
        (make_docx(["会议"])[:-60], "damaged_file", "fetch it again"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_a_rejection_with_a_remedy(body, reason, words):
    found = refusal(body)
    assert found.reason == reason
    assert words in found.detail


BREAKERS = {
    "memory": ("bytes(4 << 30)", "file_limit", "1024 MiB"),
    "crash": ("__import__('os').abort()", "file_limit", "broke off"),
    "fault": ("1 / 0", "file_limit", "broke off"),
    "output": (
        "[open('/dev/stdout', 'wb').write(bytes(1 << 20)) for _ in range(99)]",
        "file_limit",
        "broke off",
    ),
    "nonsense": ("print('[1') or __import__('os')._exit(0)", "error", "its reader failed"),
    "missing": ("__import__('pypdfium0')", "reader_missing", "pip install 'huixun[documents]'"),
}


@pytest.fixture
def broken_reader(monkeypatch, tmp_path):
    """A reader of PDF files that does as it is told, found before the real one."""

    def put(code: str) -> None:
        package = tmp_path / "broken"
        package.mkdir()
        (package / "pdf_broken.py").write_text(f"def read(body):\n    return {code}\n")
        monkeypatch.setattr(sys, "path", [str(package), *sys.path])
        kind = next(k for k in load_kinds() if k.name == "PDF")._replace(reader="pdf_broken")
        monkeypatch.setattr(reader, "kind_of", lambda body: kind)

    return put


@pytest.mark.parametrize(("code", "reason", "words"), BREAKERS.values(), ids=BREAKERS)
def test_what_breaks_the_program_is_a_rejection_that_names_the_limit(broken_reader, code, reason, words):
    broken_reader(code)
    found = refusal(b"%PDF-1.7")
    assert found.reason == reason
    assert words in found.detail


def test_processor_time_is_limited(broken_reader, monkeypatch):
    broken_reader("exec('while True: pass')")
    monkeypatch.setattr(reader, "SECONDS", 1)
    found = refusal(b"%PDF-1.7")
    assert (found.reason, found.detail) == (
        "file_limit",
        "reading it takes more than 1 seconds of processor time",
    )


def test_waiting_is_limited(broken_reader, monkeypatch):
    broken_reader("__import__('time').sleep(60)")
    monkeypatch.setattr(reader, "WAIT", 3)
    assert "more than 3 seconds" in refusal(b"%PDF-1.7").detail


def test_a_file_too_large_is_not_even_handed_over(monkeypatch):
    monkeypatch.setattr(reader, "MOST_BYTES", 10)
    assert refusal(b"%PDF-1.7 and so on").reason == "file_limit"


def test_the_program_sees_nothing_of_our_environment(broken_reader, monkeypatch):
    monkeypatch.setenv("HUIXUN_DATABASE_URL", "postgresql://secret")
    broken_reader(
        "(_ for _ in ()).throw(MemoryError) if 'HUIXUN_DATABASE_URL' in __import__('os').environ else 1 / 0"
    )
    assert "broke off" in refusal(b"%PDF-1.7").detail


def test_the_limits_leave_room_for_the_largest_answer():
    assert lines.MOST_TEXT * 6 < lines.MOST_BYTES
    assert reader.SECONDS < reader.WAIT < 30  # the pool's own limit for a page
