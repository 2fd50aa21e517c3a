"""A ruleset on the bench: what test cases mean after an edit, compiling no more of it than decides them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from optoutlang.analysis.adequacy.edits import Edit, edited, restricted, without_limits
from optoutlang.analysis.adequacy.impact import Reading, Touch
from optoutlang.analysis.adequacy.slices import Slices
from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.driver.examples import Outcome, run_examples
from optoutlang.language.model.ruleset import Example, Ruleset
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.program import Program
from optoutlang.runtime.terms.decision import Decision

Countries = tuple[str, ...]

NO_DIGEST = "0" * 64
"""Stands for the digest where decisions of different programs are compared."""


class Bench:
    """A ruleset and test cases, its own or others. `matcher` is the ruleset, compiled."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self.matcher = Matcher(from_model(ruleset))
        self._touch = Touch(ruleset)
        self._unlimited = without_limits(ruleset)
        self._slices = Slices(self._unlimited, self._touch.tables)
        self._readings: dict[Example, Reading] = {}
        self._parts: dict[Countries, Ruleset] = {}
        self._programs: dict[Countries, Program] = {}

    def failures(self) -> tuple[Outcome, ...]:
        """Return the outcomes of the ruleset's own cases that fail."""
        return tuple(each for each in run_examples(self.ruleset, self.matcher) if not each.passed)

    def decision(self, example: Example) -> Decision | None:
        """Return what a case's message means before any edit."""
        return self._reading(example).decision

    def changed(
        self, edit: Edit, examples: Iterable[Example]
    ) -> Iterator[tuple[Example, Decision | None]]:
        """Yield the cases whose answer is another after an edit, and what it is then.

        Raises:
            UnprotectedWordError: after the edit STOP, START or HELP would lack its action.
        """
        touched = sorted(self.touched(edit, examples), key=self._context)
        for _, group in groupby(touched, key=self._context):
            cases = tuple(group)
            matcher = Matcher(self._slice(edit, tuple(map(self._reading, cases))))
            for example in cases:
                decision = _answer(matcher, example)
                if decision != self._reading(example).decision:
                    yield example, decision

    def touched(self, edit: Edit, examples: Iterable[Example]) -> list[Example]:
        """Return the cases whose answer an edit may change: all that it does change, and seldom another."""
        return [each for each in examples if self._touch.touches(edit, self._reading(each))]

    def without_filler(self, scope: str | None, row: tuple[str, ...]) -> tuple[str, ...]:
        """Return a row of tokens without the filler of a scope's context."""
        return self._touch.without_filler(scope, row)

    def program(self, edit: Edit, countries: Countries) -> Program:
        """Return the program of the edited ruleset, with the base and some countries alone."""
        return from_model(edited(self._part(countries), edit))

    def original(self, countries: Countries) -> Program:
        """Return the program of the ruleset, with the base and some countries alone."""
        if countries not in self._programs:
            self._programs[countries] = from_model(self._part(countries))
        return self._programs[countries]

    def _slice(self, edit: Edit, readings: tuple[Reading, ...]) -> Program:
        """Return a program that answers some messages of one context as the edited ruleset does."""
        keys = frozenset().union(*(each.keys | each.near for each in readings))
        tokens = frozenset().union(*(each.tokens for each in readings))
        return from_model(self._slices.edited(edit, readings[0].context, keys, tokens))

    def _part(self, countries: Countries) -> Ruleset:
        """Return what counts in the base and some countries."""
        if countries not in self._parts:
            self._parts[countries] = restricted(self._unlimited, countries)
        return self._parts[countries]

    def _context(self, example: Example) -> str:
        """Return what a case shares with others that one program answers."""
        return self._reading(example).context or ""

    def _reading(self, example: Example) -> Reading:
        known = self._readings.get(example)
        if known is None:
            decision = _answer(self.matcher, example)
            known = self._touch.read(example.text, example.country, decision, example.payload)
            self._readings[example] = known
        return known


def _answer(matcher: Matcher, example: Example) -> Decision | None:
    found = matcher.match(
        example.text,
        country=example.country,
        language=example.prefer,
        payload=example.payload,
    )
    return None if found is None else replace(found, digest=NO_DIGEST)
