"""The hypotheses that a walk along shifted bytes keeps side by side, by the place where they go on."""

from __future__ import annotations

import math
from typing import Final

from pipelines.restore.steps import State, noted

NONE: Final = -math.inf
BEAM: Final = 9.0
"""How much less likely than the best at its place a hypothesis may be."""

_WIDTH: Final = 16


class Beam:
    """Hypotheses by place; ``best_at`` is how likely the best of a place is, ``steps`` how many were met."""

    def __init__(self) -> None:
        """Begin empty."""
        self.steps = 0
        self.waiting: dict[int, dict[tuple[int, str], State]] = {}
        self.best_at: dict[int, float] = {}

    def clear(self) -> None:
        """Forget all hypotheses."""
        self.waiting, self.best_at = {}, {}

    def take(self, at: int) -> list[State]:
        """Take out the hypotheses at a place that are worth following, the best first."""
        found = self.waiting.pop(at, {})
        states = sorted(found.values(), reverse=True, key=lambda state: state.score)[:_WIDTH]
        return [state for state in states if state.score > states[0].score - BEAM]

    def put(self, at: int, state: State) -> None:
        """Keep a hypothesis; of two that go on alike the better one stays, and knows how far ahead it is."""
        self.steps += 1
        best = self.best_at.get(at, NONE)
        if state.score < best - BEAM:
            return
        if state.score > best:
            self.best_at[at] = state.score
        waiting = self.waiting.setdefault(at, {})
        key = state.pending, state.context
        other = waiting.get(key)
        if other is not None:
            if other.score >= state.score:
                state, other = other, state
            state = state._replace(node=noted(state.node, other.node, state.score - other.score, at))
        waiting[key] = state
