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

    def MapFont(self, *_: object) -> int:  # noqa: D102 - a callback's name
        return _HANDLE

    def GetFont(self, *_: object) -> int:  # noqa: D102 - a callback's name
        return _HANDLE

    def GetFontData(self, _: object, font: int, table: int, buffer: int, size: int) -> int:  # noqa: D102
        if table:
            return 0  # the whole file, never one of its tables
        if size >= len(self._data):
            ctypes.memmove(buffer, self._data, len(self._data))
        return len(self._data)

    def GetFontCharset(self, *_: object) -> int:  # noqa: D102 - a callback's name
        return 134  # FXFONT_GB2312_CHARSET

    def GetFaceName(self, *_: object) -> int:  # noqa: D102 - a callback's name
        return 0

    def DeleteFont(self, *_: object) -> None:
        """Nothing was made."""

    def EnumFonts(self, *_: object) -> None:
        """Nothing to list."""
