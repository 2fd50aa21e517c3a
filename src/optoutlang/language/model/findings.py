"""The diagnostics that a pass collects while it reads one file."""

from __future__ import annotations

from collections.abc import Sequence

from optoutlang.language.diagnostics.diagnostic import Code, Diagnostic, Edit, Fix, Label
from optoutlang.language.source.place import Place
from optoutlang.language.source.span import Span
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.tree import Word


class Findings:
    """The diagnostics of one file, in the order found."""

    def __init__(self, source: SourceText) -> None:
        self._source = source
        self._found: list[Diagnostic] = []

    @property
    def found(self) -> tuple[Diagnostic, ...]:
        """All diagnostics so far."""
        return tuple(self._found)

    def place(self, span: Span) -> Place:
        """Return a place in this file."""
        return Place(self._source, span)

    def inside(self, word: Word, start: int, end: int) -> Place:
        """Return the place of `word.value[start:end]`; the whole word if escapes hide where that is."""
        if word.quoted and word.span.end - word.span.start == len(word.value) + 2:
            offset = word.span.start + 1
            return self.place(Span(offset + start, offset + end))
        return self.place(word.span)

    def add(
        self,
        code: Code,
        message: str,
        place: Place,
        *,
        label: str = "",
        related: tuple[Label, ...] = (),
        help: str | None = None,  # noqa: A002  # the field's name
        fix: Fix | None = None,
    ) -> None:
        """Collect a diagnostic."""
        primary = Label(place, label)
        self._found.append(Diagnostic(code, message, primary, related, help=help, fix=fix))

    def replacing(self, word: Word, suggestion: str | None) -> Fix | None:
        """Return the fix that writes a suggestion in a name's place; names stand without quotes."""
        if suggestion is None:
            return None
        return Fix(f"write `{suggestion}`", (Edit(self.place(word.span), suggestion),))

    def dropping(self, words: Sequence[Word], index: int, statement: Span) -> Fix | None:
        """Return the fix that takes one word out of a list, or the whole statement with its last word.

        None where a comment would go with it.
        """
        title = f"take `{words[index].value}` out"
        if len(words) == 1:
            span = statement
        elif index == 0:
            span = Span(words[0].span.start, words[1].span.start)
        else:
            span = Span(words[index - 1].span.end, words[index].span.end)
        gone = self._source.text[span.start : span.end]
        if "\n" in gone and "#" in gone:
            return None
        return Fix(title, (Edit(self.place(span), ""),))
