"""The last step of reading a message, token by token: sentences and phrases, and what excepts them.

A state has the place in the rows, the best that has fired for certain, and the
occurrences that an exception in progress may still take back. An exception
overlaps an occurrence if it ends after the occurrence begins and begins before
it ends; so what counts is how long ago the last exception ended, and how long
the longest exception in progress is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from optoutlang.analysis.differences.outcome import NOTHING
from optoutlang.analysis.differences.reading import Reading, Row, Worth
from optoutlang.analysis.differences.search.filler_automaton import NO_TOKENS, FillerAutomaton
from optoutlang.analysis.differences.search.token_trie import ROOT, TokenTrie
from optoutlang.runtime.terms.action import Action

RANKS = range(len(Action))
LOST = -1
"""The place in the sentences of a sentence that is none of them, whatever follows."""

Fired = tuple[tuple[int, int, int], int]
"""What fired: what orders it (rank, sentence or phrase, tokens, the least first), and the number of its outcome."""

Pending = tuple[int, int, Fired]
"""What an exception may take back: its action's rank, how many tokens ago it ended, and what fired."""


Ending = TypeVar("Ending")


class PartState(NamedTuple):
    """Where a message stands among sentences and phrases."""

    held: Row
    node: int
    best: Fired | None
    pending: tuple[Pending, ...]
    since: tuple[int, ...]
    sentence_held: Row
    sentence: int


