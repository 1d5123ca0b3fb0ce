"""Indents that a conversion turned into two question marks, paragraph after paragraph (``??為加強管理``)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from pipelines.restore.edits import Edit

_LOST: Final = re.compile(r"\?\?(?:(?<=[\n>]..)|(?<=[\n>]\s..)|(?<=\A..))(?=[^\x00-\x7f\s?])")
_FEW: Final = 3
_INDENT: Final = "\u3000\u3000"


def has_lost_indents(text: str) -> bool:
    """Tell whether several paragraphs begin so; one or two may be somebody's wonder.

    >>> has_lost_indents("??会议召开。\\n??会议强调。\\n??会议要求。"), has_lost_indents("??什么")
    (True, False)
    """
    return text.count("??") >= _FEW and len(_LOST.findall(text)) >= _FEW


def find_lost_indents(page: str, spans: Iterable[tuple[int, int]]) -> list[Edit]:
    """Return the edits that put the indents back."""
    found = [hit for start, end in spans for hit in _LOST.finditer(page, start, end)]
    return [Edit(hit.start(), hit.end(), _INDENT, "lost_indent") for hit in found]
