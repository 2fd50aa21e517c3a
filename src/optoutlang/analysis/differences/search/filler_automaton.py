"""Filler taken out token by token: a transducer that does what `program.filler` does with a whole message.

Its state is a buffer: the tokens that may yet turn out to be filler. After one
more token it puts out what is known to be none. Fillers are finite, so the
buffer is bounded.
"""

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

    def step(self, buffer: Row, token: str) -> tuple[Row, Row, bool]:
        """Return the buffer after one more token, the tokens put out by then, and whether filler was taken out."""
        if not buffer and token not in self.tokens:
            return NO_TOKENS, (token,), False
        known = self._steps.get((buffer, token))
        if known is None:
            known = self._steps[buffer, token] = self._read((*buffer, token), last=False)
        return known

    def end(self, buffer: Row) -> tuple[Row, bool]:
        """Return the tokens put out when the message ends, and whether filler was taken out."""
        _, output, taken = self._read(buffer, last=True)
        return output, taken

    def _read(self, buffer: Row, *, last: bool) -> tuple[Row, Row, bool]:
        output: list[str] = []
        taken = False
        while buffer and (last or buffer not in self._beginnings):
            length = self._longest(buffer)
            taken = taken or length > 0
            output += buffer[: 0 if length else 1]
            buffer = buffer[length or 1 :]
        return buffer, tuple(output), taken

    def _longest(self, buffer: Sequence[str]) -> int:
        lengths = range(len(buffer), 0, -1)
        return next((each for each in lengths if tuple(buffer[:each]) in self._fillers), 0)
