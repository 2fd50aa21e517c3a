"""The first steps of reading a message, token by token: exact, exact but for filler, repeated.

Tokens are cut out of keys: `stop` `all` and `stopall` are the same key. So a
state has the key so far, while it begins a keyword; the same without filler;
and the keywords that all tokens so far repeat. A message for which none of
these is left means nothing here, whatever follows: its state is None.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from optoutlang.analysis.differences.outcome import NOTHING
from optoutlang.analysis.differences.reading import RankedOutcome, Reading, Row
from optoutlang.analysis.differences.search.filler_automaton import NO_TOKENS, FillerAutomaton
from optoutlang.runtime.matcher.steps import FillerStep, Priority, place_of

STEP = place_of(FillerStep)

Unit = tuple[str, int, bool]
"""A keyword that the tokens repeat: its key, how much of it is filled, whether once at least it was again."""


class KeywordState(NamedTuple):
    """A message so far: its key, the same without filler, and the keywords that it repeats.

    `buffer` are tokens that may yet be filler, `taken` says that filler was
    taken out. A key that begins no keyword is None.
    """

    buffer: Row
    whole: str | None
    unfilled: str | None
    taken: bool
    units: frozenset[Unit]


class KeywordAutomaton:
    """Reads the keywords of one context."""

    def __init__(self, reading: Reading) -> None:
        self._keywords: Mapping[str, tuple[RankedOutcome, RankedOutcome]] = reading.keywords
        self._filler = FillerAutomaton(reading.fillers)
        self._beginnings = {key[:end] for key in self._keywords for end in range(len(key) + 1)}
        self.start = KeywordState(NO_TOKENS, "", "", taken=False, units=frozenset())

    def step(self, state: KeywordState | None, token: str) -> KeywordState | None:
        """Return the state after one more token."""
        if state is None:
            return None
        buffer, whole, unfilled, taken, units = state
        buffer, output, now = self._filler.step(buffer, token)
        whole = self._longer(whole, token)
        for each in output:
            unfilled, units = self._say(unfilled, units, each)
        if whole is None and unfilled is None and not units:
            return None
        return KeywordState(buffer, whole, unfilled, taken or now, units)

    def number(self, state: KeywordState | None) -> int:
        """Return the number of what the message comes to if it ends here; NOTHING leaves it to later steps."""
        if state is None:
            return NOTHING
        buffer, whole, unfilled, taken, units = state
        if whole is not None and whole in self._keywords:
            return self._keywords[whole][0].number
        output, now = self._filler.end(buffer)
        for each in output:
            unfilled, units = self._say(unfilled, units, each)
        if (taken or now) and unfilled is not None and unfilled in self._keywords:
            return self._keywords[unfilled][1].number
        repeated = [key for key, filled, again in units if again and not filled]
        best = min(repeated, default=None, key=self._repeated_priority)
        return NOTHING if best is None else self._keywords[best][1].number

    def _repeated_priority(self, key: str) -> Priority:
        rank = self._keywords[key][1].rank
        return Priority(STEP, variant=1, rank=rank, length=-len(key))

    def places(self, state: KeywordState) -> tuple[set[str], set[tuple[str, int]]]:
        """Return the beginnings of keys that more tokens may go on with, and how much of what keywords is repeated."""
        buffer, whole, unfilled, _, units = state
        beginnings, filled = {whole, unfilled}, {(key, place) for key, place, _ in units}
        if buffer:
            output, _ = self._filler.end(buffer)
            for each in output:
                unfilled, units = self._say(unfilled, units, each)
            beginnings.add(unfilled)
            filled |= {(key, place) for key, place, _ in units}
        return {each for each in beginnings if each is not None}, filled

    def _longer(self, text: str | None, token: str) -> str | None:
        longer = None if text is None else text + token
        return longer if longer in self._beginnings else None

    def _say(
        self, unfilled: str | None, units: frozenset[Unit], token: str
    ) -> tuple[str | None, frozenset[Unit]]:
        unfilled = self._longer(unfilled, token)
        if unfilled is None and not units:
            return unfilled, units
        repeated = set(_repeating(units, token))
        if unfilled is not None and unfilled in self._keywords:
            repeated.add((unfilled, 0, False))
        return unfilled, frozenset(repeated)


def _repeating(units: Iterable[Unit], token: str) -> Iterator[Unit]:
    for key, filled, again in units:
        if key.startswith(token, filled):
            end = filled + len(token)
            yield (key, 0, True) if end == len(key) else (key, end, again)
