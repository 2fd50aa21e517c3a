"""The step of sentences and phrases, token by token, with the exceptions to phrases.

Theory of operation. A sentence is read in two ways at once: without filler, for
all rows, and as written, for the rows with words that may be filler; any other
row that stands there as written stands there without filler too. Tokens are read
once it is known whether they are filler, so that both readings stand at the same
place of the message.

A state has the places in the rows, the best that has fired for certain, and the
occurrences that an exception in progress may still take back. An exception
overlaps an occurrence if it ends after the occurrence begins and begins before
it ends. How many tokens lie between is counted in each reading: what counts is
how long ago the last exception ended, and how long the longest exception in
progress is. At the end of a sentence nothing but the best is left. The end is a
token of the rows that are open on one side: the automaton steps over it where a
sentence begins, and looks what it leads to where one ends.

A sentence that is a keyword means one thing alone and another one among others.
So it waits until another one has a word that is no filler; until then what fires
last is no less than what waits, or it is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from optoutlang.analysis.differences.outcome import NOTHING
from optoutlang.analysis.differences.reading import (
    SENTENCE_END,
    RankedOutcome,
    Reading,
    Row,
    without_ends,
)
from optoutlang.analysis.differences.search.filler_automaton import NO_TOKENS, FillerAutomaton
from optoutlang.analysis.differences.search.part_rows import RANKS, Fired, Firing, PartRows
from optoutlang.analysis.differences.search.part_state import (
    LOST,
    Ago,
    Ended,
    PartState,
    Pending,
    Whole,
    after_a_word,
    alike,
    better,
    first_of,
    if_ahead,
    sentence_place,
)
from optoutlang.analysis.differences.search.token_trie import ROOT, TokenTrie
from optoutlang.runtime.matcher.steps import (
    FORMS,
    KEYWORD_SENTENCE,
    PART_OF_SENTENCE,
    WHOLE_SENTENCE,
    PhraseStep,
    Priority,
    place_of,
)
from optoutlang.runtime.terms.rest import Rest

STEP = place_of(PhraseStep)


class PartAutomaton:
    """Reads the sentences and phrases of one context."""

    def __init__(self, reading: Reading, other: Reading) -> None:
        self.filler = FillerAutomaton(reading.fillers)
        both = (reading, other) if reading.fillers == other.fillers else (reading,)
        self._alike = alike(both)
        self._phrases = {**reading.phrases, **reading.edges}
        self._unfilled = self._part_rows(both, reading, _every)
        self._written = self._part_rows(both, reading, self._touches_filler)
        self.trie = self._unfilled.trie
        rows = {row for each in both for row in each.sentences}
        self.sentences = TokenTrie(sorted(rows))
        self.written_sentences = TokenTrie(sorted(filter(self._touches_filler, rows)))
        self.has_sentences = bool(reading.sentences or reading.edges)
        self.has_edges = any(each.edges for each in both)
        self._counts_words = any(each.keyword_sentences for each in (reading, other))
        self._sentence_outcomes = self._outcomes(self.sentences, reading, _every)
        self._written_outcomes = self._outcomes(
            self.written_sentences, reading, self._touches_filler
        )
        self._never = (Ago(self._written.never, self._unfilled.never),) * len(RANKS)
        self.start = PartState(
            NO_TOKENS,
            self._unfilled.trie.step(ROOT, SENTENCE_END),
            self._written.trie.step(ROOT, SENTENCE_END),
            *(None, (), self._never, (), False, False, None),
            ROOT if self.has_sentences else LOST,
            ROOT if self._written_outcomes else LOST,
        )
        fired = [each.fired for those in self._unfilled.phrases.values() for each in those]
        fired += [each.alone for those in self._sentence_outcomes.values() for each in those]
        self._first = min((each.priority for each in fired), default=None)
        self._steps: dict[tuple[PartState, str, bool], PartState] = {}

    @property
    def reads_as_written(self) -> bool:
        """Whether some row has words that may be filler, so that it must be looked for as written too."""
        return bool(self._written.trie.children[ROOT] or self.written_sentences.children[ROOT])

    def fired_by_rows(self) -> Iterator[tuple[Row, Fired]]:
        """Yield each phrase's rows with each thing that they fire."""
        for row, outcomes in self._phrases.items():
            for each in outcomes:
                yield row, self._fired(PART_OF_SENTENCE, row, each)

    def alone(self, row: Row) -> Fired | None:
        """Return what a message comes to that is a row of tokens, keywords and sentences apart."""
        state = self.start._replace(sentence=LOST, written_sentence=LOST)
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
        if breaks:
            state = self._end_sentence(state)
        buffer, settled = self.filler.settle(state.buffer, token)
        for each, kept in settled:
            state = self._say(state, each, kept=kept)
        return state._replace(buffer=buffer)

    def named(self, state: PartState) -> set[str]:
        """Return the tokens that go on with the rows and sentences that a message has begun."""
        named: set[str] = set()
        for each in (state, self.flushed(state)) if state.buffer else (state,):
            named |= self._unfilled.trie.explicit(each.node)
            named |= self._written.trie.explicit(each.written)
            if each.sentence != LOST:
                named.update(self.sentences.children[each.sentence])
            if each.written_sentence != LOST:
                named.update(self.written_sentences.children[each.written_sentence])
        return named - {SENTENCE_END}

    def flushed(self, state: PartState) -> PartState:
        """Return the state once it is known that what is held goes on with no filler."""
        for each, kept in self.filler.settle_all(state.buffer):
            state = self._say(state, each, kept=kept)
        return state._replace(buffer=NO_TOKENS)

    def ended(self, state: PartState, *, sentence: bool) -> Fired | None:
        """Return what decides if all phrases, and the `sentence` too, end here."""
        best, waiting, _ = self.standing(state, sentence=sentence)
        return best if waiting is None else first_of(waiting.alone, best)

    def standing(
        self, state: PartState, *, sentence: bool
    ) -> tuple[Fired | None, Whole | None, bool]:
        """Return what a message comes to if all phrases, and the `sentence` too, end here.

        That is the best that has fired for certain, what is waiting, and whether sentences that have ended have words.
        """
        state = self.flushed(state)
        best, waiting = state.best, state.waiting
        for _, _, fired in state.pending:
            best = better(best, fired)
        if not sentence:
            return best, waiting, state.has_words
        whole = self._sentence_outcomes.get(state.sentence, ())
        written = self._written_outcomes.get(state.written_sentence, ())
        for alone, among in (*written, *whole):
            if among is alone or state.has_words:
                best = better(best, among)
            elif waiting is None or alone.priority < waiting.alone.priority:
                waiting = Whole(alone, among)
        for each in self._at_the_end(state):
            best = better(best, each)
        if waiting is not state.waiting and best is not None:
            waiting = if_ahead(waiting, best)
        return best, waiting, state.has_words or state.says_words

    def number(self, state: PartState) -> int:
        """Return the number of what the message comes to, as far as this step goes, if it ends here."""
        best = self.ended(state, sentence=True)
        return NOTHING if best is None else best.number

    def ends_a_sentence(self, state: PartState) -> bool:
        """Tell whether something fires if the sentence ends here, and phrases have not settled what decides."""
        return self.ended(state, sentence=True) != self.ended(state, sentence=False)

    def is_within(self, state: PartState) -> bool:
        """Tell whether a sentence has begun that may be one of the rules."""
        places = {state.sentence, state.written_sentence}
        return bool(state.buffer) or not places <= {ROOT, LOST}

    def can_break(self, state: PartState, *, live: bool) -> bool:
        """Tell whether it matters if the sentence ends here.

        Where the message is yet `live` as a keyword, a sentence's end is what can stand between a phrase's words.
        """
        begun = state.buffer or state.sentence != ROOT
        if self.has_sentences and (begun or state.written_sentence not in {ROOT, LOST}):
            return True
        return live and state._replace(best=None) != self.start

    def _at_the_end(self, state: PartState) -> Iterator[Fired]:
        """Yield what fires where the sentence ends: that of equal merit first which stands there as written."""
        if self.has_edges:
            ending = self._written.trie.step(state.written, SENTENCE_END)
            for rank, length, fired in self._written.phrases.get(ending, ()):
                if state.since[rank].written >= length:
                    yield fired
            yield from (each.fired for each in state.closing)

    def _end_sentence(self, state: PartState) -> PartState:
        best, waiting, has_words = self.standing(state, sentence=True)
        return self.start._replace(best=best, waiting=waiting, has_words=has_words)

    def _say(self, state: PartState, token: str, *, kept: bool) -> PartState:
        """Return the state after a token of which it is known whether it is kept or filler."""
        if kept and self._counts_words and not state.says_words:
            state = after_a_word(state)
        state = state._replace(
            sentence=sentence_place(self.sentences, state.sentence, token)
            if kept
            else state.sentence,
            written_sentence=sentence_place(self.written_sentences, state.written_sentence, token),
        )
        written = self._written.trie.step(state.written, token)
        node = self._unfilled.trie.step(state.node, token) if kept else state.node
        if node == written == ROOT and not state.pending:
            return state._replace(node=ROOT, written=ROOT, since=self._never, closing=())
        excepted = self._written.exceptions.get(written, ())
        unfilled = self._unfilled.exceptions.get(node, ()) if kept else ()
        since = list(self._later(state.since, written, node, kept=kept))
        for rank, _ in (*excepted, *unfilled):
            since[rank] = Ago(0, 0)
        pending = list(self._left(state.pending, excepted, unfilled, kept=kept))
        closing = self._left(() if kept else state.closing, excepted, (), kept=kept)
        if kept and self.has_edges:
            closing = self._closing(node, since)
        state = state._replace(closing=tuple(closing))
        pending += self._firing(written, node if kept else ROOT, since, pending)
        return self._confirmed(state, written, node, tuple(since), pending)

    def _left(
        self, pending: Iterable[Pending], excepted: Ended, unfilled: Ended, *, kept: bool
    ) -> Iterator[Pending]:
        """Yield what exceptions that end here, as written and without filler, do not take back."""
        for each in pending:
            ago = self._longer_ago(each.ago, kept=kept)
            if not any(of == each.rank and ago.written < length for of, length in excepted) and (
                not any(of == each.rank and ago.unfilled < length for of, length in unfilled)
            ):
                yield each._replace(ago=ago)

    def _closing(self, node: int, since: Sequence[Ago]) -> Iterator[Pending]:
        """Yield what fires without filler if the sentence ends behind this token."""
        ending = self._unfilled.trie.step(node, SENTENCE_END)
        for rank, length, fired in self._unfilled.phrases.get(ending, ()):
            if since[rank].unfilled >= length:
                yield Pending(rank, Ago(0, 0), fired)

    def _later(self, since: Iterable[Ago], written: int, node: int, *, kept: bool) -> Iterator[Ago]:
        for ago in since:
            unfilled = self._unfilled.since(ago.unfilled, node) if kept else ago.unfilled
            yield Ago(self._written.since(ago.written, written), unfilled)

    def _longer_ago(self, ago: Ago, *, kept: bool) -> Ago:
        """Return how long ago a phrase ended after one more token; further than any exception reaches is all one."""
        return Ago(
            min(ago.written + 1, self._written.longest_exception),
            min(ago.unfilled + kept, self._unfilled.longest_exception),
        )

    def _firing(
        self, written: int, node: int, since: list[Ago], pending: Iterable[Pending]
    ) -> Iterator[Pending]:
        """Yield what fires for each action: the longest that no exception overlaps yet."""
        as_written = (
            each
            for each in self._written.phrases.get(written, ())
            if since[each.rank].written >= each.length
        )
        unfilled = (
            each
            for each in self._unfilled.phrases.get(node, ())
            if since[each.rank].unfilled >= each.length
        )
        seen = set()
        for rank, _, fired in sorted(chain(as_written, unfilled), key=_merit):
            if rank not in seen:
                seen.add(rank)
                if not any(
                    each.rank == rank and each.fired.priority <= fired.priority for each in pending
                ):
                    yield Pending(rank, Ago(0, 0), fired)

    def _confirmed(
        self,
        state: PartState,
        written: int,
        node: int,
        since: tuple[Ago, ...],
        pending: Iterable[Pending],
    ) -> PartState:
        best = state.best
        open_: list[Pending] = []
        for each in pending:
            rank, ago, fired = each
            if (
                self._written.in_progress[rank].get(written, 0) > ago.written
                or self._unfilled.in_progress[rank].get(node, 0) > ago.unfilled
            ):
                open_.append(each)
            else:
                best = better(best, fired)
        ahead = (each for each in open_ if best is None or each.fired.priority < best.priority)
        return state._replace(
            node=self._unfilled.live[node],
            written=self._written.live[written],
            best=best,
            pending=tuple(ahead),
            since=since,
        )

    # Rows.

    def _touches_filler(self, row: Row) -> bool:
        return not self.filler.tokens.isdisjoint(row)

    def _part_rows(
        self, both: Iterable[Reading], reading: Reading, chosen: Callable[[Row], bool]
    ) -> PartRows:
        rows = {
            row
            for each in both
            for row in (*each.phrases, *each.edges, *each.exceptions)
            if chosen(row)
        }
        phrases = {
            row: [
                Firing(each.rank, len(without_ends(row)), self._fired(PART_OF_SENTENCE, row, each))
                for each in outcomes
            ]
            for row, outcomes in self._phrases.items()
            if chosen(row)
        }
        exceptions = {row: ranks for row, ranks in reading.exceptions.items() if chosen(row)}
        return PartRows(rows, phrases, exceptions)

    def _outcomes(
        self, trie: TokenTrie, reading: Reading, chosen: Callable[[Row], bool]
    ) -> Mapping[int, tuple[Whole, ...]]:
        return {
            trie.end(row): tuple(self._whole(reading, row, each) for each in outcomes)
            for row, outcomes in reading.sentences.items()
            if chosen(row)
        }

    def _whole(self, reading: Reading, row: Row, outcome: RankedOutcome) -> Whole:
        alone = self._fired(WHOLE_SENTENCE, row, outcome)
        among = reading.keyword_sentences.get(row)
        if among is None or among.rank != outcome.rank:
            return Whole(alone, alone)
        return Whole(alone, self._fired(KEYWORD_SENTENCE, row, among))

    def _fired(self, part: int, row: Row, outcome: RankedOutcome) -> Fired:
        if self._alike[outcome.rank, part]:
            return Fired(Priority(STEP, rank=outcome.rank, part=part), outcome.number)
        form = FORMS[_rest(row)] if part == PART_OF_SENTENCE else 0
        length = -len(without_ends(row))
        priority = Priority(STEP, rank=outcome.rank, part=part, length=length, form=form)
        return Fired(priority, outcome.number)


def _merit(firing: Firing) -> tuple[int, int]:
    return -firing.length, firing.fired.priority.form


def _rest(row: Row) -> Rest:
    if row[-1] == SENTENCE_END:
        return Rest.BEFORE
    return Rest.BEHIND if row[0] == SENTENCE_END else Rest.NONE


def _every(_: Row) -> bool:
    return True
