"""Mutants of a policy against its own tests: each one killed, proved equivalent, or alive with a witness.

A mutant is *killed* by a test case that holds of the policy and not of the
mutant. What no case kills is compared with the policy by `difference.diff`: no
difference is a proof that the mutant means the same for every message. A
survivor has a witness: a message that tells the two apart, the changed
statement's own words if they do, else a shortest message of all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from optoutlang.analysis.adequacy.mutants import Mutant, mutants
from optoutlang.analysis.adequacy.probes import probes
from optoutlang.analysis.adequacy.workbench import Bench
from optoutlang.analysis.differences.change import Change
from optoutlang.analysis.differences.difference import diff
from optoutlang.language.driver.examples import holds
from optoutlang.language.model.ruleset import Example
from optoutlang.language.model.statement import Frame, Guard, WordClass
from optoutlang.runtime.terms.decision import Decision


class Fate(Enum):
    """What became of a mutant."""

    KILLED = "killed"
    EQUIVALENT = "equivalent"
    SURVIVED = "survived"
    UNSETTLED = "not settled"


@dataclass(frozen=True, slots=True)
class Witness:
    """A message that a ruleset and a mutant answer differently: what it means before, and after."""

    message: str
    country: str | None
    prefer: str | None
    before: Decision | None
    after: Decision | None
    button: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """A mutant and its fate: the case that killed it, or the witnesses of what no case sees."""

    mutant: Mutant
    fate: Fate
    killer: Example | None = None
    witnesses: tuple[Witness, ...] = ()


@dataclass(frozen=True, slots=True)
class Mutation:
    """The verdicts on all mutants of a ruleset, kind by kind, in order of place."""

    verdicts: tuple[Verdict, ...]

    def count(self, fate: Fate) -> int:
        """Return how many mutants met a fate."""
        return sum(each.fate is fate for each in self.verdicts)

    @property
    def survivors(self) -> tuple[Verdict, ...]:
        """The mutants that mean something else and that no test sees."""
        return tuple(each for each in self.verdicts if each.fate is Fate.SURVIVED)

    @property
    def score(self) -> float:
        """How many of a hundred mutants that are not proved equivalent are killed; 100 where there is none."""
        killed = self.count(Fate.KILLED)
        alive = self.count(Fate.SURVIVED) + self.count(Fate.UNSETTLED)
        return 100 * killed / (killed + alive) if killed + alive else 100.0


def mutate(bench: Bench, *, every_file: bool = False) -> Mutation:
    """Return what became of the mutants of the root file's own statements, or of those of every file.

    The tests of the bench's ruleset must pass.
    """
    found = mutants(bench.ruleset, every_file=every_file)
    return Mutation(tuple(_verdict(bench, each) for each in found))


def _verdict(bench: Bench, mutant: Mutant) -> Verdict:
    killer = next(killers(bench, mutant, bench.ruleset.examples), None)
    if killer is not None:
        return Verdict(mutant, Fate.KILLED, killer)
    seen = next(_probed(bench, mutant), None)
    if seen is not None:
        return Verdict(mutant, Fate.SURVIVED, witnesses=(seen,))
    return _compared(bench, mutant)


def _probed(bench: Bench, mutant: Mutant) -> Iterator[Witness]:
    """Yield witnesses among the statement's own words: where there is one, nothing needs to be searched."""
    for statement in (mutant.statement, mutant.becomes):
        cases = () if statement is None else probes(bench.ruleset, statement)
        for case, after in bench.changed(mutant.edit, cases):
            before = bench.decision(case)
            if _stated(before) != _stated(after):
                yield Witness(case.message, case.country, case.prefer, before, after, case.button)


def _stated(decision: Decision | None) -> tuple[object, ...] | None:
    """Return what a test case can state of a decision."""
    if decision is None:
        return None
    return decision.label, decision.language, decision.reply


def _compared(bench: Bench, mutant: Mutant) -> Verdict:
    # `diff` does not compare frames, so that nothing proves two of them equal.
    settled = not isinstance(mutant.statement, Frame | Guard | WordClass)
    for countries in _contexts(bench, mutant):
        old, new = bench.original(countries), bench.program(mutant.edit, countries)
        if old != new:
            found = diff(old, new)
            if found.changes:
                seen = tuple(map(_witness, found.changes))
                return Verdict(mutant, Fate.SURVIVED, witnesses=seen)
            settled = settled and found.equal
    return Verdict(mutant, Fate.EQUIVALENT if settled else Fate.UNSETTLED)


def _witness(change: Change) -> Witness:
    prefer = next(iter(change.languages), None)
    return Witness(
        change.witness, change.countries[0], prefer, change.before, change.after, change.button
    )


def killers(bench: Bench, mutant: Mutant, examples: tuple[Example, ...]) -> Iterator[Example]:
    """Yield the cases, all of which hold of the bench's ruleset, that fail for a mutant."""
    for example, decision in bench.changed(mutant.edit, examples):
        if not holds(example, decision):
            yield example


def _contexts(bench: Bench, mutant: Mutant) -> Iterator[tuple[str, ...]]:
    """Yield the countries to compare beside the base, few first: most mutants of the base show there."""
    countries = tuple(sorted(each for each in mutant.edit.scopes if each is not None))
    yield countries
    if None in mutant.edit.scopes and len(countries) < len(bench.ruleset.countries):
        yield bench.ruleset.countries
