"""What a hypothesis on shifted bytes becomes with one more letter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipelines.restore.balance import MARKS, after, is_out_of_place
from pipelines.restore.gbk import code
from pipelines.restore.language import EDGE, Language, narrow
from pipelines.restore.letters import Letter, Letters
from pipelines.restore.marks import PREFIXES, WIDE
from pipelines.restore.steps import RIGHT, Node, State

FORBIDDEN: Final = -9.0
"""What it costs that a mirror left out what it always adds."""

UNBALANCED: Final = -3.0
"""What a bracket or a quotation mark out of place costs."""

_GUESSED: Final = 0.5


class Growth:
    """Adds letters to hypotheses; ``annotated`` and ``marked`` are what the page's mirror always marks."""

    def __init__(
        self,
        page: str,
        language: Language,
        letters: Letters,
        annotated: frozenset[str],
        marked: frozenset[str],
    ) -> None:
        """Grow hypotheses on ``page``."""
        self._page, self._letters, self._after = page, letters, language.after
        self._annotated, self._marked = annotated, marked

    def grown(
        self,
        at: int,
        behind: int,
        state: State,
        letter: Letter,
        pending: int,
        extra: float = 0.0,
        shown: bool = False,
        lost: str = "",
    ) -> State:
        """Return ``state`` with one more letter, read at ``at``, and ``lost`` behind it.

        ``shown`` tells that what a mirror adds to such a letter is there, or cannot be.
        """
        char, context, opened = letter.char, state.context, state.opened
        score = state.score + letter.cost + extra + self._after(context)[letter.plain]
        if char in MARKS:
            score += UNBALANCED * is_out_of_place(char, opened)
            opened = after(char, opened)
        if not shown and (char in self._annotated or (pending != RIGHT and char in self._marked)):
            score += FORBIDDEN
        context = context[-1:] + letter.plain
        if lost == "<":
            score += self._after(context)[EDGE]
        elif lost:
            context = context[-1:] + narrow(lost)
        node = Node(state.node, at, behind, char + lost)
        if lost and extra:
            node = Node(node, at, behind, "", _GUESSED, node)
        return State(score, pending, context, opened, node)

    def sown(
        self, sound: State, at: int, behind: int, mark: tuple[int, int], prior: float
    ) -> Iterator[State]:
        """Yield the hypotheses on the character whose second byte is the first of ``mark``.

        On a page of doubled marks what doubles one stands before it, unless this replacement came first; it
        stands before no other character, but an ASCII comma may be a folded one of the text.
        """
        before = self._page[at - 1 : at]
        doubled = before in ("", *PREFIXES)
        bare = sound
        if doubled and sound.context[-1:] == ",":
            bare = sound._replace(context=sound.context[:-1], node=Node(sound.node, at - 1, at, ""))
        for letter in self._letters.by_trail.get(mark[0], ()):
            if letter.char in self._marked:
                yield self.grown(at, behind, bare, letter, mark[1], prior, shown=True)
            elif not (self._marked and doubled) or before == ",":
                yield self.grown(at, behind, sound, letter, mark[1], prior, shown=True)

    def sown_twice(self, sound: State, at: int, behind: int) -> Iterator[State]:
        """Yield the hypotheses on the character that lost both bytes, each with what was put before a mark:
        first one that it makes with the mark ``behind``, then that mark itself."""
        mark = code(WIDE.get(self._page[behind : behind + 1], self._page[behind : behind + 1]) or "?")
        for pair in filter(None, map(code, self._marked)):
            if mark and pair[1] == mark[0]:
                for letter in self._letters.by_trail.get(pair[0], ()):
                    yield self.grown(at, behind, sound, letter, RIGHT, shown=True)
