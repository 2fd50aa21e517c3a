"""A smallest suite of test cases that reaches what can be reached: of the ruleset's own cases and of likely ones."""

from __future__ import annotations

from dataclasses import dataclass, replace

from optoutlang.analysis.adequacy.cover import Coverage, cover
from optoutlang.analysis.adequacy.edits import Part, own_statements
from optoutlang.analysis.adequacy.probes import probes
from optoutlang.analysis.adequacy.set_cover import set_cover
from optoutlang.analysis.adequacy.suggestions import stated
from optoutlang.analysis.adequacy.workbench import Bench
from optoutlang.language.model.ruleset import Example


@dataclass(frozen=True, slots=True)
class Suite:
    """Cases that hold of a ruleset and reach all that any of the `tried` cases reaches.

    `coverage` is what they reach; `smallest` tells that no fewer of those tried do.
    """

    cases: tuple[Example, ...]
    coverage: Coverage
    tried: int
    smallest: bool


def minimal(bench: Bench, *, every_file: bool = False) -> Suite:
    """Return a small suite for the root file's own statements, or for those of every file."""
    tried = _tried(bench, every_file=every_file)
    points = cover(bench, tried, every_file=every_file).points
    reached = {case: frozenset[int]() for case in tried}
    replies = set()
    for number, point in enumerate(points):
        for case in point.reached_by:
            reached[case] |= {number}
            if point.part is Part.REPLY:
                replies.add(case)
    choice = set_cover(tuple(reached.values()))
    chosen = [tried[index] for index in choice.indices]
    own = frozenset(bench.ruleset.examples)
    cases = tuple(
        each
        if each in own
        else stated(each, bench.decision(each), language=True, reply=each in replies)
        for each in chosen
    )
    kept = tuple(
        replace(point, reached_by=tuple(each for each in point.reached_by if each in chosen))
        for point in points
    )
    return Suite(cases, Coverage(kept), len(tried), choice.smallest)


def _tried(bench: Bench, *, every_file: bool) -> tuple[Example, ...]:
    """Return the ruleset's own cases, then messages made of its statements' words."""
    found = dict.fromkeys(bench.ruleset.examples)
    for _, statement in own_statements(bench.ruleset, every_file=every_file):
        found |= dict.fromkeys(probes(bench.ruleset, statement))
    return tuple(found)
