"""The paragraphs of a Word document, straight from its XML: no macro, no link, no entity is followed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from crawler.files.lines import MOST_TEXT, CutLine, Lines, Unreadable
from crawler.files.numbering import Numbering

_READER = "DOCX, by its own XML"
_UNPACKED = 32 * 1024 * 1024  # bytes of one member; the longest reports have 2 MB
_FRAME = re.compile(r"word/(?:header|footer)\d*\.xml")
_LISTS = ("word/numbering.xml", "word/styles.xml")
_FRAMES = 30  # headers and footers that are read
_MARKS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SKIPPED = frozenset({"del", "moveFrom", "rPr", "pPr", "instrText", "delText"})


def read(body: bytes) -> Lines:
    """The paragraphs of a DOCX. Raises Unreadable for one that is damaged, or larger than any report."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            root = _member(package, "word/document.xml")
            names = package.namelist()
            numbering = Numbering(*(_member(package, name) for name in _LISTS if name in names))
            frames = [name for name in names if _FRAME.fullmatch(name)][:_FRAMES]
            heads = [
                CutLine("running_head", text, name)
                for name in frames
                for text in _blocks(_member(package, name), Numbering())
            ]
    except (zipfile.BadZipFile, KeyError, EOFError, OSError, RuntimeError) as error:
        raise Unreadable(
            "damaged_file", f"the Word file cannot be unpacked ({error}): fetch it again, it may be cut off"
        ) from error
    lines: list[str] = []
    size = 0
    for text in _blocks(root, numbering):
        lines.append(text)
        size += len(text)
        if size >= MOST_TEXT:
            notes = [("file_limit", f"{size} characters read", f"paragraph {len(lines)}")]
            return Lines(lines, _READER, whole=False, cuts=heads, notes=notes)
    if not lines:
        raise Unreadable("no_text", "the Word file holds no text: if it shows pictures of pages, run OCR")
    return Lines(lines, _READER, cuts=heads)


def _member(package: zipfile.ZipFile, name: str) -> etree._Element:
    """One member as a tree. Raises Unreadable when it unpacks to too much, or is no plain XML."""
    with package.open(name) as stream:
        data = stream.read(_UNPACKED + 1)
    if len(data) > _UNPACKED:
        raise Unreadable(
            "file_limit",
            f"{name} unpacks to more than {_UNPACKED >> 20} MiB: a zip bomb, or no report",
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(
            "damaged_file", f"{name} is no sound XML ({error}): open it in Word and save it again"
        ) from error
    if b"<!DOCTYPE" in data:
        raise Unreadable("damaged_file", f"{name} declares entities, which no Word file does: not read")
    return root


def _blocks(element: etree._Element, numbering: Numbering) -> Iterator[str]:
    """The lines below an element; a row whose cells hold one line each is one line."""
    for child in element:
        name = _name(child)
        if name == "p":
            yield from _paragraph(child, numbering)
        elif name == "tr":
            cells = [list(_blocks(cell, numbering)) for cell in child if _name(cell) in ("tc", "sdt")]
            if all(len(cell) <= 1 for cell in cells):
                cells = [[" ".join(text for cell in cells for text in cell)]]
            yield from (text for cell in cells for text in cell if text)
        elif name and name not in _SKIPPED:
            yield from _blocks(child, numbering)


def _paragraph(element: etree._Element, numbering: Numbering) -> Iterator[str]:
    """The lines of a paragraph with its number, then those of the text boxes that hang on it."""
    boxes: list[etree._Element] = []
    text = "".join(_pieces(element, boxes))
    if text.strip():
        text = numbering.label(element) + text
    yield from (squeezed for line in text.split("\n") if (squeezed := " ".join(line.split())))
    for box in boxes:
        yield from _blocks(box, numbering)


def _pieces(element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    """The text inside an element, what was deleted or says the same again apart."""
    for child in element:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in _MARKS:
            yield _MARKS[name]
        elif name == "txbxContent":
            boxes.append(child)
        elif name == "AlternateContent":
            yield from _pieces(child[0], boxes) if len(child) else ()
        elif name and name not in _SKIPPED:
            yield from _pieces(child, boxes)


def _name(element: etree._Element) -> str:
    """The name without its space; empty for comments and instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
