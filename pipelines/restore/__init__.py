"""Undo what mirrors do to a page, and bring traditional text back to simplified Chinese."""

from __future__ import annotations

from crawler.records import Repair, Restored, Script
from pipelines.restore.annotations import find_annotations
from pipelines.restore.characters import only_traditional
from pipelines.restore.edits import Edit, apply, compose, merge, repairs, undo
from pipelines.restore.language import Language
from pipelines.restore.markup import text_spans
from pipelines.restore.marks import find_doubled
from pipelines.restore.script import is_machine_made, is_traditional, simplify

__all__ = ["restore", "undo"]


def restore(text: str, source: bytes | None = None) -> Restored:
    """Return ``text`` as its author wrote it."""
    spans = text_spans(text)
    annotations = find_annotations(text, spans)
    doubled = find_doubled(text, spans)
    edits = merge(annotations.edits, doubled)
    found = apply(text, edits)
    visible = "".join(found[start:end] for start, end in text_spans(found))
    script: Script = "mirror" if edits else "simplified"
    if is_traditional(visible):
        if not edits:
            script = "mirror" if is_machine_made(visible) else "traditional"
        language = Language("")
        parts, position = [], 0
        for start, end in text_spans(found):
            parts += found[position:start], simplify(found[start:end], language)
            position = end
        final = "".join([*parts, found[position:]])
        edits = compose(text, edits, final, "script")
    else:
        final = found
    return Restored(final, script, repairs(text, edits))
