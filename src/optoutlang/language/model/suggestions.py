"""`suggest` statements: the ways to match that do not decide (docs/language.md §5)."""

from __future__ import annotations

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Label
from optoutlang.language.diagnostics.suggest import closest
from optoutlang.language.model.collector import Collector
from optoutlang.language.model.findings import Findings
from optoutlang.language.model.statement import Origin, Suggestion
from optoutlang.language.syntax.tree import Word, WordList
from optoutlang.runtime.terms.action import SUGGESTIONS, MatchedBy

NONE = "none"
"""The word that ends what a weaker file or the base suggests."""


class Suggestions:
    """Reads the `suggest` statements of one file."""

    def __init__(self, file: int, findings: Findings, collector: Collector) -> None:
        self._file = file
        self._findings = findings
        self._collector = collector

    def read(self, statement: WordList, scopes: tuple[str | None, ...]) -> None:
        """Take in a statement for some scopes; a second one of one scope is an error."""
        ways = self._ways(statement.words)
        place = self._findings.place(statement.span)
        for scope in scopes:
            origin = Origin(self._file, scope, place)
            first = self._collector.stated(Suggestion, self._file, scope)
            if first is not None:
                self._findings.add(
                    codes.REPEATED_SUGGESTION,
                    f"`suggest` stands twice for {scope or 'the base'} in this file",
                    place,
                    related=(Label(first.place, "stated here first"),),
                    help="write one list",
                )
            elif ways is not None:
                self._collector.add_once(Suggestion(origin, ways))

    def _ways(self, words: tuple[Word, ...]) -> frozenset[MatchedBy] | None:
        """Return what a list names, or collect an error for each word that names nothing and return None."""
        if [word.value for word in words] == [NONE]:
            return frozenset()
        unknown = [word for word in words if word.value not in SUGGESTIONS]
        for word in unknown:
            near = closest(word.value, [*SUGGESTIONS])
            listed = ", ".join(f"`{name}`" for name in SUGGESTIONS)
            self._findings.add(
                codes.UNKNOWN_WAY,
                f"`{word.value}` is no way to match that can suggest",
                self._findings.place(word.span),
                help=f"did you mean `{near}`?"
                if near
                else f"it is one of {listed}, or `none` alone",
                fix=self._findings.replacing(word, near),
            )
        return None if unknown else frozenset(SUGGESTIONS[word.value] for word in words)
