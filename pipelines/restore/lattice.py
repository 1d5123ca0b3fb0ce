"""The search for the text behind shifted bytes: a beam that walks along the page, letter by letter.

Blind replacement at an odd offset puts the pairs of GBK bytes off by one. Each character of the shifted
reading gives the second byte of one true character and the first of the next; swallowed first bytes and
vanished pairs are unknown. Every hypothesis spells one text that the mirror would have turned into what the
page shows, so that the language table alone ranks them. The walk begins at a sign and ends where only sound
text is left, or with the line; how long it takes grows with the length of the stretch alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from pipelines.restore.balance import MARKS, after, is_left_open, is_out_of_place
from pipelines.restore.beam import BEAM, NONE, Beam
from pipelines.restore.gbk import code, folded
from pipelines.restore.growth import FORBIDDEN, UNBALANCED, Growth
from pipelines.restore.language import EDGE, Language, general_step, narrow
from pipelines.restore.letters import UNKNOWN, Letter, Letters, may_begin
from pipelines.restore.marks import EITHER, WIDE
from pipelines.restore.readings import is_reading
from pipelines.restore.steps import RIGHT, Node, State, noted
from pipelines.restore.swallowed import SWALLOWED, WHOLE, swallowed

_SOWN: Final = 2
_CLOSE: Final = 5.0
_PLAUSIBLE: Final = -9.0
_SPREAD: Final = 8
_DEEPER: Final = 2
_DEAREST: Final = 11.5
_EXPANDED: Final = 4
_LIKELY: Final = -1.2
_AHEAD: Final = 2.0
_TWO_STEPS: Final = 5
_FITTING: Final = 3.0
_MOST_GONE: Final = 2
_NUMERALS: Final = frozenset("一二三四五六七八九十")
"""Behind one of these in a bracket comes the other bracket: it needs no search of its own."""

_ODD_END: Final = -3.0
_LOST: Final = -14.0
_ADDED: Final = ",)）"
"""The end of what a mirror put between the two bytes of a letter; that letter it cannot have marked."""


Pair = tuple[int, int, int, float]
"""First byte, second byte, the place behind, and a cost."""

Sow = Callable[[int, State], Iterable[tuple[int, State]]]


class Search:
    """The walk along one run of text.

    ``annotated`` and ``marked`` are what the mirror always marks on this page; ``asks`` tells that its
    decoder writes ``?`` for a lone byte.
    """

    def __init__(
        self,
        page: str,
        end: int,
        language: Language,
        letters: Letters,
        annotated: frozenset[str] = frozenset(),
        marked: frozenset[str] = frozenset(),
        asks: bool = False,
        most: int = 100_000,
    ) -> None:
        """Search ``page`` up to ``end``."""
        self._page, self._end = page, end
        self._letters, self._language = letters, language
        self._after = language.after
        self._annotated, self._marked, self._asks = annotated, marked, asks
        self.growth = Growth(page, language, letters, annotated, marked)
        self._grown = self.growth.grown
        self.beam, self._most = Beam(), most

    def walk(self, at: int, sound: State, sow: Sow) -> tuple[State, int]:
        """Return the best hypothesis and the place where it ends; ``sound`` reads on as it stands.

        ``sow`` gives, where a sign stands, the hypotheses that go on from a sound one, and their places.
        """
        beam = self.beam
        beam.clear()
        beam.put(at, sound)
        while True:
            states = beam.take(at)
            for state in states[:_SOWN]:
                if state.pending == RIGHT:
                    for behind, seed in sow(at, state):
                        beam.put(behind, seed)
            alone = len(states) == 1 and states[0].pending == RIGHT and not beam.waiting
            if alone or at >= self._end or self._page[at] in "\r\n" or beam.steps > self._most:
                return self._closed(states, at, sound), at
            if not states and not beam.waiting:
                return sound, at
            self._advance(at, states)
            at += 1

    def _closed(self, states: list[State], at: int, sound: State) -> State:
        """Return the best hypothesis where the walk ends: a first byte left over is gone."""
        if len(states) == 1 and states[0].pending == RIGHT:
            return states[0]
        ended = [state for state in states if state.pending == RIGHT]
        for state in states:
            if state.pending != RIGHT:
                ended += self._ended(state, at)
        ended = [state._replace(score=state.score + self._stop(state)) for state in ended]
        ended.sort(reverse=True, key=lambda state: state.score)
        for other in ended[1:2]:
            gap = ended[0].score - other.score
            return ended[0]._replace(node=noted(ended[0].node, other.node, gap, at))
        return ended[0] if ended else sound

    def _stop(self, state: State) -> float:
        """Return the logarithm of how likely a paragraph ends here."""
        return self._after(state.context)[EDGE] + UNBALANCED * is_left_open(state.opened)

    def _ended(self, state: State, at: int) -> Iterator[State]:
        """Yield a hypothesis with the character whose second byte is lost at the end, with one more before it
        whose second byte vanished, and without any."""
        for letter in self._letters.starting(state.pending, state.context[-1:]):
            yield self._grown(at, at, state, letter, RIGHT)
        for letter in self._letters.going(state.pending, state.context[-1:]):
            gone = self._grown(at, at, state, letter, UNKNOWN + letter.trail)
            for last in self._letters.starting(gone.pending, gone.context[-1:]):
                yield self._grown(at, at, gone, last, RIGHT)
        yield state._replace(score=state.score + _LOST, pending=RIGHT)

    def _advance(self, at: int, states: list[State]) -> None:
        """Read one place of the page with all hypotheses."""
        shifted = [state for state in states if state.pending != RIGHT]
        least = states[0].score - _CLOSE if states else 0.0
        pairs = list(self._pairs(at)) if shifted else []
        for rank, state in enumerate(shifted):
            if self._read(at, state, pairs):
                least = max(least, state.score - _AHEAD)
            elif rank < _EXPANDED and state.score > least:
                self._vanished(at, state, pairs, 1)
        put_right = self.beam.take(at)
        for state in (*(state for state in states if state.pending == RIGHT), *put_right):
            self._sound(at, state)

    def _sound(self, at: int, state: State) -> None:
        """Read on as the page stands, without annotations and what doubles a mark."""
        page = self._page
        char = page[at]
        if char in "(（" and (note := WHOLE.match(page, at, self._end)) and is_reading(note[1], page[at - 1]):
            self.beam.put(note.end(), state)
            return
        behind = page[at + 1 : at + 2]
        if char == "," and WIDE.get(behind, behind) in self._marked and page[at - 1] != ",":
            self.beam.put(at + 1, state._replace(node=Node(state.node, at, at + 1, "")))
            return
        plain, opened = narrow(char), state.opened
        score = state.score + general_step(state.context, plain)
        if char in MARKS:
            score += UNBALANCED * is_out_of_place(char, opened)
            opened = after(char, opened)
        self.beam.put(at + 1, State(score, RIGHT, state.context[-1:] + plain, opened, state.node))

    def _pairs(self, at: int) -> Iterator[Pair]:
        """Yield the pairs of bytes that the place may stand for, what lies behind them, and a cost."""
        page, end = self._page, self._end
        if pair := code(page[at]):
            yield self._behind(pair, page[at], at, at + 1)
        for size in (1, 2, 3, 4):
            if at + size <= end:
                for pair in folded().get(page[at : at + size], ()):
                    yield self._behind(pair, WIDE.get(page[at], page[at]), at, at + size)

    def _behind(self, pair: tuple[int, int], char: str, at: int, end: int) -> Pair:
        """Return a pair with the place behind it: what a mirror did to the shifted character is skipped."""
        note = WHOLE.match(self._page, end, self._end)
        if note and is_reading(note[1], char):
            return *pair, note.end(), 0.0
        if char in self._annotated or (char in self._marked and self._page[at - 1] != ","):
            return *pair, end, FORBIDDEN
        return *pair, end, 0.0

    def _read(self, at: int, state: State, pairs: Sequence[Pair]) -> bool:
        """Read one place with one shifted hypothesis; tell whether a letter was found that is likely."""
        self.beam.steps += 1
        likely = False
        split = self._page[at - 1] in _ADDED
        score, steps = state.score, self._after(state.context)
        for first, second, behind, cost in pairs:
            least = self.beam.best_at.get(behind, NONE) - BEAM - score
            lost = "" if second >= 0x80 else chr(second)
            for letter in self._ending(state, first):
                total = letter.cost + cost + steps[letter.plain]
                if total > least:
                    pending = RIGHT if lost else second
                    self.beam.put(behind, self._grown(at, behind, state, letter, pending, cost, split, lost))
                    likely = likely or (total > _LIKELY and not lost)
        char = self._page[at]
        if char < "\x80" or char in EITHER or char == "\ufffd":
            self._ascii(at, state, char)
        if state.pending < UNKNOWN or char == "€":
            self._closing(at, at + (char in "€?"), state, 0x80, _ODD_END)
        return likely

    def _ending(self, state: State, trail: int) -> Iterable[Letter]:
        """Return the letters that go on from ``state`` and end in ``trail``; the page's own followers too."""
        found = self._letters.ending(state.pending, state.context[-1:], trail)
        if state.pending < UNKNOWN:
            return found
        chars = self._language.followers(state.context[-1:])
        own = (each for char in chars for each in self._letters.gone(char, state.pending, trail))
        return dict.fromkeys((*found, *own))

    def _ascii(self, at: int, state: State, char: str) -> None:
        """Read an ASCII letter: there the pairs come right again, in one of several ways."""
        page, end = self._page, self._end
        note = WHOLE.match(page, at, end) if char in "(（" else None
        lost, cost = "", _ODD_END * self._asks
        behind = at + (char == "\ufffd")
        if char == "\ufffd":
            note = WHOLE.match(page, at + 1, end)
        elif char == "?":
            note = SWALLOWED.match(page, at, end)
            lost, cost = swallowed(page, at + 1, end)
            behind = at + 1
        elif char == "," and page[at + 1 : at + 2] in EITHER and at + 1 < end:
            self.beam.put(at + 1, state._replace(node=Node(state.node, at, at + 1, "")))
        elif "@" <= char <= "~":
            self._closing(at, at + 1, state, ord(char))
        for letter in self._letters.read_as(note[1]) if note else ():
            if note and may_begin(state.pending, letter.lead):
                self.beam.put(note.end(), self._grown(at, note.end(), state, letter, RIGHT, shown=True))
        least = self.beam.best_at.get(behind, NONE) - BEAM - state.score - cost
        steps, split = self._after(state.context), page[at - 1] in _ADDED
        for letter in self._letters.starting(state.pending, state.context[-1:]):
            if letter.cost + steps[letter.plain] >= least:
                self.beam.put(behind, self._grown(at, behind, state, letter, RIGHT, cost, split, lost))

    def _closing(self, at: int, behind: int, state: State, trail: int, cost: float = 0.0) -> None:
        """Read the character that ``trail`` ends; ``cost`` unless its reading stands ``behind``."""
        note, split = WHOLE.match(self._page, behind, self._end), self._page[at - 1] in _ADDED
        for letter in self._letters.ending(state.pending, state.context[-1:], trail):
            if note and is_reading(note[1], letter.char):
                self.beam.put(note.end(), self._grown(at, note.end(), state, letter, RIGHT, shown=True))
            else:
                self.beam.put(behind, self._grown(at, behind, state, letter, RIGHT, cost, split))

    def _vanished(self, at: int, state: State, pairs: Sequence[Pair], depth: int) -> None:
        """Read one place once more, with a pair before it that left nothing."""
        least = max(self.beam.best_at.get(pair[2], NONE) for pair in pairs) - _CLOSE if pairs else NONE
        least = max(least, state.score - _DEAREST)
        steps = self._after(state.context)
        choices = [
            (each.cost + steps[each.plain], each)
            for each in self._letters.going(state.pending, state.context[-1:])
        ]
        choices.sort(reverse=True)
        for rank, (cost, letter) in enumerate(choices[:_SPREAD]):
            if state.score + cost <= least:
                break
            grown = self._grown(at, at, state, letter, UNKNOWN + letter.trail)
            self._read(at, grown, pairs)
            self._read_two(at, grown, pairs)
            if depth < _MOST_GONE and rank < _DEEPER and cost > _PLAUSIBLE:
                numbered = letter.char == "）" and state.context[-1:] in _NUMERALS
                self._vanished(at, grown, pairs, depth + (not numbered))

    def _read_two(self, at: int, state: State, pairs: Sequence[Pair]) -> None:
        """Read one place with two characters more, the byte between them being gone too."""
        self.beam.steps += _TWO_STEPS * len(pairs)
        after, context = self._after, state.context
        steps = after(context)
        for first, second, behind, cost in pairs:
            least = self.beam.best_at.get(behind, NONE) - BEAM - state.score
            lost = "" if second >= 0x80 else chr(second)
            for likely, one, two in self._letters.twos(state.pending - UNKNOWN, first):
                if likely + cost + _FITTING < least:
                    break
                total = one.cost + two.cost + cost + steps[one.plain]
                if total > least and total + after(context[-1:] + one.plain)[two.plain] > least:
                    grown = self._grown(at, at, state, one, UNKNOWN + one.trail)
                    pending = RIGHT if lost else second
                    self.beam.put(behind, self._grown(at, behind, grown, two, pending, cost, lost=lost))
