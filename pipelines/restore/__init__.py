"""Undo what mirrors do to a page, and bring traditional text back to simplified Chinese.

Expired domains serve copies of reports that went through an obfuscator: traditional characters, pinyin
behind some of them, marks doubled, all by blind replacement of GBK bytes, which shifts bytes where it hits
at an odd offset.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from crawler.records import Evidence, Restored
from pipelines.restore.edits import undo
from pipelines.restore.markup import reach
from pipelines.restore.repair import is_sound, repair

__all__ = ["restore", "undo"]

_LETTERS: Final = 100_000
"""Letters of text that are repaired; the longest reports and documents seen have about 30,000."""

_LONGEST: Final = 3_000_000
"""Characters of a page, markup included, that are looked at."""


def restore(text: str, source: bytes | None = None) -> Restored:
    """Return ``text``, a decoded page (markup or plain), as its author wrote it; sound text comes back
    unchanged.

    ``source`` are the page's bytes when they are GBK. Every change is a repair, with which ``undo`` gives
    the text back. What lies beyond the bounds of a page stays as it is, and the evidence says so.

    >>> restore("濟(jì)源網(wǎng)召開會(huì)議").text
    '济源网召开会议'
    """
    if len(text) <= _LONGEST and is_sound(text):
        return Restored(text, "simplified")
    end = reach(text, _LETTERS, _LONGEST)
    return _begun(text, end) if end < len(text) else repair(text, source)


def _begun(page: str, end: int) -> Restored:
    """Return a page that is restored up to ``end``."""
    found = restore(page[:end])
    left = Evidence(
        "restore", "page", f"{len(page) - end} characters", "too_large", f"character {end}", None, False
    )
    return replace(found, text=found.text + page[end:], evidence=(*found.evidence, left))
