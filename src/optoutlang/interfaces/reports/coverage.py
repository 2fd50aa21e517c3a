"""The coverage of a ruleset's statements by its test cases, as text and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from optoutlang.analysis.adequacy.cover import Coverage, Point
from optoutlang.analysis.adequacy.minimal import Suite
from optoutlang.analysis.adequacy.suggestions import pasteable
from optoutlang.interfaces.reports.statements import describe
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statements import KINDS
from optoutlang.runtime.terms.json import Json


def as_text(ruleset: Ruleset, found: Coverage) -> str:
    """Return a line for each kind of statement, one for each statement that no case reaches, and the sum."""
    lines = [click.style(ruleset.name, bold=True), *_kinds(found)]
    for point in found.missed:
        missed = click.style("not reached", fg="red")
        lines.append(f"  {missed}  {point.statement.place.rule}: {describe(point.statement)}")
    sum_of = f"{len(found.reached)} of {len(found.points)} statements reached"
    cases = len(ruleset.examples)
    closing = f"{sum_of} by {cases} case{'' if cases == 1 else 's'}: {found.percent:.1f} %"
    color = "red" if found.missed else "green"
    return "\n".join((*lines, click.style(closing, fg=color, bold=True)))


def _kinds(found: Coverage) -> Iterator[str]:
    for kind in KINDS:
        points = [each for each in found.points if type(each.statement) is kind]
        if points:
            reached = sum(bool(each.reached_by) for each in points)
            yield f"  {kind.label:<13}  {reached} of {len(points)}{_alternatives(points)}"


def _alternatives(points: list[Point]) -> str:
    every = sum(each.alternatives for each in points)
    reached = sum(each.alternatives_reached for each in points)
    return f", written out {reached} of {every}" if every else ""


def as_json(ruleset: Ruleset, found: Coverage, minimal: str | None) -> str:
    """Return one JSON object: the sum, every statement with the cases that reach it, and a smallest suite."""
    report: dict[str, Json] = {
        "version": 1,
        "ruleset": ruleset.name,
        "percent": found.percent,
        "reached": len(found.reached),
        "statements": [_object(each) for each in found.points],
    }
    if minimal is not None:
        report["minimal"] = minimal
    return json.dumps(report, indent=2)


def suite_text(suite: Suite) -> str:
    """Return a suite as a `test` block, below a comment that says what it reaches and what nothing reached."""
    coverage, cases = suite.coverage, len(suite.cases)
    optimal = "no fewer of them do" if suite.smallest else "greedy: fewer of them may do"
    reached = f"{len(coverage.reached)} of {len(coverage.points)} statements reached"
    lines = [
        f"# {reached} by {cases} of {suite.tried} cases tried; {optimal}.",
        *(
            f"# Not reached: {each.statement.place.rule}: {describe(each.statement)}"
            for each in coverage.missed
        ),
    ]
    return "\n".join((*lines, pasteable("what the rules say", suite.cases) if cases else ""))


def _object(point: Point) -> Json:
    found: dict[str, Json] = {
        "kind": point.statement.label,
        "statement": describe(point.statement),
        "country": point.statement.scope,
        "rule": point.statement.place.rule,
        "reached_by": [
            {"test": each.test, "message": each.message, "rule": each.place.rule}
            for each in point.reached_by
        ],
    }
    if point.alternatives:
        found |= {
            "alternatives": point.alternatives,
            "alternatives_reached": point.alternatives_reached,
        }
    return found
