"""The steps of a hypothesis on shifted bytes, and how far ahead of its rivals each of them is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

RIGHT: Final = -1
"""Stands for the first byte of the next character where the pairs of bytes are right."""

DOUBT: Final = 5.0
"""How far ahead a hypothesis is that no other comes near."""

_STEPS_BACK: Final = 24


class Node(NamedTuple):
    """One step of a hypothesis: ``page[start:end]`` was ``out``; or a note, with a ``gap``, that here a
    ``rival`` lost by so little."""

    before: Node | None
    start: int
    end: int
    out: str
    gap: float | None = None
    rival: Node | None = None


class State(NamedTuple):
    """One hypothesis: ``pending`` is the first byte of the next character, ``RIGHT`` where the pairs are
    right, or from ``_UNKNOWN`` on all bytes that vanish together with the byte that was added to it."""

    score: float
    pending: int
    context: str
    opened: int
    node: Node | None


def noted(best: Node | None, other: Node | None, gap: float, at: int) -> Node | None:
    """Return the steps of the better hypothesis with a note of by how little it won."""
    return Node(best, at, at, "", gap, other) if gap < DOUBT else best


def doubts(last: Node | None) -> Iterator[tuple[int, int, float]]:
    """Yield where the steps that end in ``last`` had a rival with another text, and by how little it lost."""
    node = last
    while node:
        if node.gap is not None:
            mine, theirs = list(_last(node.before)), list(_last(node.rival))
            shared = {id(step) for step in mine} & {id(step) for step in theirs}
            own = [step for step in mine if id(step) not in shared]
            other = [step for step in theirs if id(step) not in shared]
            start = min((step.start for step in own + other), default=node.start)
            if node.rival is node.before or _text(own) != _text(other):
                yield start, max(node.end, start + 1), node.gap
        node = node.before


def _text(steps: list[Node]) -> str:
    return "".join(step.out for step in reversed(steps))


def _last(node: Node | None) -> Iterator[Node]:
    """Yield the last few steps, the latest first."""
    for _ in range(_STEPS_BACK):
        if node is None:
            return
        if node.gap is None:
            yield node
        node = node.before
