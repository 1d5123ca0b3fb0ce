"""One font for all that a PDF does not bring along, so that its text is the same on every machine.

Chinese PDF files often name 宋体 or 仿宋 without embedding it. Where the machine has no such font either,
PDFium gives their characters no width and leaves out each that stands alone: text would be lost without a
word. Only text is wanted, so a box (648 bytes) stands in for every character.
"""

from __future__ import annotations

import ctypes
from pathlib import Path

from pypdfium2 import PdfSysfontBase

_FONT = Path(__file__).with_name("box.bin")
_HANDLE = 1


class OneFont(PdfSysfontBase):  # type: ignore[misc]
    """PDFium's view of the system's fonts (``FPDF_SYSFONTINFO``): there is one, and it fits."""

    def __init__(self) -> None:
        super().__init__()
        self._data = _FONT.read_bytes()

    def MapFont(self, *_: object) -> int:
        """The font for a name that the file gives."""
        return _HANDLE

    def GetFont(self, *_: object) -> int:
        """The same for a name alone."""
        return _HANDLE

    def GetFontData(self, _: object, font: int, table: int, buffer: int, size: int) -> int:
        """Its bytes, when the buffer holds them, and how many they are; none of its tables alone."""
        if table:
            return 0
        if size >= len(self._data):
            ctypes.memmove(buffer, self._data, len(self._data))
        return len(self._data)

    def GetFontCharset(self, *_: object) -> int:
        """FXFONT_GB2312_CHARSET."""
        return 134

    def GetFaceName(self, *_: object) -> int:
        """It has no name worth telling."""
        return 0

    def DeleteFont(self, *_: object) -> None:
        """Nothing was made."""

    def EnumFonts(self, *_: object) -> None:
        """There is nothing to list."""
