"""Damage undone on the bytes of a GBK page, where nothing is lost yet: exact, without any guess.

The replacements put pinyin behind the code of a character and something before the code of a mark, at
whatever offset. Taking both out of the bytes gives the page as it was.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from pipelines.restore.edits import Edit
from pipelines.restore.marks import MARKS
from pipelines.restore.readings import is_reading

_NOTE: Final = re.compile(
    rb"(?P<code>[\x81-\xfe][\x40-\x7e\x80-\xfe])\((?P<note>(?:[a-z]|\xa8[\xa1-\xbb]){1,8}) ?\)"
)
_CODES: Final = b"(?:" + b"|".join(mark.encode("gbk") for mark in MARKS) + b")"
_COMMA: Final = re.compile(rb",(?=" + _CODES + rb")")
_CONTROL: Final = re.compile(rb"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f](?=" + _CODES + rb")")
_ROUNDS: Final = 6
_FEW: Final = 3
_LONGEST: Final = 4000
_WORK: Final = 20_000_000


def undo_bytes(source: bytes) -> str | None:
    """Return the text of a mirrored GBK page with all replacements undone, None when there are none.

    >>> undo_bytes("序".encode("gbk") + bytes.fromhex("8c") + "(qū)".encode("gbk") + bytes.fromhex("8d"))
    '序實'
    """
    bare = _repeated(_NOTE, lambda hit: hit["code"] if _fits(hit) else hit[0], source)
    bare = _repeated(_CONTROL, lambda _: b"", bare)
    if len(_COMMA.findall(bare)) >= _FEW or _decoded(bare) is None:
        bare = _repeated(_COMMA, lambda _: b"", bare)
    return None if bare == source else _decoded(bare)


def _decoded(source: bytes) -> str | None:
    """Return the text of GBK bytes, None when they are not sound."""
    try:
        return source.decode("gb18030")
    except UnicodeDecodeError:
        return None


def _repeated(pattern: re.Pattern[bytes], change: Callable[[re.Match[bytes]], bytes], source: bytes) -> bytes:
    """Replace until nothing changes: one replacement may have hidden the code that another had matched."""
    for _ in range(_ROUNDS):
        changed = pattern.sub(change, source)
        if changed == source:
            break
        source = changed
    return source


def _fits(hit: re.Match[bytes]) -> bool:
    char = hit["code"].decode("gbk", "ignore")
    return len(char) == 1 and is_reading(hit["note"].decode("gbk", "ignore"), char)


def edits_to(text: str, exact: str) -> Iterator[Edit] | None:
    """Return the edits that lead from ``text`` to ``exact`` line by line, None when their lines do not
    pair."""
    found, wanted = text.split("\n"), exact.split("\n")
    return _line_edits(found, wanted) if len(found) == len(wanted) else None


def _line_edits(found: list[str], wanted: list[str]) -> Iterator[Edit]:
    """Yield the edits of each pair of lines; a line that is very long, or too much work, is replaced as a
    whole."""
    start, left = 0, _WORK
    for line, right in zip(found, wanted, strict=True):
        work = 0 if line == right or len(line) > _LONGEST else _work(line, right)
        if line == right:
            pass
        elif len(line) > _LONGEST or work > left:
            yield Edit(start, start + len(line), right, "bytes_undone")
        else:
            left -= work
            matcher = difflib.SequenceMatcher(None, line, right, autojunk=False)
            for tag, i, j, m, n in matcher.get_opcodes():
                if tag != "equal":
                    yield Edit(start + i, start + j, right[m:n], "bytes_undone")
        start += len(line) + 1


def _work(line: str, right: str) -> int:
    """Return how much there is to compare: the pairs of equal letters, for each letter that is taken out."""
    counts = Counter(right)
    pairs = sum(count * counts[char] for char, count in Counter(line).items())
    return pairs * max(1, abs(len(line) - len(right)))
