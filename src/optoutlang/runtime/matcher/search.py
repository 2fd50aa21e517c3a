"""The search for phrases: one automaton for the phrases and exceptions of all contexts.

Theory of operation. Each token that stands in some phrase has a letter of its
own, one character, so that a row of tokens is a short word of such letters and
what is found stands on token boundaries; all other tokens share one letter
that stands in no phrase. So does the end of a sentence, which stands before,
between and behind the sentences of the word that is searched: so nothing is
found across it, in the same one pass. The automaton has a state for each token of a phrase
rather than for each of its characters. pyahocorasick's `iter` reports every
occurrence, overlapping ones included, ordered by where they end; its
`iter_long` misses some, and which occurrence wins is a matter of the language
anyway. The automaton is built when a program is loaded and never written.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

import ahocorasick

from optoutlang.runtime.matcher.readings import AS_WRITTEN, Reading
from optoutlang.runtime.program import Meaning, Program, ResolvedContext
from optoutlang.runtime.program.rest import MARK, unmarked
from optoutlang.runtime.terms import Action
from optoutlang.runtime.terms.rest import Rest

# A build for bytes exists; it would count and cut the text differently.
assert ahocorasick.unicode, "pyahocorasick was built without Unicode"  # noqa: S101


NEVER = "\x00"
"""A letter of no message."""

COMMON = 256
"""How many of the letters of all phrases are put where the search finds them at once."""

UNKNOWN = "\x01"
"""The letter of all tokens that stand in no phrase."""

_UNKNOWN = repeat(UNKNOWN)

SENTENCE_END = "\x02"
"""The letter of where one sentence ends and the next one begins; it stands around the first and the last one too."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A phrase or exception in a message, from token `start` to before token `end` of those outside quotes.

    `text` is its text in the rules, with `length` tokens, `way` the reading in which they stand, and `rest` where the
    rule is open, if it is a sentence that is.
    """

    start: int
    end: int
    text: str
    length: int
    way: int
    rest: Rest = Rest.NONE


class ExceptionSpans:
    """Where exceptions to one action stand in a message, given in the order in which they end."""

    __slots__ = ("_ends", "_leftmost")

    def __init__(self, occurrences: Sequence[tuple[Occurrence, Meaning]]) -> None:
        self._ends = [occurrence.end for occurrence, _ in occurrences]
        # At each place: of those that end there or later, the leftmost.
        self._leftmost = list(occurrences)
        for place in range(len(occurrences) - 2, -1, -1):
            if self._leftmost[place + 1][0].start < occurrences[place][0].start:
                self._leftmost[place] = self._leftmost[place + 1]

    def overlapping(self, start: int, end: int) -> Meaning | None:
        """Return an exception that shares a token with the tokens from `start` to before `end`."""
        place = bisect_right(self._ends, start)
        if place == len(self._ends):
            return None
        occurrence, meaning = self._leftmost[place]
        return meaning if occurrence.start < end else None


class PhraseAutomaton:
    """Finds what phrases and exceptions occur in messages; immutable, and safe to share between threads."""

    __slots__ = ("_automaton", "_letters", "_patterns")

    def __init__(self, program: Program, *, exceptions_only: bool = False) -> None:
        texts: set[str] = set()
        for context in (program.base, *program.countries.values()):
            texts.update(context.exceptions)
            if not exceptions_only:
                texts.update(context.phrases)
                texts.update(text for text in context.sentences if MARK in text)
        ordered = sorted(texts)
        rows = [_unmarked(text) for text in ordered]
        self._letters = letters({token for row, _ in rows for token in row})
        self._automaton = _automaton([self._word_of(row, rest) for row, rest in rows])
        self._patterns = tuple(
            (text, len(row), rest) for text, (row, rest) in zip(ordered, rows, strict=True)
        )

    @property
    def states(self) -> int:
        """How many states the automaton has; none without phrases."""
        return 0 if self._automaton is None else int(self._automaton.get_stats()["nodes_count"])

    def occurrences(self, reading: Reading) -> Iterator[Occurrence]:
        """Yield where phrases and exceptions of any context stand in a reading, in the order of their ends."""
        if self._automaton is None:
            return
        places: list[int] = []
        for last, index in self._automaton.iter(self.word(reading)):
            places = places or reading.places()
            text, length, rest = self._patterns[index]
            behind = last + (rest is not Rest.BEFORE)  # else the sentence's end is the last letter
            start, end = places[behind - length], places[behind - 1] + 1
            yield Occurrence(start, end, text, length, reading.way, rest)

    def word(self, reading: Reading) -> str:
        """Return the sentences of a reading as the word that is searched."""
        sentences = reading.sentences
        if reading.way == AS_WRITTEN:
            words = [*map(self._word, sentences)]
        else:
            words = [
                self._word(each) if reading.is_searched(number) else ""
                for number, each in enumerate(sentences)
            ]
        return SENTENCE_END.join(("", *words, ""))

    def _word_of(self, row: Sequence[str], rest: Rest) -> str:
        """Return the word of a rule: a sentence has its end on the side that is not open."""
        word = self._word(row)
        if rest is Rest.NONE:
            return word
        return word + SENTENCE_END if rest is Rest.BEFORE else SENTENCE_END + word

    def _word(self, tokens: Iterable[str]) -> str:
        """Return a row of tokens as a word with a letter for each token."""
        return "".join(map(self._letters.get, tokens, _UNKNOWN))

    def exceptions(
        self, context: ResolvedContext, readings: Sequence[Reading]
    ) -> dict[Action, ExceptionSpans]:
        """Return where a context's exceptions stand in any reading, by the action that they are exceptions to."""
        by_action: dict[Action, list[tuple[Occurrence, Meaning]]] = defaultdict(list)
        known = context.exceptions
        for reading in readings:
            for occurrence in self.occurrences(reading):
                for meaning in known.get(occurrence.text, ()):
                    by_action[meaning.action].append((occurrence, meaning))
        if len(readings) > 1:
            for those in by_action.values():
                those.sort(key=lambda each: each[0].end)
        return {action: ExceptionSpans(those) for action, those in by_action.items()}


def _unmarked(text: str) -> tuple[tuple[str, ...], Rest]:
    plain, rest = unmarked(text)
    return tuple(plain.split(" ")), rest


def letters(tokens: Iterable[str]) -> dict[str, str]:
    """Return a letter for each of some tokens: neither of those above, and no surrogate: some builds cannot find it."""
    codes = chain(range(ord(SENTENCE_END) + 1, 0xD800), range(0xE000, 0x110000))
    return {token: chr(code) for token, code in zip(sorted(tokens), codes, strict=False)}


def _automaton(words: Sequence[str]) -> ahocorasick.Automaton | None:
    """Return an automaton whose values are the words' indices; none for no words, which it cannot search for.

    pyahocorasick looks for a letter among a state's children one after the other, in the order in which they came, and
    where the search begins there are thousands. So what messages have most often comes first.
    """
    if not words:
        return None
    automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
    common = Counter("".join(words)).most_common(COMMON)
    for letter in dict.fromkeys((UNKNOWN, SENTENCE_END, *(each for each, _ in common))):
        automaton.add_word(letter + NEVER, len(words))
    for index, word in enumerate(words):
        automaton.add_word(word, index)
    automaton.make_automaton()
    return automaton
