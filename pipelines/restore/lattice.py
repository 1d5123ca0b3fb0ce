"""The search for the text behind a stretch of shifted bytes.

Blind replacement at an odd offset puts the pairs of GBK bytes off by one. Each character of the shifted
reading gives the second byte of one true character and the first of the next. Unknown are swallowed first
bytes and vanished pairs; every hypothesis spells one text, and the language table ranks them. The search
goes best first.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from pipelines.restore.balance import PARTNER, balance
from pipelines.restore.gbk import code, folded
from pipelines.restore.language import EDGE, Language, word_cost
from pipelines.restore.letters import Group, Letter, Letters
from pipelines.restore.marks import EITHER
from pipelines.restore.readings import is_reading
from pipelines.restore.swallowed import SWALLOWED, WHOLE, swallowed

_EXPECTED: Final = 6.5
_MOST_GONE: Final = 4
_MISSING_PINYIN: Final = -6.0
_LOST_MARK: Final = -4.0
_ORPHAN: Final = -2.0
_UNKNOWN: Final = 0x100
_WIDTH: Final = 8
_SAME: Final = 2
_AHEAD: Final = 8
_WORD: Final = -0.5
_BEHIND: Final = 4
_SLACK: Final = 12.0
_RARE: Final = 2.0
_BEAM: Final = 16.0


@dataclass(frozen=True, slots=True)
class State:
    """One hypothesis: read up to ``at``, spelt ``out``; ``pending`` is the first byte of the next character.

    ``gone`` counts the vanished pairs just before ``at``. ``pending`` is None when the pairs are right
    again; from ``_UNKNOWN`` on it stands for all bytes that vanish together with the byte that was added to
    it.
    """

    at: int
    pending: int | None
    context: str
    out: str
    score: float
    gone: int = 0


class Search:
    """The search within one run of text; ``annotated`` and ``marked`` are what the mirror always marks
    there."""

    def __init__(
        self,
        page: str,
        end: int,
        language: Language,
        letters: Letters,
        annotated: frozenset[str] = frozenset(),
        marked: frozenset[str] = frozenset(),
        before: str = "",
    ) -> None:
        """Search ``page`` up to ``end``; ``before`` is what the paragraph holds so far."""
        self._before = before
        self._page, self._end = page, end
        self._language, self._letters = language, letters
        self._annotated, self._marked = annotated, marked
        self._rests: dict[tuple[str, int, int], float] = {}
        self.pops = 0

    def solve(self, seeds: Iterable[State], pops: int) -> tuple[list[State], int]:
        """Return the finished hypotheses, best first, and the place of the page up to which all were
        scored."""
        heap: list[tuple[float, int, State, bool]] = []
        done: dict[tuple[int, str], tuple[float, State]] = {}
        best = -math.inf
        front: defaultdict[int, float] = defaultdict(lambda: -math.inf)
        number = count()
        seen: Counter[tuple[int, int | None, str, int]] = Counter()
        for state in seeds:
            heapq.heappush(heap, (_rank(state), next(number), state, False))
        while heap and self.pops < pops and -heap[0][0] > best - _SLACK:
            rank, _, state, rare = heapq.heappop(heap)
            if not rare:
                key = state.at, state.pending, state.context, state.gone
                seen[key] += 1
                if seen[key] > _SAME:
                    continue
            self.pops += 1
            if not rare:
                heapq.heappush(heap, (rank + _RARE, next(number), state, True))
            for after in self._vanished(state) if rare else self._expand(state):
                if after.pending is None:
                    sense = self._sense(after)
                    done.setdefault((after.at, after.out), (sense, after))
                    best = max(best, sense)
                elif after.score > front[after.at] - _BEAM:
                    front[after.at] = max(front[after.at], after.score)
                    heapq.heappush(heap, (_rank(after), next(number), after, False))
        ranked = heapq.nlargest(_WIDTH, done.values(), key=lambda item: item[0])
        return self._compared([state for _, state in ranked])

    def _sense(self, state: State) -> float:
        """Return the rank of a finished hypothesis, the largest first, with the sense of what follows it."""
        ahead = min(self._end, state.at + _AHEAD)
        return _EXPECTED * ahead + state.score + self._rest(state, ahead)

    def before(self, context: str, at: int, mark: tuple[int, int]) -> Iterator[State]:
        """Yield the hypotheses on the character whose second byte is the first of ``mark``."""
        start = State(at, None, context, "", 0.0)
        for letter in self._letters.by_trail.get(mark[0], ()):
            yield self._grown(start, letter, at, mark[1])

    def _compared(self, done: list[State]) -> tuple[list[State], int]:
        """Return the hypotheses with the score of what follows them, up to a few letters after the
        longest."""
        horizon = min(self._end, max((state.at for state in done), default=0) + _AHEAD)
        scored = [
            replace(state, score=state.score + self._rest(state, horizon) + self._words(state))
            for state in done
        ]
        return sorted(scored, key=lambda state: -state.score), horizon

    def _words(self, state: State) -> float:
        """Return what the words of a hypothesis cost: of two spellings the one of fewer words is likelier."""
        text = self._before[-_BEHIND:] + state.out + self._page[state.at : min(self._end, state.at + _BEHIND)]
        return _WORD * word_cost(self._language.plain(text))

    def _rest(self, state: State, horizon: int) -> float:
        key = state.context, state.at, horizon
        if key not in self._rests:
            rest = self._language.plain(self._page[state.at : horizon])
            whole = self._language.general(state.context + rest)
            self._rests[key] = whole - self._language.general(state.context)
        return self._rests[key]

    def _expand(self, state: State) -> Iterator[State]:
        """Yield the hypotheses one step on."""
        page, at = self._page, state.at
        if at >= self._end or page[at] in "\r\n":
            yield from self._orphan(state, at)
            return
        char = page[at]
        if char in "?(（":
            yield from self._annotated_here(state)
        if char == "?":
            yield from self._swallowed(state)
        if char in EITHER or char.isascii():
            yield from self._orphan(state, at)
        if pair := code(char):
            yield from self._pair(state, pair, at + 1)
        if 0x40 <= ord(char) <= 0x7E:
            yield from self._closing(state, ord(char), at + 1)
        for size in (1, 2, 3, 4):
            for pair in folded().get(page[at : at + size], ()) if at + size <= self._end else ():
                yield from self._pair(state, pair, at + size)
        if char == "," and page[at + 1 : at + 2] in EITHER and at + 1 < self._end:
            yield State(at + 1, state.pending, state.context, state.out, state.score - 1.0)
        yield from self._lone(state)

    def _annotated_here(self, state: State) -> Iterator[State]:
        """Yield what an annotation within the stretch says: of the true character, or of the shifted one."""
        page, at = self._page, state.at
        whole = WHOLE.match(page, at, self._end)
        note = whole or SWALLOWED.match(page, at, self._end)
        if not note:
            return
        if whole and is_reading(note[1], page[at - 1]):
            yield State(note.end(), state.pending, state.context, state.out, state.score)
        for letter in self._letters.read_as(note[1]):
            if self._may_begin(state, letter):
                yield self._grown(state, letter, note.end(), None, noted=True)

    def _may_begin(self, state: State, letter: Letter) -> bool:
        """Tell whether a letter can be the pending one."""
        if state.pending is None or state.pending < _UNKNOWN:
            return letter.lead == state.pending
        return letter.lead in self._letters.leads(state.pending - _UNKNOWN)

    def _orphan(self, state: State, at: int) -> Iterator[State]:
        """Yield the characters whose second byte was left alone and vanished before ``at``."""
        closing = at >= self._end or self._page[at] in "\r\n"
        for letter in self._starting(state, self._letters.orphaned):
            grown = self._grown(state, letter, at, None, _ORPHAN)
            if closing:
                grown = replace(grown, score=grown.score + self._language.step(grown.context, EDGE))
            yield grown

    def _swallowed(self, state: State) -> Iterator[State]:
        """Yield the characters whose second byte became ``?`` and took an ASCII letter with it."""
        lost, score = swallowed(self._page, state.at + 1, self._end)
        for letter in self._starting(state, self._letters.orphaned):
            grown = self._grown(state, letter, state.at + 1, None, score)
            edge = self._language.step(grown.context, EDGE) if lost == "<" else 0.0
            yield replace(grown, out=grown.out + lost, score=grown.score + edge)

    def _pair(self, state: State, pair: tuple[int, int], at: int) -> Iterator[State]:
        """Yield what a shifted character gives: the end of one true character, the start of the next.

        Its second byte may also be an ASCII letter of the true text, taken for a second byte.
        """
        for letter in self._ending(state, pair[0]):
            if pair[1] >= 0x80:
                yield self._grown(state, letter, at, pair[1])
            else:
                grown = self._grown(state, letter, at, None, _ORPHAN)
                yield replace(grown, out=grown.out + chr(pair[1]), context=grown.context[-1:] + "A")

    def _closing(self, state: State, trail: int, at: int) -> Iterator[State]:
        """Yield the characters whose second byte is an ASCII letter: there the pairs are right again."""
        note = WHOLE.match(self._page, at, self._end)
        for letter in self._ending(state, trail):
            noted = bool(note and is_reading(note[1], letter.char))
            yield self._grown(state, letter, note.end() if note and noted else at, None, noted=noted)

    def _lone(self, state: State) -> Iterator[State]:
        """Yield the characters whose second byte is 80, which begins no pair: the pairs are right again."""
        shown = self._page[state.at] in "€?"
        for letter in self._ending(state, 0x80):
            yield self._grown(state, letter, state.at + shown, None)

    def _vanished(self, state: State) -> Iterator[State]:
        """Yield the characters that end in a pair which left nothing."""
        if state.gone == _MOST_GONE:
            return
        for letter in self._starting(state, self._letters.gone):
            yield replace(self._grown(state, letter, state.at, _UNKNOWN + letter.trail), gone=state.gone + 1)

    def _starting(self, state: State, known: Group) -> Sequence[Letter]:
        """Return the likeliest letters of ``known`` that begin with the pending byte, or with one that
        vanished."""
        if state.pending is None or state.pending < _UNKNOWN:
            return self._best(state, known.by_lead.get(state.pending or 0, ()))
        leads = self._letters.leads(state.pending - _UNKNOWN)
        likely = self._language.followers(state.context[-1:])
        found = [
            letter for plain in likely for letter in known.by_plain.get(plain, ()) if letter.lead in leads
        ]
        return self._best(state, found)

    def _ending(self, state: State, trail: int) -> Sequence[Letter]:
        """Return the letters made of the pending byte and ``trail``."""
        if state.pending is None or state.pending < _UNKNOWN:
            letter = self._letters.pairs.get((state.pending or 0, trail))
            return (letter,) if letter else ()
        return self._best(state, self._letters.after_gone(state.pending - _UNKNOWN, trail))

    def _best(self, state: State, choices: Sequence[Letter]) -> Sequence[Letter]:
        """Return the few choices that are likeliest after the context."""
        if len(choices) <= _WIDTH:
            return choices
        step, context = self._language.step, state.context
        return heapq.nlargest(_WIDTH, choices, key=lambda letter: letter.cost + step(context, letter.plain))

    def _grown(
        self,
        state: State,
        letter: Letter,
        at: int,
        pending: int | None,
        extra: float = 0.0,
        noted: bool = False,
    ) -> State:
        """Return ``state`` with one more letter."""
        score = state.score + letter.cost + extra + self._language.step(state.context, letter.plain)
        if letter.char in PARTNER:
            score += balance(letter.char, self._before, state.out)
        if letter.char in self._annotated and not noted:
            score += _MISSING_PINYIN
        if letter.char in self._marked and pending is not None:
            score += _LOST_MARK
        return State(at, pending, state.context[-1:] + letter.plain, state.out + letter.char, score)


def _rank(state: State) -> float:
    """Return the place in the queue, the smallest first: the cost beyond what the way so far is expected to
    cost."""
    return -(state.score + _EXPECTED * state.at)
