"""The statements of a ruleset that its test cases reach, exactly (docs/testing-rules.md).

A case *reaches* a statement if the answer to its message would be another
without the statement: the action, the keyword or phrase named, how it matched,
the language, the reply, or the line that decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from optoutlang.analysis.adequacy.edits import Change, Edit, drop, own_statements
from optoutlang.analysis.adequacy.workbench import Bench
from optoutlang.language.model.pattern import Choice, Gap, Member, Pattern, Text, rows
from optoutlang.language.model.ruleset import Example
from optoutlang.language.model.statement import Claim, Frame, Phrase, Statement
from optoutlang.runtime.program import UnprotectedWordError

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One statement in one scope, and the cases that reach it.

    `alternatives` counts the rows that a sentence, phrase, exception or frame
    is written out into, and `alternatives_reached` those that some
    case reaches; both are 0 for other statements.
    """

    statement: Statement
    reached_by: tuple[Example, ...]
    alternatives: int = 0
    alternatives_reached: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """What test cases reach of a ruleset's statements, kind by kind, in order of place."""

    points: tuple[Point, ...]

    @property
    def reached(self) -> tuple[Point, ...]:
        """The statements that some case reaches."""
        return tuple(each for each in self.points if each.reached_by)

    @property
    def missed(self) -> tuple[Point, ...]:
        """The statements that no case reaches."""
        return tuple(each for each in self.points if not each.reached_by)

    @property
    def percent(self) -> float:
        """How many of a hundred statements are reached; 100 where there is none to reach."""
        return 100 * len(self.reached) / len(self.points) if self.points else 100.0


def cover(bench: Bench, examples: Sequence[Example], *, every_file: bool = False) -> Coverage:
    """Return what test cases reach of the root file's own statements, or of those of every file."""
    statements = own_statements(bench.ruleset, every_file=every_file)
    return Coverage(tuple(_point(bench, each, examples) for each in statements))


def reached_by(
    bench: Bench, statement: Statement, examples: Sequence[Example]
) -> tuple[Example, ...]:
    """Return the cases that reach a statement, in their order."""
    try:
        reaching = {each for each, _ in bench.changed(drop(statement), examples)}
    except UnprotectedWordError:  # without it there is no ruleset: reached by what names it
        reaching = {each for each in examples if _names(bench, statement, each)}
    return tuple(each for each in examples if each in reaching)


def _names(bench: Bench, statement: Statement, example: Example) -> bool:
    decision = bench.decision(example)
    return (
        isinstance(statement, Claim)
        and decision is not None
        and (decision.keyword, decision.rule) == (statement.word, statement.place.rule)
    )


def _point(bench: Bench, statement: Statement, examples: Sequence[Example]) -> Point:
    reaching = reached_by(bench, statement, examples)
    if isinstance(statement, Frame):
        rows_of_parts = tuple(dict.fromkeys(statement.pattern.written_out()))
        count = sum(
            _reaches_row(bench, statement, rows_of_parts, place, examples)
            for place in range(len(rows_of_parts))
        )
        return Point(statement, reaching, len(rows_of_parts), count)
    if not isinstance(statement, Phrase):
        return Point(statement, reaching)
    alternatives = _alternatives(bench, statement)
    reached = sum(_reaches(bench, statement, rows, examples) for rows in alternatives)
    return Point(statement, reaching, len(alternatives), reached)


def _alternatives(bench: Bench, phrase: Phrase) -> tuple[frozenset[Row], ...]:
    """Return the rows of tokens of a phrase, those together that are the same without filler."""
    by_remainder: dict[Row, set[Row]] = defaultdict(set)
    for row in rows(phrase.pattern):
        by_remainder[bench.without_filler(phrase.scope, row) or row].add(row)
    return tuple(map(frozenset, by_remainder.values()))


def _reaches(
    bench: Bench,
    phrase: Phrase,
    alternative: frozenset[Row],
    examples: Sequence[Example],
) -> bool:
    """Tell whether some case would be answered otherwise without one alternative of a phrase."""
    alone = replace(phrase, pattern=_written_out(alternative))
    occurring = bench.touched(drop(alone), examples)
    if not occurring:
        return False
    others = frozenset(rows(phrase.pattern)) - alternative
    shorter = replace(phrase, pattern=_written_out(others)) if others else None
    without = Edit((Change(phrase, shorter),))
    return next(bench.changed(without, occurring), None) is not None


def _reaches_row(
    bench: Bench,
    frame: Frame,
    written: tuple[tuple[Text | Member | Gap, ...], ...],
    place: int,
    examples: Sequence[Example],
) -> bool:
    """Tell whether some case would be answered otherwise without one row of a frame."""
    others = tuple(map(Pattern, written[:place] + written[place + 1 :]))
    shorter = replace(frame, pattern=Pattern((Choice(others),))) if others else None
    return next(bench.changed(Edit((Change(frame, shorter),)), examples), None) is not None


def _written_out(alternatives: frozenset[Row]) -> Pattern:
    texts = (Pattern((Text(" ".join(row)),)) for row in sorted(alternatives))
    return Pattern((Choice(tuple(texts)),))
