"""Make ``box.bin``, the font that ``fonts`` lends to PDFium: ``python -m crawler.files.make_font``.

Needs fonttools, which nothing else does. Format 13 of the character map gives one glyph to all characters.
"""

from __future__ import annotations

from pathlib import Path

_CORNERS = ((0, 0), (0, 800), (1000, 800), (1000, 0))


def make(path: Path) -> None:
    """Write the font: a full-width box for every character there is."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

    pen = TTGlyphPen(None)
    pen.moveTo(_CORNERS[0])
    for corner in _CORNERS[1:]:
        pen.lineTo(corner)
    pen.closePath()
    glyph = pen.glyph()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef", "box"])
    font.setupGlyf({".notdef": glyph, "box": glyph})
    font.setupHorizontalMetrics({".notdef": (1000, 0), "box": (1000, 0)})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupCharacterMap({0x20: "box"})
    every = CmapSubtable.newSubtable(13)
    every.platformID, every.platEncID, every.language, every.reserved = 3, 10, 0, 0
    every.length = every.nGroups = 0
    every.cmap = {code: "box" for code in range(0x20, 0x110000) if not 0xD800 <= code < 0xE000}
    font.font["cmap"].tables = [every]
    font.setupNameTable({"familyName": "Huixun Box", "styleName": "Regular"})
    font.setupOS2()
    font.setupPost(keepGlyphNames=False)
    font.save(path)


if __name__ == "__main__":
    make(Path(__file__).with_name("box.bin"))
