"""Undo what mirrors do to a page, and bring traditional text back to simplified Chinese."""

from __future__ import annotations

from dataclasses import replace
from crawler.records import Evidence, Restored, Script
from pipelines.restore.annotations import find_annotations
from pipelines.restore.characters import only_traditional
from pipelines.restore.damage import STRONG, Setting, find_damage
from pipelines.restore.marks import FOLDED

_WIDE = {b: a for a, b in FOLDED.items()}
from pipelines.restore.edits import Edit, apply, compose, merge, repairs, undo
from pipelines.restore.language import Language
from pipelines.restore.markup import text_spans
from pipelines.restore.marks import find_doubled
from pipelines.restore.script import is_machine_made, is_simplified, is_traditional, simplify

__all__ = ["restore", "undo"]


def restore(text: str, source: bytes | None = None) -> Restored:
    """Return ``text`` as its author wrote it."""
    spans = text_spans(text)
    annotations = find_annotations(text, spans)
    doubled = find_doubled(text, spans)
    edits = merge(annotations.edits, doubled)
    found = apply(text, edits)
    visible = "".join(found[start:end] for start, end in text_spans(found))
    traditional = is_traditional(visible)
    marked = frozenset(_WIDE.get(text[e.end], text[e.end]) for e in doubled)
    language = Language(Language.plain(visible))
    setting = Setting(
        "traditional" if traditional else "simplified" if is_simplified(visible) else "either",
        annotations.chars,
        marked,
        language,
        bool(edits) or bool(STRONG.search(text)),
    )
    damaged, unread = find_damage(text, spans, setting)
    if not traditional:
        damaged = [replace(edit, after=Language.plain(edit.after)) for edit in damaged]
    edits = merge(damaged, annotations.edits, doubled)
    found = apply(text, edits)
    script: Script = "mirror" if edits else "simplified"
    final = found
    if traditional:
        if not edits:
            script = "mirror" if is_machine_made(visible) else "traditional"
        parts, position = [], 0
        for start, end in text_spans(found):
            parts += found[position:start], simplify(found[start:end], language)
            position = end
        final = "".join([*parts, found[position:]])
        edits = compose(text, edits, final, "script")
    evidence = tuple(Evidence("restore", "damage", text[i : i + 20], "unread", chosen=False) for i in unread)
    return Restored(final, script, repairs(text, edits), evidence)
