"""Token sequences of phrases and how they meet, for the checks that compare phrases."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject
from optoutlang.runtime.program import Filler

Row = tuple[str, ...]


def filler_of(subject: Subject, scope: str | None) -> Filler:
    """Return the filler of a context."""
    return Filler(" ".join(each.tokens) for each in subject.tables[scope].fillers)


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
