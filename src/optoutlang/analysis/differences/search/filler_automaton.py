"""Filler taken out token by token: what `matcher.filler` does with a whole message, with a bounded look ahead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from optoutlang.analysis.differences.reading import Row

NO_TOKENS: Row = ()


class FillerAutomaton:
    """Its state is the tokens that may yet turn out to be filler; leftmost first, the longest at each place."""

    __slots__ = ("_beginnings", "_fillers", "_steps", "tokens")

    def __init__(self, fillers: Iterable[Row]) -> None:
        self._fillers = frozenset(fillers)
        self._beginnings = {each[:end] for each in self._fillers for end in range(1, len(each))}
        self.tokens = {token for each in self._fillers for token in each}
        self._steps: dict[tuple[Row, str], tuple[Row, Row, bool]] = {}

    def step(self, held: Row, token: str) -> tuple[Row, Row, bool]:
        """Return what is held after one more token, what is said by then, and whether filler was taken out."""
        if not held and token not in self.tokens:
            return NO_TOKENS, (token,), False
        known = self._steps.get((held, token))
        if known is None:
            known = self._steps[held, token] = self._read((*held, token), last=False)
        return known

    def end(self, held: Row) -> tuple[Row, bool]:
        """Return what is said when the message ends, and whether filler was taken out."""
        _, said, taken = self._read(held, last=True)
        return said, taken

    def continues(self, held: Row, token: str) -> bool:
        """Tell whether a token may still be part of filler that what is held begins."""
        longer = (*held, token)
        return longer in self._beginnings or longer in self._fillers

    def _read(self, held: Row, *, last: bool) -> tuple[Row, Row, bool]:
        said: list[str] = []
        taken = False
        while held and (last or held not in self._beginnings):
            length = self._longest(held)
            taken = taken or length > 0
            said += held[: 0 if length else 1]
            held = held[length or 1 :]
        return held, tuple(said), taken

    def _longest(self, held: Sequence[str]) -> int:
        lengths = range(len(held), 0, -1)
        return next((each for each in lengths if tuple(held[:each]) in self._fillers), 0)
