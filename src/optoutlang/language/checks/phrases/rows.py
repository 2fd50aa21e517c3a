"""The token sequences that phrases stand for in a context, for the checks that compare phrases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from optoutlang.language.checks.subject import Subject
from optoutlang.language.model.pattern import rows
from optoutlang.language.model.ruleset import Phrase
from optoutlang.runtime.program.filler import Filler

Row = tuple[str, ...]


def filler_of(subject: Subject, scope: str | None) -> Filler:
    """Return the filler of a context."""
    return Filler(" ".join(each.tokens) for each in subject.tables[scope].fillers)


def without_filler(phrase: Phrase, filler: Filler) -> Iterator[Row]:
    """Yield the rows of a phrase with filler taken out; a row of nothing but filler is empty."""
    for row in rows(phrase.pattern):
        yield tuple(filler.taken_out(row))


def parts(row: Row) -> Iterator[Row]:
    """Yield every run of tokens in a row, the row itself included."""
    for start in range(len(row)):
        for end in range(start + 1, len(row) + 1):
            yield row[start:end]


def overlap(one: Row, other: Row) -> bool:
    """Tell whether some message holds both rows on a common token."""
    return any(
        one[max(0, shift) : shift + len(other)] == other[max(0, -shift) : len(one) - shift]
        for shift in range(1 - len(other), len(one))
    )


def distinct_fillers(subject: Subject, scope: str | None) -> Iterator[str | None]:
    """Yield one context for each different filler under which a statement of a scope counts."""
    seen = set()
    for each in subject.contexts(scope):
        # By identity: the ruleset holds the statements, and hashing them takes long.
        fillers = tuple(map(id, subject.tables[each].fillers))
        if fillers not in seen:
            seen.add(fillers)
            yield each


def fillers_of(
    subject: Subject, scopes: Iterable[str | None]
) -> dict[str | None, dict[str | None, Filler]]:
    """Return, for each scope, one context for each different filler under which its statements count."""
    return {
        scope: {each: filler_of(subject, each) for each in distinct_fillers(subject, scope)}
        for scope in scopes
    }
