"""The step of sentences and phrases, token by token, with the exceptions to phrases.

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
from optoutlang.analysis.differences.reading import RankedOutcome, Reading, Row
from optoutlang.analysis.differences.search.filler_automaton import NO_TOKENS, FillerAutomaton
from optoutlang.analysis.differences.search.token_trie import ROOT, TokenTrie
from optoutlang.runtime.matcher.steps import (
    PART_OF_SENTENCE,
    WHOLE_SENTENCE,
    PhraseStep,
    Priority,
    place_of,
)
from optoutlang.runtime.terms import Action

RANKS = range(len(Action))
STEP = place_of(PhraseStep)
LOST = -1
"""The place in the sentences of a sentence that is none of them, whatever follows."""


class Fired(NamedTuple):
    """A sentence or phrase that fired: its priority, its place left out, and the number of its outcome."""

    priority: Priority
    number: int


class Pending(NamedTuple):
    """A phrase that an exception may take back: its action's rank, and how many tokens ago it ended."""

    rank: int
    ago: int
    fired: Fired


Ending = TypeVar("Ending")


class PartState(NamedTuple):
    """Where a message stands among sentences and phrases.

    Millions are made: by a call, because `_replace` takes four times as long.
    """

    buffer: Row
    node: int
    best: Fired | None
    pending: tuple[Pending, ...]
    since: tuple[int, ...]
    sentence_buffer: Row
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
        self._sentence_outcomes = {
            self.sentences.end(row): tuple(
                self._fired(WHOLE_SENTENCE, row, each) for each in outcomes
            )
            for row, outcomes in reading.sentences.items()
        }
        self._phrases = self._inherited(
            {
                self.trie.end(row): [
                    (each.rank, len(row), self._fired(PART_OF_SENTENCE, row, each))
                    for each in outcomes
                ]
                for row, outcomes in reading.phrases.items()
            }
        )
        excepted = {
            self.trie.end(row): [(rank, len(row)) for rank in ranks]
            for row, ranks in reading.exceptions.items()
        }
        self._exceptions = self._inherited(excepted)
        self._in_progress = self._exceptions_in_progress(reading.exceptions)
        longest = max((len(row) for each in both for row in each.phrases), default=0)
        self._longest = longest
        self._never = (longest,) * len(RANKS)
        self._live = self._live_nodes()
        place = ROOT if self.has_sentences else LOST
        self.start = PartState(NO_TOKENS, ROOT, None, (), self._never, NO_TOKENS, place)
        fired = [each for _, _, each in (one for those in self._phrases.values() for one in those)]
        fired += [each for those in self._sentence_outcomes.values() for each in those]
        self._first = min((each.priority for each in fired), default=None)
        self._steps: dict[tuple[PartState, str, bool], PartState] = {}

    def fired_by_rows(self) -> Iterator[tuple[Row, Fired]]:
        """Yield each phrase's rows with each thing that they fire."""
        for row, outcomes in self._rows.items():
            for each in outcomes:
                yield row, self._fired(PART_OF_SENTENCE, row, each)

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
        return state.best is not None and state.best.priority == self._first

    def step(self, state: PartState, token: str, *, breaks: bool) -> PartState:
        """Return the state after one more token, which begins a sentence if the last one `breaks`."""
        # A pair of readings meets the same state of one of them again beside many states of the other.
        move = (state, token, breaks)
        known = self._steps.get(move)
        if known is None:
            known = self._steps[move] = self._step(state, token, breaks=breaks)
        return known

    def _step(self, state: PartState, token: str, *, breaks: bool) -> PartState:
        state = self.step_aside(state, token, breaks=breaks)
        buffer, output, _ = self.filler.step(state.buffer, token)
        for each in output:
            state = self._say(state, each)
        return state if buffer == state.buffer else PartState(buffer, *state[1:])

    def step_aside(self, state: PartState, token: str, *, breaks: bool) -> PartState:
        """Return the state after a token of a sentence in which no phrase is looked for: of symbols, among words."""
        if breaks:
            state = self._end_sentence(state)
        if state.sentence == LOST:
            return state
        buffer, output, _ = self.filler.step(state.sentence_buffer, token)
        place = self._sentence_place(state.sentence, output)
        buffer = NO_TOKENS if place == LOST else buffer
        return PartState(*state[:5], buffer, place)

    def named(self, state: PartState) -> set[str]:
        """Return the tokens that go on with the rows that a message has begun."""
        named = set(self.trie.explicit(state.node))
        if state.buffer:
            named |= self.trie.explicit(self.flushed(state).node)
        if state.sentence != LOST:
            named.update(self.sentences.children[state.sentence])
            output, _ = self.filler.end(state.sentence_buffer)
            place = self._sentence_place(state.sentence, output)
            if place != LOST:
                named.update(self.sentences.children[place])
        return named

    def flushed(self, state: PartState) -> PartState:
        """Return the state once it is known that what is held goes on with no filler."""
        if state.buffer:
            output, _ = self.filler.end(state.buffer)
            for each in output:
                state = self._say(state, each)
            state = PartState(NO_TOKENS, *state[1:])
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
        return NOTHING if best is None else best.number

    def ends_a_sentence(self, state: PartState) -> bool:
        """Tell whether something fires if the sentence ends here, and phrases have not settled what decides."""
        return self._end_sentence(state).best != state.best

    def _end_sentence(self, state: PartState) -> PartState:
        if not self.has_sentences:
            return state
        best = state.best
        if state.sentence != LOST:
            output, _ = self.filler.end(state.sentence_buffer)
            for each in self._sentence_outcomes.get(
                self._sentence_place(state.sentence, output), ()
            ):
                best = _better(best, each)
        buffer, node, _, pending, since, _, _ = state
        return PartState(buffer, node, best, pending, since, NO_TOKENS, ROOT)

    def _sentence_place(self, place: int, output: Iterable[str]) -> int:
        for each in output:
            place = self.sentences.children[place].get(each, LOST)
            if place == LOST:
                break
        return place

    def _say(self, state: PartState, token: str) -> PartState:
        node = self.trie.step(state.node, token)
        if node == ROOT and not state.pending:
            return PartState(state.buffer, ROOT, state.best, (), self._never, *state[5:])
        ended = self._exceptions.get(node, ())
        since = _later(state.since, self._longest, self.trie.depth[node])
        for rank, _ in ended:
            since[rank] = 0
        pending = [
            Pending(rank, ago + 1, fired)
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
                if not any(
                    each.rank == rank and each.fired.priority <= fired.priority for each in pending
                ):
                    yield Pending(rank, 0, fired)

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
        ahead = (each for each in open_ if best is None or each.fired.priority < best.priority)
        return PartState(state.buffer, self._live[node], best, tuple(ahead), since, *state[5:])

    def _fired(self, part: int, row: Row, outcome: RankedOutcome) -> Fired:
        length = 0 if self._alike[outcome.rank, part] else -len(row)
        priority = Priority(STEP, rank=outcome.rank, part=part, length=length)
        return Fired(priority, outcome.number)

    def _inherited(self, ending: Mapping[int, Sequence[Ending]]) -> dict[int, tuple[Ending, ...]]:
        """Return what ends at each node: its own first, which are the longest, then its fallback's."""
        table: dict[int, tuple[Ending, ...]] = {}
        for node in self.trie.order:
            here = (*ending.get(node, ()), *table.get(self.trie.fallback[node], ()))
            if here:
                table[node] = here
        return table

    def _exceptions_in_progress(
        self, exceptions: Mapping[Row, Sequence[int]]
    ) -> tuple[dict[int, int], ...]:
        """Return, for each action and node, how long the longest exception is that has begun and not ended."""
        begun: tuple[set[int], ...] = tuple(set() for _ in RANKS)
        for row, ranks in exceptions.items():
            for node in self.trie.beginnings(row):
                for rank in ranks:
                    begun[rank].add(node)
        table: tuple[dict[int, int], ...] = tuple({} for _ in RANKS)
        for node in self.trie.order[1:]:
            for rank in RANKS:
                inherited = table[rank].get(self.trie.fallback[node], 0)
                table[rank][node] = self.trie.depth[node] if node in begun[rank] else inherited
        return table

    def _live_nodes(self) -> list[int]:
        live = [ROOT] * len(self.trie.order)
        for node in self.trie.order:
            live[node] = node if self.trie.children[node] else live[self.trie.fallback[node]]
        return live


def _better(best: Fired | None, fired: Fired) -> Fired:
    return fired if best is None or fired.priority < best.priority else best


def _later(since: Sequence[int], longest: int, depth: int) -> list[int]:
    """Return how long ago exceptions ended; one that ended before all rows in progress began no longer counts."""
    most = min(depth, longest)
    return [longest if ago + 1 >= most else ago + 1 for ago in since]


def _alike(readings: Iterable[Reading]) -> dict[tuple[int, int], bool]:
    """Tell of an action's sentences and phrases whether all have the same outcome: then length does not matter."""
    numbers: dict[tuple[int, int], set[int]] = defaultdict(set)
    for reading in readings:
        for part, table in (
            (WHOLE_SENTENCE, reading.sentences),
            (PART_OF_SENTENCE, reading.phrases),
        ):
            for outcomes in table.values():
                for each in outcomes:
                    numbers[each.rank, part].add(each.number)
    return {which: len(those) == 1 for which, those in numbers.items()}
