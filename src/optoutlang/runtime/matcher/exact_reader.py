"""Decides messages that are a keyword as they stand, from the first part of an artefact, while the rest is not decoded.

The first step alone decides these (`steps`), whatever the others would find, so
the answer is that of the whole program.
"""

from __future__ import annotations

from optoutlang.runtime.matcher.answers import Answers
from optoutlang.runtime.matcher.reader import Reader
from optoutlang.runtime.matcher.steps import ExactStep
from optoutlang.runtime.program.artefact import Opened
from optoutlang.runtime.terms import Decision

LONGEST = 256
"""Messages with more characters are left to all steps: no keyword is so long, and reading them twice costs time."""


class ExactReader:
    """Asks the first step alone, in the contexts of an artefact; threads may share it."""

    __slots__ = ("_countries", "_opened", "_readers")

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._countries = frozenset(opened.countries)
        self._readers: dict[str | None, Reader] = {}

    def decide(self, text: str, country: str | None, preferred: str | None) -> Decision | None:
        """Return what a message means that is a keyword as it stands; None for all others, whatever they mean.

        Raises:
            ArtefactError: keywords or replies are malformed.
        """
        if len(text) > LONGEST:
            return None
        scope = country if country in self._countries else None
        reader = self._readers.get(scope)
        if reader is None:
            reader = self._readers.setdefault(scope, self._reader(scope))
        return reader.decide(text, preferred)

    def _reader(self, country: str | None) -> Reader:
        program = self._opened.keywords(country)
        answers = Answers(program, self._opened.digest, program.context(country))
        return Reader([[ExactStep(program, 0)]], answers)