class PartAutomaton:
    """Reads the sentences and phrases of one context."""

    def __init__(self, reading: Reading, other: Reading) -> None:
        self.filler = FillerAutomaton(reading.fillers)
        both = (reading, other) if reading.fillers == other.fillers else (reading,)
        rows = {row for each in both for row in (*each.phrases, *each.exceptions)}
        self.trie = TokenTrie(sorted(rows))
        self.sentences = TokenTrie(sorted({row for each in both for row in each.sentences}))
        self.has_sentences = bool(reading.sentences)
        self._alike = _alike(both)
        self._rows = reading.phrases
        self._said = {
            self.sentences.end(row): tuple(self._fired(0, row, each) for each in worths)
            for row, worths in reading.sentences.items()
        }
        self._phrases = self._inherited(
            {
                self.trie.end(row): [
                    (each.rank, len(row), self._fired(1, row, each)) for each in worths
                ]
                for row, worths in reading.phrases.items()
            }
        )
        excepted = {
            self.trie.end(row): [(rank, len(row)) for rank in ranks]
            for row, ranks in reading.exceptions.items()
        }
        self._exceptions = self._inherited(excepted)
        self._in_progress = self._exceptions_in_progress(reading.exceptions)
        longest = max((len(row) for each in both for row in each.phrases), default=0)
        self._never = (longest,) * len(RANKS)
        self._live = self._live_nodes()
        place = ROOT if self.has_sentences else LOST
        self.start = PartState(NO_TOKENS, ROOT, None, (), self._never, NO_TOKENS, place)
        fired = [each for _, _, each in (one for those in self._phrases.values() for one in those)]
        fired += [each for those in self._said.values() for each in those]
        self._first = min((merit for merit, _ in fired), default=None)

    def fired_by_rows(self) -> Iterator[tuple[Row, Fired]]:
        """Yield each phrase's rows with each thing that they fire."""
        for row, worths in self._rows.items():
            for each in worths:
                yield row, self._fired(1, row, each)

    def alone(self, row: Row) -> Fired | None:
        """Return what a message comes to that is a row of tokens, keywords and sentences apart."""
        state = self.start._replace(sentence=LOST)
        for token in row:
            state = self.step(state, token, breaks=False)
        return self.ended(state, sentence=False)

    def settled(self, state: PartState) -> bool:
        """Tell whether nothing that follows can change what the message comes to."""
        if self._first is None:
            return True
        return state.best is not None and state.best[0] == self._first

    def step(self, state: PartState, token: str, *, breaks: bool) -> PartState:
        """Return the state after one more token, which begins a sentence if the last one `breaks`."""
        state = self.step_aside(state, token, breaks=breaks)
        held, said, _ = self.filler.step(state.held, token)
        for each in said:
            state = self._say(state, each)
        return state._replace(held=held)

    def step_aside(self, state: PartState, token: str, *, breaks: bool) -> PartState:
        """Return the state after a token of a sentence in which no phrase is looked for: of symbols, among words."""
        if breaks:
            state = self._end_sentence(state)
        if state.sentence == LOST:
            return state
        held, said, _ = self.filler.step(state.sentence_held, token)
        place = self._sentence_place(state.sentence, said)
        held = NO_TOKENS if place == LOST else held
        return state._replace(sentence_held=held, sentence=place)

    def named(self, state: PartState) -> set[str]:
        """Return the tokens that go on with the rows that a message has begun."""
        named = set(self.trie.explicit(state.node))
        if state.held:
            named |= self.trie.explicit(self.flushed(state).node)
        if state.sentence != LOST:
            named.update(self.sentences.children[state.sentence])
            said, _ = self.filler.end(state.sentence_held)
            place = self._sentence_place(state.sentence, said)
            if place != LOST:
                named.update(self.sentences.children[place])
        return named

    def flushed(self, state: PartState) -> PartState:
        """Return the state once it is known that what is held goes on with no filler."""
        if state.held:
            said, _ = self.filler.end(state.held)
            for each in said:
                state = self._say(state, each)
            state = state._replace(held=NO_TOKENS)
        return state

    def ended(self, state: PartState, *, sentence: bool) -> Fired | None:
        """Return what decides if all phrases, and the `sentence` too, end here."""
        if sentence:
            state = self._end_sentence(state)
        state = self.flushed(state)
        best = state.best
        for _, _, fired in state.pending:
            best = _better(best, fired)
        return best

    def number(self, state: PartState) -> int:
        """Return the number of what the message comes to, as far as this step goes, if it ends here."""
        best = self.ended(state, sentence=True)
        return NOTHING if best is None else best[1]

    def ends_a_sentence(self, state: PartState) -> bool:
        """Tell whether something fires if the sentence ends here, and phrases have not settled what decides."""
        return self._end_sentence(state).best != state.best

    def _end_sentence(self, state: PartState) -> PartState:
        if not self.has_sentences:
            return state
        best = state.best
        if state.sentence != LOST:
            said, _ = self.filler.end(state.sentence_held)
            for each in self._said.get(self._sentence_place(state.sentence, said), ()):
                best = _better(best, each)
        return state._replace(best=best, sentence_held=NO_TOKENS, sentence=ROOT)

    def _sentence_place(self, place: int, said: Iterable[str]) -> int:
        for each in said:
            place = self.sentences.children[place].get(each, LOST)
            if place == LOST:
                break
        return place

    def _say(self, state: PartState, token: str) -> PartState:
        node = self.trie.step(state.node, token)
        if node == ROOT and not state.pending:
            return state._replace(node=ROOT, since=self._never)
        ended = self._exceptions.get(node, ())
        since = list(_later(state.since, self._never, self.trie.depth[node]))
        for rank, _ in ended:
            since[rank] = 0
        pending = [
            (rank, ago + 1, fired)
            for rank, ago, fired in state.pending
            if not any(of == rank and ago + 1 < length for of, length in ended)
        ]
        pending += self._firing(node, since, pending)
        return self._confirmed(state, node, tuple(since), pending)

    def _firing(
        self, node: int, since: Sequence[int], pending: Sequence[Pending]
    ) -> Iterator[Pending]:
        """Yield what fires at a node for each action: the longest that no exception overlaps yet."""
        seen = set()
        for rank, length, fired in self._phrases.get(node, ()):
            if rank not in seen and since[rank] >= length:
                seen.add(rank)
                if not any(of == rank and each[0] <= fired[0] for of, _, each in pending):
                    yield rank, 0, fired

    def _confirmed(
        self, state: PartState, node: int, since: tuple[int, ...], pending: Iterable[Pending]
    ) -> PartState:
        best = state.best
        open_: list[Pending] = []
        for each in pending:
            rank, ago, fired = each
            if self._in_progress[rank].get(node, 0) > ago:
                open_.append(each)
            else:
                best = _better(best, fired)
        left = (each for each in open_ if best is None or each[2][0] < best[0])
        return state._replace(node=self._live[node], best=best, pending=tuple(left), since=since)

    def _fired(self, part: int, row: Row, worth: Worth) -> Fired:
        if self._alike[worth.rank, part]:
            return (worth.rank, part, 0), worth.number
        return (worth.rank, part, -len(row)), worth.number

    def _inherited(self, ending: Mapping[int, Sequence[Ending]]) -> dict[int, tuple[Ending, ...]]:
        """Return what ends at each node: its own first, which are the longest, then its fallback's."""
        found: dict[int, tuple[Ending, ...]] = {}
        for node in self.trie.order:
            here = (*ending.get(node, ()), *found.get(self.trie.fallback[node], ()))
            if here:
                found[node] = here
        return found

    def _exceptions_in_progress(
        self, exceptions: Mapping[Row, Sequence[int]]
    ) -> tuple[dict[int, int], ...]:
        """Return, for each action and node, how long the longest exception is that has begun and not ended."""
        begun: tuple[set[int], ...] = tuple(set() for _ in RANKS)
        for row, ranks in exceptions.items():
            for node in self.trie.beginnings(row):
                for rank in ranks:
                    begun[rank].add(node)
        found: tuple[dict[int, int], ...] = tuple({} for _ in RANKS)
        for node in self.trie.order[1:]:
            for rank in RANKS:
                inherited = found[rank].get(self.trie.fallback[node], 0)
                found[rank][node] = self.trie.depth[node] if node in begun[rank] else inherited
        return found

    def _live_nodes(self) -> list[int]:
        live = [ROOT] * len(self.trie.order)
        for node in self.trie.order:
            live[node] = node if self.trie.children[node] else live[self.trie.fallback[node]]
        return live


def _better(best: Fired | None, fired: Fired) -> Fired:
    return fired if best is None or fired[0] < best[0] else best


def _later(since: Sequence[int], never: Sequence[int], depth: int) -> Iterator[int]:
    """Yield how long ago exceptions ended; one that ended before all rows in progress began no longer counts."""
    for ago, most in zip(since, never, strict=True):
        yield most if ago + 1 >= min(depth, most) else ago + 1


def _alike(readings: Iterable[Reading]) -> dict[tuple[int, int], bool]:
    """Tell of an action's sentences (0) and phrases (1) whether all come to the same: then length does not matter."""
    numbers: dict[tuple[int, int], set[int]] = defaultdict(set)
    for reading in readings:
        for part, table in enumerate((reading.sentences, reading.phrases)):
            for worths in table.values():
                for each in worths:
                    numbers[each.rank, part].add(each.number)
    return {which: len(those) == 1 for which, those in numbers.items()}
