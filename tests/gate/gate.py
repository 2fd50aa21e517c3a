"""The fuzzed core, held against what the steps in Python find."""

from __future__ import annotations

import os
from unittest.mock import patch

from optoutlang.runtime import native
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.matcher.answers import Answers
from optoutlang.runtime.matcher.prefilter import Prefilter
from optoutlang.runtime.matcher.pure_prefilter import PurePrefilter
from optoutlang.runtime.matcher.reader import Reader
from optoutlang.runtime.matcher.steps import STEPS, make_steps
from optoutlang.runtime.program import Program
from optoutlang.runtime.program.artefact import digest
from optoutlang.runtime.terms import COUNTRIES, Decision


class Gate:
    """The steps of a program, asked alone and behind the compiled core."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._steps = make_steps(program)
        self._prefilter = Prefilter(program)
        content = digest(program)
        answers = {
            country: Answers(program, content, context)
            for country, context in program.contexts().items()
        }
        self._matcher = Matcher(program)
        self._pure_matcher = _pure_matcher(program)
        self._alone = {country: Reader(self._steps, each) for country, each in answers.items()}
        sieve = PurePrefilter(program)
        self._pure = {
            country: Reader(self._steps, each, sieve) for country, each in answers.items()
        }
        self._native = {
            country: Reader(self._steps, each, self._prefilter) for country, each in answers.items()
        }

    def steps(self, text: str, country: str | None) -> int:
        """Return the places of the steps that are asked where the core lets some pass, as bits."""
        reader = self._native[self.program.context(country).country]
        return reader.with_topics(reader.may_find(text, reader.hint))

    def pure(self, text: str, country: str | None) -> Decision | None:
        """Return the decision in Python alone, with its early exits."""
        return self._pure[self.program.context(country).country].decide(text, None)

    def pure_steps(self, text: str, country: str | None) -> int:
        """Return the places of the steps that are asked in Python alone, as bits."""
        reader = self._pure[self.program.context(country).country]
        return reader.with_topics(reader.may_find(text, reader.hint))

    def differences(self, text: str, country: str | None) -> list[str]:
        """Return the steps that find something although the core rules them out, and whether decisions differ."""
        context = self.program.context(country)
        places = self.steps(text, country)
        message = self._pure[context.country].message(text)
        found = []
        for by, asked in (("the core", places), ("Python", self.pure_steps(text, country))):
            found += [
                f"{STEPS[place][number].__name__} is missed by {by}"
                for place, together in enumerate(self._steps)
                if not asked >> place & 1
                for number, step in enumerate(together)
                if step.applies(context) and step.least(message, context) is not None
            ]
        alone = self._alone[context.country].decide(text, None)
        if alone != self.pure(text, country):
            found.append("another decision by early exits")
        if places and alone != self._native[context.country].decide(text, None):
            found.append("another decision")
        code = country if country in COUNTRIES else context.country
        for name, matcher in (("the fast path", self._matcher), ("Python", self._pure_matcher)):
            twice = [matcher.match(text, country=code) for _ in range(2)]  # it may be kept
            if twice != [alone, alone]:
                found.append(f"another decision by {name}")
        return found


def _pure_matcher(program: Program) -> Matcher:
    """Return a matcher that does not use the compiled core."""
    with patch.dict(os.environ, {native.PURE: "1"}):
        return Matcher(program)
