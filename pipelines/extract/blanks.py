"""Names that blanks alone part, as older dailies print who came: 市领导 柏 远 裘敏山 戚岚 出席大会."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from pipelines.extract.doubt import is_common
from pipelines.extract.names import read_name
from pipelines.extract.words import pattern

_FEWEST: Final = 3  # names of a row
_PIECE: Final = re.compile(r"[^ \u3000,、:;()]+")
_BLANKS: Final = re.compile(r"[ \u3000]+")


def with_marks(text: str) -> str:
    """The same sentence, as long as before, with 、 for the blanks in a row of three names or more.

    A row may begin behind a post and go on with what all of them do. Linear in the input.

    >>> with_marks("市领导 柏 远 裘敏山 戚岚 出席大会")
    '市领导 柏 远、裘敏山、戚岚 出席大会'
    >>> with_marks("县委书记柏远 县长裘敏 出席大会")
    '县委书记柏远 县长裘敏 出席大会'
    """
    if len(_BLANKS.findall(text)) < _FEWEST - 1:
        return text
    out: list[str] = []
    done = 0
    for row in _rows(text):
        for (_, end), (start, _) in pairwise(row if len(row) >= _FEWEST else ()):
            out += text[done:end], "、" * (start - end)
            done = start
    return "".join([*out, text[done:]])


def _rows(text: str) -> Iterator[list[tuple[int, int]]]:
    """The names that stand side by side, from where to where each."""
    row: list[tuple[int, int]] = []
    for start, end in _items(text):
        name = read_name(text, start)
        if row and not _BLANKS.fullmatch(text, row[-1][1], start):
            yield row
            row = []
        if name == end and not is_common("".join(text[start:end].split())):
            row.append((start, end))
            continue
        yield [*row, (start, name)] if row and name else row
        begun = _behind_post(text, start, end)
        row = [(begun, end)] if begun else []
    yield row


def _items(text: str) -> Iterator[tuple[int, int]]:
    """What blanks and marks part, two lone letters as one."""
    lone = None
    for found in _PIECE.finditer(text):
        start, end = found.span()
        if lone is not None:
            yield lone, end if end - start == 1 else lone + 1
        if end - start > 1:
            yield start, end
        lone = start if end - start == 1 and lone is None else None
    if lone is not None:
        yield lone, lone + 1


def _behind_post(text: str, start: int, end: int) -> int | None:
    """Where a name behind a post begins that ends the piece: 市领导|柏远."""
    for post in pattern("posts", "heads").finditer(text, start, end):
        if read_name(text, post.end(), titled=True) == end:
            return post.end()
    return None
