"""A range of one source text together with that text: where a rule or a problem stands."""

from __future__ import annotations

from dataclasses import dataclass

from optoutlang.language.source.span import Span
from optoutlang.language.source.text import Position, SourceText


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the source."""

    source: SourceText
    span: Span

    @property
    def start(self) -> Position:
        """The line and column of the first character."""
        return self.source.position(self.span.start)

    @property
    def end(self) -> Position:
        """The line and column behind the last character."""
        return self.source.position(self.span.end)

    @property
    def rule(self) -> str:
        """The place as decisions and artefacts give it: `file:line`, the same on every machine."""
        return f"{self.source.name}:{self.start.line}"

    @property
    def sort_key(self) -> tuple[str, int, int]:
        """A total order that is the same on every machine."""
        return (self.source.name, self.span.start, self.span.end)
