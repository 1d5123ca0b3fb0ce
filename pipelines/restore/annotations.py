"""Pinyin that a mirror wrote behind characters: 區(qū)長(zhǎng) becomes 區長.

A mirror annotates only characters that its simplified-to-traditional table changed, and of a page all or
nothing of one character. A language lesson or a singer's text annotates whatever stands there. Three signs
therefore part them: what share of the annotated characters such a table changes, whether a character that is
annotated once stands bare elsewhere, and how many there are. Another kind of mirror annotates any character,
here and not there; what gives it away is that no lesson explains how 年 and 们 are read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipelines.restore.characters import HAN, to_simplified, to_traditional
from pipelines.restore.edits import Edit
from pipelines.restore.gbk import characters, code
from pipelines.restore.readings import LETTER, is_reading, readings

_SYLLABLE: Final = rf"([{LETTER}\u0300\u0301\u0304\u030c]{{1,8}}) ?[)）]"
ANNOTATION: Final = re.compile(rf"[(（](?<=[{HAN}].){_SYLLABLE}(?:[(（]\1 ?[)）])*+")
"""One syllable in brackets behind a Chinese character; a second table leaves a blank: 會(huì ). Some mirrors
write it twice: 會(huì)(huì).

The look back stands behind the bracket, so that a scan leaps from bracket to bracket.
"""

_NOTED: Final = re.compile(rf"[(（](?<=([{HAN}]).){_SYLLABLE}")
"""The same with the character that is annotated."""

_ASTRIDE: Final = re.compile(rf"[(（](?<=[^\x00-\x7f][@-~].){_SYLLABLE}")
"""One syllable behind an ASCII letter that is, with a byte of the character before it, the one annotated."""

_AMBIGUOUS: Final = "著乾徵瞭"
_PLAIN: Final = frozenset(
    "我们他这是在有和以人年月日国民工同也能从生来用产所本部公市员面全进开记书理组加前其心志各"
)
"""Common characters of one usual reading, which no text explains amid others that stand bare."""

_FEW: Final = 3
_MANY: Final = 5
_CHANGED_SHARE: Final = 0.9
_BARE_SHARE: Final = 0.5
_SCATTERED_SHARE: Final = 1 / 3


@dataclass(frozen=True, slots=True)
class Annotations:
    """The annotations of a page: ``edits`` takes them out, ``chars`` are the characters that bear one.

    Pinyin without tones, or behind any character, is no work of bytes: nothing is shifted by it, and
    ``chars`` is empty.
    """

    edits: tuple[Edit, ...] = ()
    chars: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.edits)


def has_annotations(text: str) -> bool:
    """Tell whether behind any character stands a reading of it.

    >>> has_annotations("区(qū)长"), has_annotations("公司(hr)")
    (True, False)
    """
    return any(is_reading(syllable, char) for char, syllable in set(_NOTED.findall(text)))


def find_annotations(page: str, spans: Sequence[tuple[int, int]]) -> Annotations:
    """Return what a mirror annotated within ``spans``; nothing when the annotations are the author's own.

    >>> [edit.start for edit in find_annotations("區(qū)長(zhǎng)會(huì )", [(0, 20)]).edits]
    [1, 6, 14]
    >>> find_annotations("重(zhòng)要", [(0, 10)]).edits
    ()
    >>> [edit.start for edit in find_annotations("區(qū)長(zhǎng)會(huì)年P(guān)2P", [(0, 29)]).edits]
    [1, 6, 14, 21]
    """
    found = [match for start, end in spans for match in ANNOTATION.finditer(page, start, end)]
    found = [match for match in found if is_reading(match[1], page[match.start() - 1])]
    if not found:
        return Annotations()
    exact = [match for match in found if match[1] in readings(page[match.start() - 1])]
    changed = [match for match in found if _is_changed(page[match.start() - 1])]
    if len(exact) * 2 >= len(found):
        everywhere = Counter("".join(page[start:end] for start, end in spans))
        taken, rule = _mirrored(page, changed, len(found), everywhere), "pinyin"
        if not taken and _is_scattered(page, exact, everywhere):
            taken, rule = found, "scattered_pinyin"
    else:
        taken, rule = found if len(found) >= _FEW else [], "toneless_pinyin"
    toned = rule == "pinyin"
    chars = frozenset(page[match.start() - 1] for match in taken if toned)
    if taken and toned:
        taken += (
            m for start, end in spans for m in _ASTRIDE.finditer(page, start, end) if _is_astride(page, m)
        )
    edits = (Edit(match.start(), match.end(), "", rule) for match in taken)
    return Annotations(tuple(sorted(edits, key=lambda edit: edit.start)), chars)


def _is_astride(page: str, match: re.Match[str]) -> bool:
    """Tell whether a syllable reads what the last byte before an ASCII letter makes with it: 年P(guān)2P."""
    before = code(page[match.start() - 2])
    char = before and characters().get((before[1], ord(page[match.start() - 1])))
    return bool(char) and is_reading(match[1], char)


def _mirrored(
    page: str, changed: list[re.Match[str]], total: int, everywhere: Counter[str]
) -> list[re.Match[str]]:
    """Return the annotations that a mirror made, out of those behind a changed character."""
    if len(changed) < _CHANGED_SHARE * total:
        return []
    counts = Counter(page[match.start() - 1] for match in changed)
    least = 0.0 if len(counts) >= _MANY else _BARE_SHARE
    chars = {char for char, count in counts.items() if count >= least * everywhere[char]}
    if not any(char in to_simplified() for char in chars) and len(changed) < _FEW:
        return []
    return [match for match in changed if page[match.start() - 1] in chars]


def _is_scattered(page: str, exact: list[re.Match[str]], everywhere: Counter[str]) -> bool:
    """Tell whether syllables stand behind any characters, plain ones too, of a text mostly bare."""
    noted = {page[match.start() - 1] for match in exact}
    letters = sum(count for char, count in everywhere.items() if "\u3400" <= char <= "\u9fff")
    return len(noted) >= _MANY and len(noted & _PLAIN) >= _FEW and len(exact) <= _SCATTERED_SHARE * letters


def _is_changed(char: str) -> bool:
    """Tell whether a simplified-to-traditional table gives or changes the character."""
    return char in to_simplified() or char in to_traditional() or char in _AMBIGUOUS
