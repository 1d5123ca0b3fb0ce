"""The lines of a PDF, by PDFium (pypdfium2); nothing is drawn, no script and no link is followed."""

from __future__ import annotations

import math
from ctypes import c_double
from itertools import groupby
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from crawler.files.fonts import OneFont
from crawler.files.layout import arrange
from crawler.files.lines import MOST_PAGES, MOST_TEXT, CutLine, Line, Lines, Unreadable
from crawler.files.radicals import name_characters, radicals_in

_PASSWORD = 4  # FPDF_ERR_PASSWORD
_SLANT = math.sin(2 * math.radians(10))  # a line that leans from both axes is a watermark
_BREAKS = frozenset("\r\n\f\v\u2028\u2029")
_HYPHENS = frozenset("\x02\ufffe\u00ad")  # what PDFium puts where a word was broken
_FEWEST = 20  # characters of a file that counts as one with text
_MOST_LOST = 0.1  # share of characters that no font explains


def read(body: bytes) -> Lines:
    """The paragraphs of a PDF. Raises Unreadable for one that holds no text, or none without a password."""
    OneFont().setup()
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        raise _refused(error) from error
    count = len(document)
    lines: list[Line] = []
    cuts: list[CutLine] = []
    notes: list[tuple[str, str, str]] = []
    size = number = 0
    for number in range(1, min(count, MOST_PAGES) + 1):
        page = _read_page(document, number)
        lines += page.lines
        cuts += [CutLine("watermark", words, f"page {number}") for words in page.leaning]
        size += sum(len(line.text) for line in page.lines)
        if page.pictured:
            notes.append(("page_without_text", "a picture", f"page {number}"))
        if size >= MOST_TEXT:
            break
    _check(lines, count, len(notes))
    if number < count:
        notes.append(("file_limit", f"{number} of {count} pages read", f"page {number}"))
    whole = not notes
    if radicals := radicals_in("".join(line.text for line in lines)):
        told = " ".join(f"{sign}→{name_characters(sign)} {n}" for sign, n in radicals.most_common(40))
        notes.append(("radicals", told, "whole text"))
        lines = [line._replace(text=name_characters(line.text)) for line in lines]
    paragraphs, furniture = arrange(lines)
    reader = f"PDF, by PDFium {pypdfium2.PDFIUM_INFO}"
    return Lines(paragraphs, reader, count, whole, [*cuts, *furniture], notes)


def _refused(error: Exception) -> Unreadable:
    if getattr(error, "err_code", None) == _PASSWORD:
        return Unreadable("encrypted", "the PDF asks for a password: save it without one and read that")
    told = f"the PDF cannot be opened ({error}): fetch it again, it may be cut off"
    return Unreadable("damaged_file", told)


def _check(lines: list[Line], count: int, pictures: int) -> None:
    """Raise Unreadable when there is no text, or none that means anything."""
    text = "".join(line.text for line in lines)
    if len(text) < _FEWEST and pictures:
        raise Unreadable("scanned", f"{count} pages of pictures without text: run OCR and read what it gives")
    if not text:
        raise Unreadable("no_text", f"{count} pages, and no text on them")
    lost = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or char < " " for char in text)
    if lost > _MOST_LOST * len(text):
        raise Unreadable(
            "garbled_text",
            f"the fonts do not say which characters {lost} of {len(text)} signs are: run OCR on the PDF",
        )


class _Page(NamedTuple):
    lines: list[Line]
    leaning: list[str]
    pictured: bool


def _read_page(document: pypdfium2.PdfDocument, number: int) -> _Page:
    """The lines of a page, and whether one without lines shows a picture; a broken page counts as such."""
    try:
        page = document[number - 1]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        return _Page([], [], pictured=True)
    chars = [chr(raw.FPDFText_GetUnicode(text.raw, at)) for at in range(raw.FPDFText_CountChars(text.raw))]
    lines: list[Line] = []
    leaning: list[str] = []
    for breaks, run in groupby(range(len(chars)), lambda at: chars[at] in _BREAKS):
        places = [at for at in run if not chars[at].isspace()]
        if breaks or not places:
            continue
        words = _text(chars[places[0] : places[-1] + 1])
        if abs(math.sin(2 * raw.FPDFText_GetCharAngle(text.raw, places[0]))) > _SLANT:
            leaning.append(words)
        elif words:
            lines.append(_line(text.raw, places[0], places[-1], words, number))
    pictured = not lines and any(True for _ in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    text.close()
    page.close()
    return _Page(lines, leaning, pictured)


def _text(chars: list[str]) -> str:
    """The characters as text: surrogates in pairs, no marks of a broken word."""
    joined = "".join(char for char in chars if char not in _HYPHENS)
    return joined.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()


def _line(text: object, first: int, last: int, words: str, page: int) -> Line:
    """A line with its edges, its base line and the size of its type as printed."""
    left, right, bottom, top, x, base = (c_double() for _ in range(6))
    raw.FPDFText_GetCharBox(text, last, left, right, bottom, top)
    end = right.value
    raw.FPDFText_GetCharBox(text, first, left, right, bottom, top)
    raw.FPDFText_GetCharOrigin(text, first, x, base)
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, first, matrix)
    size = raw.FPDFText_GetFontSize(text, first) * math.hypot(matrix.c, matrix.d)
    return Line(words, page, left.value, end, base.value, size)
