"""A stretch too short to be judged by itself is judged by its neighbours."""

from __future__ import annotations

from collections.abc import Sequence


def settle(leans: Sequence[bool | None]) -> list[bool]:
    """Undecided items follow the nearest decided one, the one before when both are as near.

    >>> settle([None, True, None, None, False]), settle([None])
    ([True, True, True, False, False], [False])
    """
    before: list[tuple[int, bool]] = []
    last = (len(leans) + 1, False)
    for lean in leans:
        last = (last[0] + 1, last[1]) if lean is None else (0, lean)
        before.append(last)
    settled: list[bool] = []
    following = (2 * len(leans) + 2, False)
    for (distance, value), lean in zip(reversed(before), reversed(leans), strict=True):
        following = (following[0] + 1, following[1]) if lean is None else (0, lean)
        settled.append(value if distance <= following[0] else following[1])
    return settled[::-1]
