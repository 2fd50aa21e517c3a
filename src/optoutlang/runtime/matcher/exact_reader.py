"""Decides messages that are a keyword as they stand, from the first part of an artefact, while the rest is not decoded.

The first step alone decides these (`steps`), whatever the others would find, so
the answer is that of the whole program. What is no keyword of the first part
is left to all steps without anything decoded.
"""

from __future__ import annotations

from optoutlang.runtime.canonical import key as key_of
from optoutlang.runtime.matcher.answers import Answers
from optoutlang.runtime.matcher.reader import Reader
from optoutlang.runtime.matcher.steps import ExactStep
from optoutlang.runtime.program.artefact import Opened
from optoutlang.runtime.terms import Decision

LONGEST = 256
"""Messages with more characters are left to all steps: no keyword is so long, and reading them twice costs time."""

MOST_KEPT = 64
"""So many keywords are kept ready to answer; when there are more, all are forgotten."""


class ExactReader:
    """Asks the first step alone, in the contexts of an artefact; threads may share it."""

    __slots__ = ("_countries", "_opened", "_readers")

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._countries = frozenset(opened.countries)
        self._readers: dict[tuple[str, str | None], Reader] = {}

    def decide(self, text: str, country: str | None, preferred: str | None) -> Decision | None:
        """Return what a message means that is a keyword as it stands; None for all others, whatever they mean.

        Raises:
            ArtefactError: the keyword or a reply is malformed.
        """
        if len(text) > LONGEST:
            return None
        scope = country if country in self._countries else None
        reader = self._reader(key_of(text), scope)
        return None if reader is None else reader.decide(text, preferred)

    def _reader(self, key: str, country: str | None) -> Reader | None:
        """Return what answers one keyword in one context; None if there is none."""
        known = self._readers.get((key, country))
        if known is not None:
            return known
        program = self._opened.keyword(key, country)
        if program is None:
            return None
        if len(self._readers) >= MOST_KEPT:
            self._readers.clear()
        answers = Answers(program, self._opened.digest, program.context(country))
        made = Reader([[ExactStep(program, 0)]], answers)
        self._readers[key, country] = made
        return made
