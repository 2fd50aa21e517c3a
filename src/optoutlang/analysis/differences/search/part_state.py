"""Where a message stands among sentences and phrases, and what is done with it alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from optoutlang.analysis.differences.reading import Reading, Row
from optoutlang.analysis.differences.search.part_rows import Fired
from optoutlang.analysis.differences.search.token_trie import TokenTrie
from optoutlang.runtime.matcher.steps import KEYWORD_SENTENCE, PART_OF_SENTENCE, WHOLE_SENTENCE

LOST = -1
"""The place in the sentences of a sentence that is none of them, whatever follows."""


class Ago(NamedTuple):
    """How many tokens ago something was: as written, and without filler."""

    written: int
    unfilled: int


class Pending(NamedTuple):
    """A phrase that an exception may take back: its action's rank, and how long ago it ended."""

    rank: int
    ago: Ago
    fired: Fired


class Whole(NamedTuple):
    """What a sentence of the rules fires if no other sentence has words, and `among` others that have."""

    alone: Fired
    among: Fired


Ended = Sequence[tuple[int, int]]
"""The exceptions that end at a token: the rank of the action, and how many tokens each has."""


class PartState(NamedTuple):
    """Where a message stands among sentences and phrases: in the rows without filler, and as `written`.

    `buffer` are tokens that may yet be filler; `since` is how long ago an exception to each action ended; `closing` is
    what fires without filler if no more than filler follows in the sentence. `has_words` says that an earlier sentence
    has a word that is no filler, `says_words` that this one has; `waiting` is a keyword that no other one with words
    stands beside. Without such keywords the three say nothing.
    """

    buffer: Row
    node: int
    written: int
    best: Fired | None
    pending: tuple[Pending, ...]
    since: tuple[Ago, ...]
    closing: tuple[Pending, ...]
    has_words: bool
    says_words: bool
    waiting: Whole | None
    sentence: int
    written_sentence: int


def sentence_place(trie: TokenTrie, place: int, token: str) -> int:
    """Return where a token leads to from a place among the sentences."""
    return LOST if place == LOST else trie.children[place].get(token, LOST)


def better(best: Fired | None, fired: Fired) -> Fired:
    """Return the one of two that goes first."""
    return fired if best is None or fired.priority < best.priority else best


def first_of(waiting: Fired, best: Fired | None) -> Fired:
    """Return the better of two; of equals the one that waits, which stands first."""
    return waiting if best is None or waiting.priority <= best.priority else best


def if_ahead(waiting: Whole | None, best: Fired) -> Whole | None:
    """Return what has come to wait; None if it is no better than what fired before it, and so never decides."""
    return None if waiting is None or best.priority <= waiting.alone.priority else waiting


def after_a_word(state: PartState) -> PartState:
    """Return the state at the first word of a sentence: what was waiting stands beside it."""
    if state.waiting is None:
        return state._replace(says_words=True)
    best = first_of(state.waiting.among, state.best)
    return state._replace(best=best, waiting=None, says_words=True)


def alike(readings: Iterable[Reading]) -> dict[tuple[int, int], bool]:
    """Tell of an action's sentences and phrases whether all have the same outcome: then length does not matter."""
    numbers: dict[tuple[int, int], set[int]] = defaultdict(set)
    for reading in readings:
        for part, table in (
            (WHOLE_SENTENCE, reading.sentences),
            (PART_OF_SENTENCE, {**reading.phrases, **reading.edges}),
            (KEYWORD_SENTENCE, {row: (it,) for row, it in reading.keyword_sentences.items()}),
        ):
            for outcomes in table.values():
                for each in outcomes:
                    numbers[each.rank, part].add(each.number)
    return {which: len(those) == 1 for which, those in numbers.items()}
