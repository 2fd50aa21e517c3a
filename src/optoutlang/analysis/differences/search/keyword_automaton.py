"""The first steps of reading a message, token by token: exact, exact but for filler, several keywords.

Tokens are cut out of keys: `stop` `all` and `stopall` are the same key. So a
state has the key so far, while it begins a keyword; the same without filler;
and the ways to cut all tokens so far into keywords of one action. A message for
which none of these is left means nothing here, whatever follows: its state is
None.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from optoutlang.analysis.differences.outcome import NOTHING
from optoutlang.analysis.differences.reading import RankedOutcome, Reading, Row
from optoutlang.analysis.differences.search.filler_automaton import NO_TOKENS, FillerAutomaton
from optoutlang.runtime.matcher.steps import FillerStep, Priority, place_of

STEP = place_of(FillerStep)


class Cut(NamedTuple):
    """Tokens so far as keywords of one action: the first one's key, and the next one's so far.

    `several` tells whether it ends one, `answers` whether one of them is an everyday answer.
    """

    first: str
    begun: str
    several: bool
    answers: bool


class KeywordState(NamedTuple):
    """A message so far: its key, the same without filler, and the keywords that it is made of.

    `buffer` are tokens that may yet be filler, `taken` says that filler was
    taken out. A key that begins no keyword is None.
    """

    buffer: Row
    whole: str | None
    unfilled: str | None
    taken: bool
    cuts: frozenset[Cut]


class KeywordAutomaton:
    """Reads the keywords of one context."""

    def __init__(self, reading: Reading) -> None:
        self._keywords: Mapping[str, tuple[RankedOutcome, RankedOutcome]] = reading.keywords
        self._answers = reading.answers
        self._filler = FillerAutomaton(reading.fillers)
        self._beginnings = {key[:end] for key in self._keywords for end in range(len(key) + 1)}
        self.start = KeywordState(NO_TOKENS, "", "", taken=False, cuts=frozenset())

    def step(self, state: KeywordState | None, token: str) -> KeywordState | None:
        """Return the state after one more token."""
        if state is None:
            return None
        buffer, whole, unfilled, taken, cuts = state
        buffer, output, now = self._filler.step(buffer, token)
        whole = self._longer(whole, token)
        for each in output:
            unfilled, cuts = self._say(unfilled, cuts, each)
        if whole is None and unfilled is None and not cuts:
            return None
        return KeywordState(buffer, whole, unfilled, taken or now, cuts)

    def number(self, state: KeywordState | None) -> int:
        """Return the number of what the message comes to if it ends here; NOTHING leaves it to later steps."""
        if state is None:
            return NOTHING
        buffer, whole, unfilled, taken, cuts = state
        if whole is not None and whole in self._keywords:
            return self._keywords[whole][0].number
        output, now = self._filler.end(buffer)
        for each in output:
            unfilled, cuts = self._say(unfilled, cuts, each)
        filled = taken or now
        if filled and unfilled in self._keywords and unfilled not in self._answers:
            assert unfilled is not None  # noqa: S101  # it is a keyword
            return self._keywords[unfilled][1].number
        firsts = [
            each.first
            for each in cuts
            if each.several and not each.begun and not (filled and each.answers)
        ]
        best = min(firsts, default=None, key=self._priority)
        return NOTHING if best is None else self._keywords[best][1].number

    def _priority(self, key: str) -> Priority:
        return Priority(STEP, variant=1, rank=self._rank(key), length=-len(key))

    def places(self, state: KeywordState) -> set[str]:
        """Return the beginnings of keys that more tokens may go on with."""
        buffer, whole, unfilled, _, cuts = state
        beginnings = {whole, unfilled, *(each.begun for each in cuts)}
        if buffer:
            output, _ = self._filler.end(buffer)
            for each in output:
                unfilled, cuts = self._say(unfilled, cuts, each)
            beginnings |= {unfilled, *(each.begun for each in cuts)}
        return {each for each in beginnings if each is not None}

    def _longer(self, text: str | None, token: str) -> str | None:
        longer = None if text is None else text + token
        return longer if longer in self._beginnings else None

    def _say(
        self, unfilled: str | None, cuts: frozenset[Cut], token: str
    ) -> tuple[str | None, frozenset[Cut]]:
        unfilled = self._longer(unfilled, token)
        if unfilled is None and not cuts:
            return unfilled, cuts
        longer = set(self._cut_on(cuts, token))
        if unfilled is not None and unfilled in self._keywords:
            longer.add(Cut(unfilled, "", several=False, answers=unfilled in self._answers))
        return unfilled, frozenset(longer)

    def _cut_on(self, cuts: Iterable[Cut], token: str) -> Iterator[Cut]:
        for first, begun, _, answers in cuts:
            key = begun + token
            if key in self._beginnings:
                yield Cut(first, key, several=False, answers=answers)
            if key in self._keywords and self._rank(key) == self._rank(first):
                yield Cut(first, "", several=True, answers=answers or key in self._answers)

    def _rank(self, key: str) -> int:
        return self._keywords[key][1].rank
