"""Changes of a text: what each step found, and how all of them become one list of repairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from crawler.records import Repair


class Edit(NamedTuple):
    """``text[start:end]`` becomes ``after``; ``certainty`` lies in 0–1."""

    start: int
    end: int
    after: str
    rule: str
    certainty: float = 1.0


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return ``text`` with ordered, non-overlapping ``edits`` made.

    >>> apply("濟(jì)源", [Edit(1, 5, "", "pinyin")])
    '濟源'
    """
    parts: list[str] = []
    position = 0
    for edit in edits:
        parts += text[position : edit.start], edit.after
        position = edit.end
    return "".join([*parts, text[position:]])


def merge(*groups: Iterable[Edit]) -> list[Edit]:
    """Return the edits of several steps in order; of two that overlap, the one of the earlier group stays.

    >>> marks = [Edit(0, 2, "", "marks"), Edit(4, 5, "", "marks")]
    >>> [edit.rule for edit in merge([Edit(2, 9, "", "bytes")], marks)]
    ['marks', 'bytes']
    """
    kept: list[Edit] = []
    reached, last = 0, len(groups)
    for start, end, rank, edit in sorted(
        (edit.start, edit.end, rank, edit) for rank, group in enumerate(groups) for edit in group
    ):
        if not kept or start >= reached:
            kept.append(edit)
        elif rank < last:
            kept[-1] = edit
        else:
            continue
        reached, last = end, rank
    return kept


def compose(text: str, edits: list[Edit], final: str, rule: str) -> list[Edit]:
    """Return edits that lead from ``text`` to ``final``, where ``final`` is the edited text letter by
    letter changed.

    A letter changed inside what an edit gave belongs to that edit; every other run of changed letters is an
    edit of its own, named ``rule``.

    >>> found = compose("區(qū)長", [Edit(1, 5, "", "pinyin")], "区长", "script")
    >>> [(edit.start, edit.after) for edit in found]
    [(0, '区'), (1, ''), (5, '长')]
    """
    done: list[Edit] = []
    position = shift = 0
    for edit in [*edits, Edit(len(text), len(text), "", "")]:
        done += _runs(text, position, edit.start, final, shift, rule)
        start, size = edit.start + shift, len(edit.after)
        done.append(edit._replace(after=final[start : start + size]) if size else edit)
        shift += size - (edit.end - edit.start)
        position = edit.end
    done.pop()
    return done


def _runs(text: str, start: int, end: int, final: str, shift: int, rule: str) -> Iterator[Edit]:
    """Yield the runs of ``text[start:end]`` that differ from ``final``, which lies ``shift`` further on."""
    if text[start:end] == final[start + shift : end + shift]:
        return
    run = None
    for i in range(start, end):
        if text[i] != final[i + shift]:
            run = i if run is None else run
        elif run is not None:
            yield Edit(run, i, final[run + shift : i + shift], rule)
            run = None
    if run is not None:
        yield Edit(run, end, final[run + shift : end + shift], rule)


def repairs(text: str, edits: Iterable[Edit]) -> tuple[Repair, ...]:
    """Return the ordered edits of ``text`` as repairs, whose ``start`` counts in the repaired text."""
    found: list[Repair] = []
    shift = 0
    for start, end, after, rule, certainty in edits:
        found.append(Repair(rule, start + shift, text[start:end], after, certainty))
        shift += len(after) - (end - start)
    return tuple(found)


def undo(text: str, done: Iterable[Repair]) -> str:
    """Return the text as it was found: at each ``start`` put ``before`` in the place of ``after``.

    >>> undo("济源", (Repair("script", 0, "濟", "济"), Repair("pinyin", 1, "(jì)", "")))
    '濟(jì)源'
    """
    parts: list[str] = []
    position = 0
    for repair in done:
        parts += text[position : repair.start], repair.before
        position = repair.end
    return "".join([*parts, text[position:]])
