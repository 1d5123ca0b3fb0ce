"""Bytes say what a file is, whatever its name."""

from __future__ import annotations

import io
import zipfile

import pytest
from made_files import make_docx, make_pdf

from crawler.files.kinds import kind_of, load_kinds


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (make_pdf([[]]), "PDF"),
        (b"\r\n\r\n" + make_pdf([[]]), "PDF"),
        (b"\xef\xbb\xbf%PDF-1.4", "PDF"),
        (make_docx(["会议"]), "DOCX"),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "OFD"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "spreadsheet (XLSX)"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "presentation (PPTX)"),
        (zipped("附件.txt"), "ZIP archive"),
        (zipped(), "ZIP archive"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(512), "old Office or WPS file (DOC, XLS, PPT, WPS), or an encrypted new one"),
        (b"{\\rtf1\\ansi", "RTF document"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"Rar!\x1a\x07\x00", "RAR, 7z or gzip archive"),
        # must not change: pages of text
        ("会议强调，要压实责任。".encode(), None),
        (b"<html><p>%PDF-1.4 is a header</p>", None),
        (b"<!-- x --> %PDF-1.4", None),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", None),
        (b"", None),
        (b"P", None),
    ],
)  # fmt: skip
def test_kinds(body, name):
    kind = kind_of(body)
    assert (kind and kind.name) == name


@pytest.mark.parametrize("kind", load_kinds(), ids=lambda kind: kind.name)
def test_a_kind_is_read_or_has_a_remedy(kind):
    assert bool(kind.reader) is not bool(kind.remedy)
    assert all(len(magic) >= 3 for magic in kind.begins)
