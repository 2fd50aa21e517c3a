"""O304 useless-exception: an `except` that can overlap no phrase of its action.

Two rows of tokens can overlap in a message if one is part of the other, or if
one begins with what the other ends with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from optoutlang.language.checks.phrases.rows import Row, filler_of, parts, without_filler
from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.runtime.terms.action import Action


@dataclass(frozen=True, slots=True)
class _Shapes:
    """What the rows of an action's phrases are, begin with, end with and contain."""

    whole: frozenset[Row]
    beginnings: frozenset[Row]
    endings: frozenset[Row]
    inner: frozenset[Row]

    def overlap(self, row: Row) -> bool:
        """Tell whether some message holds the row and one of the phrases on a common token."""
        lengths = range(1, len(row) + 1)
        return (
            row in self.inner
            or any(row[-length:] in self.beginnings for length in lengths)
            or any(row[:length] in self.endings for length in lengths)
            or any(part in self.whole for part in parts(row))
        )


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each exception of the root file that excludes nothing anywhere."""
    shapes: dict[tuple[str | None, Action], _Shapes] = {}
    for exception in subject.ruleset.exceptions:
        if not subject.is_root(exception):
            continue
        useful = False
        for scope in subject.contexts(exception.scope):
            where = (scope, exception.action)
            if where not in shapes:
                shapes[where] = _shapes(subject, scope, exception.action)
            rows = without_filler(exception, filler_of(subject, scope))
            useful = useful or any(shapes[where].overlap(row) for row in rows)
        if not useful:
            yield Diagnostic(
                codes.USELESS_EXCEPTION,
                f"this exception overlaps no {exception.action.value} phrase",
                Label(exception.place, "excludes nothing"),
                help="take it out, or write the phrase that it is an exception to",
            )


def _shapes(subject: Subject, scope: str | None, action: Action) -> _Shapes:
    filler = filler_of(subject, scope)
    whole = {
        row
        for phrase in subject.tables[scope].phrases
        if phrase.action is action
        for row in without_filler(phrase, filler)
    }
    lengths = [(row, length) for row in whole for length in range(1, len(row) + 1)]
    return _Shapes(
        frozenset(whole),
        frozenset(row[:length] for row, length in lengths),
        frozenset(row[-length:] for row, length in lengths),
        frozenset(part for row in whole for part in parts(row)),
    )
