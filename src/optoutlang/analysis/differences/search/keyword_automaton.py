"""The first steps of reading a message, token by token: exact, exact but for filler, repeated.

Tokens are cut out of keys: `stop` `all` and `stopall` are the same key. So a
state has the key so far, while it begins a keyword; the same without filler;
and the keywords that all tokens so far repeat. A message for which none of
these is left means nothing here, whatever follows: its state is None.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from optoutlang.analysis.differences.outcome import NOTHING
from optoutlang.analysis.differences.reading import Reading, Row, Worth
from optoutlang.analysis.differences.search.filler_automaton import NO_TOKENS, FillerAutomaton

Unit = tuple[str, int, bool]
"""A keyword that the tokens repeat: its key, how much of it is filled, whether once at least it was again."""

KeywordState = tuple[Row, str | None, str | None, bool, frozenset[Unit]]
"""What may be filler, the key, the key without filler, whether filler was taken out, what is repeated."""


class KeywordAutomaton:
    """Reads the keywords of one context."""

    def __init__(self, reading: Reading) -> None:
        self._keywords: Mapping[str, tuple[Worth, Worth]] = reading.keywords
        self._filler = FillerAutomaton(reading.fillers)
        self._beginnings = {key[:end] for key in self._keywords for end in range(len(key) + 1)}
        self.start: KeywordState = (NO_TOKENS, "", "", False, frozenset())

    def step(self, state: KeywordState | None, token: str) -> KeywordState | None:
        """Return the state after one more token."""
        if state is None:
            return None
        held, whole, left, taken, units = state
        held, said, now = self._filler.step(held, token)
        whole = self._longer(whole, token)
        for each in said:
            left, units = self._say(left, units, each)
        if whole is None and left is None and not units:
            return None
        return held, whole, left, taken or now, units

    def number(self, state: KeywordState | None) -> int:
        """Return the number of what the message comes to if it ends here; NOTHING leaves it to later steps."""
        if state is None:
            return NOTHING
        held, whole, left, taken, units = state
        if whole is not None and whole in self._keywords:
            return self._keywords[whole][0].number
        said, now = self._filler.end(held)
        for each in said:
            left, units = self._say(left, units, each)
        if (taken or now) and left is not None and left in self._keywords:
            return self._keywords[left][1].number
        repeated = [key for key, filled, again in units if again and not filled]
        best = min(repeated, default=None, key=lambda key: (self._keywords[key][1].rank, -len(key)))
        return NOTHING if best is None else self._keywords[best][1].number

    def places(self, state: KeywordState) -> tuple[set[str], set[tuple[str, int]]]:
        """Return the beginnings of keys that more tokens may go on with, and how much of what keywords is repeated."""
        held, whole, left, _, units = state
        beginnings, filled = {whole, left}, {(key, place) for key, place, _ in units}
        if held:
            said, _ = self._filler.end(held)
            for each in said:
                left, units = self._say(left, units, each)
            beginnings.add(left)
            filled |= {(key, place) for key, place, _ in units}
        return {each for each in beginnings if each is not None}, filled

    def _longer(self, text: str | None, token: str) -> str | None:
        longer = None if text is None else text + token
        return longer if longer in self._beginnings else None

    def _say(
        self, left: str | None, units: frozenset[Unit], token: str
    ) -> tuple[str | None, frozenset[Unit]]:
        left = self._longer(left, token)
        if left is None and not units:
            return left, units
        found = set(_repeating(units, token))
        if left is not None and left in self._keywords:
            found.add((left, 0, False))
        return left, frozenset(found)


def _repeating(units: Iterable[Unit], token: str) -> Iterator[Unit]:
    for key, filled, again in units:
        if key.startswith(token, filled):
            end = filled + len(token)
            yield (key, 0, True) if end == len(key) else (key, end, again)
