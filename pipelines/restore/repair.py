"""The steps of restoring a page, each on what the one before it found."""

from __future__ import annotations

from typing import Final

from crawler.records import Evidence, Restored, Script
from pipelines.restore.annotations import Annotations, find_annotations, has_annotations
from pipelines.restore.damage import Setting, find_damage
from pipelines.restore.edits import Edit, apply, compose, merge, repairs
from pipelines.restore.foreign import find_spam, has_foreign, judge, may_be_spam
from pipelines.restore.indents import find_lost_indents, has_lost_indents
from pipelines.restore.language import Language
from pipelines.restore.letters import Writing
from pipelines.restore.marks import DOUBLED, FOLDED, find_doubled, has_doubled
from pipelines.restore.markup import hide_markup, text_spans, visible
from pipelines.restore.script import is_machine_made, is_simplified, is_traditional, simplify
from pipelines.restore.signs import STRONG, has_damage
from pipelines.restore.source import edits_to, undo_bytes

_WIDE: Final = {narrow: wide for wide, narrow in FOLDED.items()}
_DOUBTFUL: Final = 0.9
_SHOWN: Final = 24


def is_sound(page: str) -> bool:
    """Tell, by a few quick scans of its text, that nothing on the page calls for a closer look.

    >>> is_sound("会议指出，罗顥出席。"), is_sound("會議指出"), is_sound("区(qū)长"), is_sound("公司(hr)")
    (True, False, False, True)
    """
    text = hide_markup(page)
    return not (
        is_traditional(text)
        or has_annotations(text)
        or has_doubled(text)
        or has_foreign(text)
        or has_lost_indents(text)
        or has_damage(text)
    )


def repair(page: str, source: bytes | None = None) -> Restored:
    """Return a page with all repairs made that its signs call for.

    The bytes are asked first: what they give is exact. Then pinyin, marks and shifted stretches, then the
    script.
    """
    spans, text = text_spans(page), hide_markup(page)
    damaged = has_damage(text)
    notes = find_annotations(page, spans) if has_annotations(text) else Annotations()
    doubled: list[Edit] = []
    if DOUBLED.search(text):
        doubled = find_doubled(page, spans, damaged or bool(notes) or is_machine_made(text))
    outside = list(find_spam(page, spans)) if may_be_spam(text) else []
    if has_lost_indents(text):
        outside = merge(find_lost_indents(page, spans), outside)
    seen = merge(outside, notes.edits, doubled)
    draft = visible(apply(page, seen)) if seen else "".join([page[start:end] for start, end in spans])
    traditional = is_traditional(draft)
    if not (traditional or notes or doubled or damaged):
        return _judged(page, outside, "simplified", apply(page, outside), draft, [])
    language = Language(Language.plain(draft))
    exact = _from_bytes(page, source)
    unread: list[int] = []
    if exact is None:
        writing: Writing = (
            "traditional" if traditional else "simplified" if is_simplified(draft) else "either"
        )
        marked = frozenset(_WIDE.get(page[edit.end], page[edit.end]) for edit in doubled)
        asks = bool(STRONG.search(text))
        mirrored = bool(marked or notes) or asks or (traditional and is_machine_made(draft))
        setting = Setting(writing, notes.chars, marked, language, mirrored, asks)
        shifted, unread = find_damage(page, spans, setting)
        traditional = is_traditional(visible(apply(page, merge(shifted, notes.edits, doubled))))
        if not traditional:
            shifted = [edit._replace(after=Language.plain(edit.after)) for edit in shifted]
        exact = merge(shifted, notes.edits, doubled)
    edits = merge(outside, exact)
    script = _script(draft, bool(exact), traditional)
    final = apply(page, edits)
    if traditional:
        final = _simplified(final, language)
        edits = compose(page, edits, final, "script")
    return _judged(page, edits, script, final, visible(final), unread)


def _judged(
    page: str, edits: list[Edit], script: Script, final: str, shown: str, unread: list[int]
) -> Restored:
    """Return the record of a page and its edits, with what must be known of its text as ``shown``."""
    rejection, strange = judge(shown)
    evidence = (*_evidence(page, script, edits, unread), *strange)
    return Restored(final, script, repairs(page, edits), evidence, rejection)


def _from_bytes(page: str, source: bytes | None) -> list[Edit] | None:
    """Return the edits that the page's own bytes prescribe, None when they say nothing."""
    exact = undo_bytes(source) if source else None
    edits = edits_to(page, exact) if exact is not None else None
    return None if edits is None else list(edits)


def _script(draft: str, mirrored: bool, traditional: bool) -> Script:
    """Return what the page is: a mirror, written in traditional characters, or neither."""
    if mirrored or (traditional and is_machine_made(draft)):
        return "mirror"
    return "traditional" if traditional else "simplified"


def _simplified(page: str, language: Language) -> str:
    """Return the page with its text, not its markup, in simplified characters."""
    parts: list[str] = []
    position = 0
    for start, end in text_spans(page):
        parts += page[position:start], simplify(page[start:end], language)
        position = end
    return "".join([*parts, page[position:]])


def _evidence(page: str, script: Script, edits: list[Edit], unread: list[int]) -> tuple[Evidence, ...]:
    """Return what a reader should know: the script, the doubtful repairs, the damage that stayed."""
    found = [] if script == "simplified" else [Evidence("restore", "script", script, "letters")]
    for edit in edits:
        if edit.certainty < _DOUBTFUL:
            place = f"character {edit.start}"
            found.append(Evidence("restore", "doubtful", edit.after, edit.rule, place, edit.certainty))
    for start in unread:
        seen = page[start : start + _SHOWN]
        found.append(Evidence("restore", "unread", seen, "shifted_bytes", f"character {start}", chosen=False))
    return tuple(found)
