"""The search for phrases: one automaton for the phrases and exceptions of all contexts.

Theory of operation. Each token that stands in some phrase has a letter of its
own, one character, so that a row of tokens is a short word of such letters and
what is found stands on token boundaries; all other tokens share one letter
that stands in no phrase. The automaton has a state for each token of a phrase
rather than for each of its characters. pyahocorasick's `iter` reports every
occurrence, overlapping ones included, ordered by where they end; its
`iter_long` misses some, and which occurrence wins is a matter of the language
anyway. The automaton is built when a program is loaded and never written.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import ahocorasick

from optoutlang.runtime.matcher.scope import Scope
from optoutlang.runtime.program.program import Meaning, Program
from optoutlang.runtime.terms.action import Action

# A build for bytes exists; it would count and cut the text differently.
assert ahocorasick.unicode, "pyahocorasick was built without Unicode"  # noqa: S101


UNKNOWN = "\x01"
"""The letter of all tokens that stand in no phrase."""

Merit = tuple[int, int, int, int]
"""What orders sentences and phrases, the least first: action, sentence or phrase, tokens, place."""


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """A phrase or exception in a row of tokens, from token `start` to before token `end`; `text` is its own tokens."""

    start: int
    end: int
    text: str


class Excepted:
    """The occurrences of exceptions to one action, given in the order in which they end."""

    __slots__ = ("_ends", "_leftmost")

    def __init__(self, found: Sequence[tuple[Occurrence, Meaning]]) -> None:
        self._ends = [occurrence.end for occurrence, _ in found]
        self._leftmost = list(
            found
        )  # at each place: of those that end there or later, the leftmost
        for place in range(len(found) - 2, -1, -1):
            if self._leftmost[place + 1][0].start < found[place][0].start:
                self._leftmost[place] = self._leftmost[place + 1]

    def overlapping(self, start: int, end: int) -> Meaning | None:
        """Return an exception that shares a token with the tokens from `start` to before `end`."""
        place = bisect_right(self._ends, start)
        if place == len(self._ends):
            return None
        occurrence, meaning = self._leftmost[place]
        return meaning if occurrence.start < end else None


class Phrases:
    """Finds what phrases occur in messages; immutable, and safe to share between threads."""

    __slots__ = ("_automaton", "_letters", "_patterns")

    def __init__(self, program: Program) -> None:
        texts: set[str] = set()
        for context in (program.base, *program.countries.values()):
            texts.update(context.phrases, context.exceptions)
        self._patterns = tuple((text, text.count(" ") + 1) for text in sorted(texts))
        self._letters = letters({token for text in texts for token in text.split(" ")})
        self._automaton = _automaton([self._word(text.split(" ")) for text, _ in self._patterns])

    def __bool__(self) -> bool:
        return self._automaton is not None

    @property
    def states(self) -> int:
        """How many states the automaton has; none without phrases."""
        return 0 if self._automaton is None else int(self._automaton.get_stats()["nodes_count"])

    def occurrences(self, tokens: Iterable[str]) -> Iterator[Occurrence]:
        """Yield where phrases and exceptions of any context stand in a row of tokens, in the order of their ends."""
        if self._automaton is None:
            return
        for last, index in self._automaton.iter(self._word(tokens)):
            text, length = self._patterns[index]
            yield Occurrence(last + 1 - length, last + 1, text)

    def _word(self, tokens: Iterable[str]) -> str:
        """Return a row of tokens as a word with a letter for each token."""
        known = self._letters
        return "".join([known.get(token, UNKNOWN) for token in tokens])

    def winner(self, scope: Scope, tokens: Sequence[str]) -> tuple[Merit, Meaning] | None:
        """Return the phrase that decides, or None if none occurs.

        Opt-out goes before help before opt-in, then the most tokens, then the
        leftmost; occurrences that share a token with an exception do not count.
        """
        found = self._first(scope, tokens, {})
        if found is None or not scope.has_exceptions:
            return found
        return self._first(scope, tokens, self.excepted(scope, tokens))

    def excepted(self, scope: Scope, tokens: Sequence[str]) -> dict[Action, Excepted]:
        """Return the occurrences of exceptions, by the action that they are exceptions to."""
        found: dict[Action, list[tuple[Occurrence, Meaning]]] = defaultdict(list)
        for each in self.occurrences(tokens):
            for meaning in scope.exceptions(each.text):
                found[meaning.action].append((each, meaning))
        return {action: Excepted(those) for action, those in found.items()}

    def _first(
        self, scope: Scope, tokens: Sequence[str], excepted: Mapping[Action, Excepted]
    ) -> tuple[Merit, Meaning] | None:
        winner = None
        best = (len(Action), 0, 0, 0)
        for each in self.occurrences(tokens):
            for meaning in scope.phrases(each.text):
                merit = phrase_merit(each, meaning)
                if merit < best and overlapping(each, meaning, excepted) is None:
                    winner, best = (merit, meaning), merit
        return winner


def phrase_merit(occurrence: Occurrence, meaning: Meaning) -> Merit:
    """Order occurrences of phrases, the one that decides first."""
    return (meaning.action.rank, 1, occurrence.start - occurrence.end, occurrence.start)


def overlapping(
    occurrence: Occurrence, meaning: Meaning, excepted: Mapping[Action, Excepted]
) -> Meaning | None:
    """Return an exception to the same action that shares a token with an occurrence of a phrase."""
    exceptions = excepted.get(meaning.action)
    if exceptions is None:
        return None
    return exceptions.overlapping(occurrence.start, occurrence.end)


def letters(tokens: Iterable[str]) -> dict[str, str]:
    """Return a letter for each of some tokens: not `UNKNOWN`, and no surrogate, which some builds cannot search for."""
    codes = chain(range(ord(UNKNOWN) + 1, 0xD800), range(0xE000, 0x110000))
    return {token: chr(code) for token, code in zip(sorted(tokens), codes, strict=False)}


def _automaton(words: Sequence[str]) -> ahocorasick.Automaton | None:
    """Return an automaton whose values are the words' indices; none for no words, which it cannot search for."""
    if not words:
        return None
    automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
    for index, word in enumerate(words):
        automaton.add_word(word, index)
    automaton.make_automaton()
    return automaton
