"""Undo what mirrors do to a page, and bring traditional text back to simplified Chinese.

Expired domains serve copies of reports that went through an obfuscator: traditional characters, pinyin
behind some of them, marks doubled, all by blind replacement of GBK bytes, which shifts bytes where it hits
at an odd offset.
"""

from __future__ import annotations

from crawler.records import Restored
from pipelines.restore.edits import undo
from pipelines.restore.repair import is_sound, repair

__all__ = ["restore", "undo"]


def restore(text: str, source: bytes | None = None) -> Restored:
    """Return ``text``, a decoded page (markup or plain), as its author wrote it; sound text comes back
    unchanged.

    ``source`` are the page's bytes when they are GBK. Every change is a repair, with which ``undo`` gives
    the text back.

    >>> restore("濟(jì)源網(wǎng)召開會(huì)議").text
    '济源网召开会议'
    """
    return Restored(text, "simplified") if is_sound(text) else repair(text, source)
