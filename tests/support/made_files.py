"""PDF and DOCX files written by hand, so that a test says every byte that matters."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDE, HIGH = 595, 842  # points of an A4 page
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
    '.wordprocessingml.document.main+xml"/></Types>'
)


@dataclass(frozen=True)
class Line:
    """One line of text on a PDF page, in points from the lower left corner."""

    text: str
    x: float = 90
    y: float = 700
    size: float = 16


def typeset(
    paragraphs: Sequence[str], *, title: str = "", header: str = "", first: int = 1, columns: int = 26
) -> list[list[Line]]:
    """Pages as an office writes them: a centred title, indented paragraphs, hard lines, numbered pages."""
    lines: list[tuple[str, float, float]] = []
    for at in range(0, len(title), 18):
        piece = title[at : at + 18]
        lines.append((piece, (WIDE - 22 * len(piece)) / 2, 22))
    for paragraph in paragraphs:
        indented = "　　" + paragraph
        for at in range(0, len(indented), columns):
            piece = indented[at : at + columns]
            lines.append((piece.lstrip("　"), 90 + 16 * (len(piece) - len(piece.lstrip("　"))), 16))
    pages = [lines[at : at + 22] for at in range(0, len(lines), 22)]
    return [
        [
            *([Line(header, 200, 800, 10)] if header else []),
            *(Line(text, x, 740 - 28 * row, size) for row, (text, x, size) in enumerate(page)),
            Line(f"— {number} —", 280, 40, 14),
        ]
        for number, page in enumerate(pages, first)
    ]


def make_pdf(pages: Sequence[Sequence[Line]], *, extra: str = "", pictures: Sequence[int] = ()) -> bytes:
    """A PDF with one Chinese font that is not embedded; ``extra`` goes into the trailer.

    ``pictures`` are the indices of pages that show a picture.
    """
    font = (
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[<</Type/Font"
        "/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
        "/Supplement 5>>/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6"
        "/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
    )
    picture = (
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
    )
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b"", font.encode()]
    objects.append(picture + b"stream\n\x80\nendstream")
    kids = []
    for index, page in enumerate(pages):
        show = [f"BT /F1 {n.size} Tf {n.x} {n.y} Td <{n.text.encode('utf-16-be').hex()}> Tj ET" for n in page]
        show += ["q 400 0 0 500 90 200 cm /Im1 Do Q"] if index in pictures else []
        data = zlib.compress("\n".join(show).encode())
        objects.append(f"<</Length {len(data)}/Filter/FlateDecode>>stream\n".encode() + data + b"\nendstream")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDE} {HIGH}]/Contents {len(objects)} 0 R"
            "/Resources<</Font<</F1 3 0 R>>/XObject<</Im1 4 0 R>>>>>>".encode()
        )
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
    return assemble_pdf(objects, extra)


def assemble_pdf(objects: Sequence[bytes], extra: str = "") -> bytes:
    """Numbered objects with their cross-reference table."""
    out = io.BytesIO()
    out.write(b"%PDF-1.5\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj".encode() + content + b"endobj\n")
    table = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.writelines(f"{place:010} 00000 n \n".encode() for place in places)
    out.write(f"trailer<</Size {len(objects) + 1}/Root 1 0 R{extra}>>\nstartxref\n{table}\n%%EOF".encode())
    return out.getvalue()


def make_docx(paragraphs: Sequence[str], **parts: str) -> bytes:
    """A DOCX whose paragraphs are texts or, when they begin with ``<``, the XML of a body element."""
    elements = [
        text if text.startswith("<") else f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"
        for text in paragraphs
    ]
    return zip_docx(
        f'<w:document xmlns:w="{WORD}"><w:body>{"".join(elements)}</w:body></w:document>', **parts
    )


def zip_docx(document: str, **parts: str) -> bytes:
    """The package around ``word/document.xml``; ``parts`` are further files of ``word/``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("word/document.xml", document)
        for name, text in parts.items():
            package.writestr(f"word/{name}.xml", text)
    return out.getvalue()
