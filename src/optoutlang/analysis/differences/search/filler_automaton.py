"""Filler taken out token by token: a transducer that does what `program.filler` does with a whole message.

Its state is a buffer: the tokens that may yet turn out to be filler. After one
more token it puts out what is known to be none. Fillers are finite, so the
buffer is bounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from optoutlang.analysis.differences.reading import Row

NO_TOKENS: Row = ()

Settled = tuple[tuple[str, bool], ...]
"""Tokens in their order, and whether each is kept: False for filler."""


class FillerAutomaton:
    """Its state is the tokens that may yet turn out to be filler; leftmost first, the longest at each place."""

    __slots__ = ("_beginnings", "_fillers", "_steps", "tokens")

    def __init__(self, fillers: Iterable[Row]) -> None:
        self._fillers = frozenset(fillers)
        self._beginnings = {each[:end] for each in self._fillers for end in range(1, len(each))}
        self.tokens = {token for each in self._fillers for token in each}
        self._steps: dict[tuple[Row, str], tuple[Row, Settled]] = {}

    def step(self, buffer: Row, token: str) -> tuple[Row, Row, bool]:
        """Return the buffer after one more token, the tokens put out by then, and whether filler was taken out."""
        buffer, settled = self.settle(buffer, token)
        output = tuple(each for each, kept in settled if kept)
        return buffer, output, len(output) < len(settled)

    def end(self, buffer: Row) -> tuple[Row, bool]:
        """Return the tokens put out when the message ends, and whether filler was taken out."""
        output = tuple(each for each, kept in self.settle_all(buffer) if kept)
        return output, len(output) < len(buffer)

    def settle(self, buffer: Row, token: str) -> tuple[Row, Settled]:
        """Return the buffer after one more token, and the tokens of which it is known by then if they are filler."""
        if not buffer and token not in self.tokens:
            return NO_TOKENS, ((token, True),)
        known = self._steps.get((buffer, token))
        if known is None:
            known = self._steps[buffer, token] = self._read((*buffer, token), last=False)
        return known

    def settle_all(self, buffer: Row) -> Settled:
        """Return the tokens of a buffer, and whether each is kept, if nothing follows."""
        return self._read(buffer, last=True)[1]

    def _read(self, buffer: Row, *, last: bool) -> tuple[Row, Settled]:
        settled: list[tuple[str, bool]] = []
        while buffer and (last or buffer not in self._beginnings):
            length = self._longest(buffer)
            settled += ((each, not length) for each in buffer[: length or 1])
            buffer = buffer[length or 1 :]
        return buffer, tuple(settled)

    def _longest(self, buffer: Sequence[str]) -> int:
        lengths = range(len(buffer), 0, -1)
        return next((each for each in lengths if tuple(buffer[:each]) in self._fillers), 0)
