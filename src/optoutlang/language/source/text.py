"""A source text, and the only place where offsets become lines and columns."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from optoutlang.language.source.span import Span


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A line and a column, both counted from 1; a column is one code point."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class SourceText:
    r"""The text of one `.optout` file.

    `name` is what the artefact and a decision's `rule` say: the same on every
    machine (`acme.optout`, `pack:us/us.optout`). `path` is what a person who
    runs the command sees in diagnostics; it defaults to the name.
    Lines end with `\n` alone: the reader has turned `\r\n` into `\n`.
    """

    name: str
    text: str
    path: str = ""
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.path:
            object.__setattr__(self, "path", self.name)
        starts = [0]
        starts += [offset + 1 for offset, each in enumerate(self.text) if each == "\n"]
        object.__setattr__(self, "_starts", tuple(starts))

    @property
    def end(self) -> Span:
        """The empty span behind the last character: where a file ends too soon."""
        return Span(len(self.text), len(self.text))

    def position(self, offset: int) -> Position:
        """Return the line and column of a code-point offset, `0 <= offset <= len(text)`."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """Return the text of a line (counted from 1) without its line end."""
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self.text)
        return self.text[start:end]
