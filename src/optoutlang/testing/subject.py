"""The subject of `optout fuzz`: a matcher, the source that it should follow, and what went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from optoutlang.language.model.ruleset import Example, Ruleset
from optoutlang.language.reference.decide import meaning
from optoutlang.language.reference.layers import Table, table
from optoutlang.runtime.matcher import Explanation, Matcher
from optoutlang.runtime.terms.country import country_code
from optoutlang.runtime.terms.decision import Decision
from optoutlang.runtime.terms.language import language_tag
from optoutlang.testing.cases import meaning_nothing
from optoutlang.testing.messages import Context, Kind, contexts_of, messages_of, near_misses
from optoutlang.testing.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A message for which a law does not hold: what it must mean, what it means, and a remark."""

    expected: Example
    got: str
    remark: str = ""


class LawBrokenError(Exception):
    """A law does not hold."""

    def __init__(self, counterexample: Counterexample) -> None:
        self.counterexample = counterexample
        super().__init__(counterexample.got)


class Subject:
    """A matcher, and the model of its source where there is one.

    `deployed` tells that the matcher was compiled at another time: its rules
    may stand on other lines. `asked` counts the messages.
    """

    def __init__(
        self, matcher: Matcher, ruleset: Ruleset | None, *, deployed: bool = False
    ) -> None:
        self.matcher = matcher
        self.ruleset = ruleset
        self.deployed = deployed
        words = vocabulary(matcher if ruleset is None else ruleset)
        # Made once: strategies are slower to make than messages.
        self.contexts = contexts_of(words)
        self.messages = messages_of(words)
        self.near_misses = st.sampled_from(words.opt_in).flatmap(near_misses)
        self.wordings = messages_of(
            words, kinds=(Kind.EXACT, Kind.SENTENCE, Kind.PHRASE, Kind.FRAME)
        )
        self.again = Matcher.from_bytes(matcher.to_bytes())
        self.asked = 0
        self._tables: dict[str | None, Table] = {}

    def decide(self, text: str, context: Context) -> Decision | None:
        """Return what the matcher says.

        Raises:
            LawBrokenError: it raises an error, which it must not for any text.
        """
        self.asked += 1
        with _no_error(text, context):
            return self.matcher.match(text, country=context.country, language=context.language)

    def explain(self, text: str, context: Context) -> Explanation:
        """Return what the matcher says, and why.

        Raises:
            LawBrokenError: it raises an error, which it must not for any text.
        """
        self.asked += 1
        with _no_error(text, context):
            return self.matcher.explain(text, country=context.country, language=context.language)

    def reference(self, text: str, context: Context) -> Decision | None:
        """Return what the reference interpreter says, with the matcher's digest; there must be a source."""
        code = None if context.country is None else country_code(context.country)
        language = None if context.language is None else language_tag(context.language)
        if code not in self._tables:
            assert self.ruleset is not None  # noqa: S101 - laws that need a source are left out without one
            self._tables[code] = table(self.ruleset, code)
        decision = meaning(self._tables[code], text, language)
        return None if decision is None else replace(decision, digest=self.matcher.digest)


@contextmanager
def _no_error(text: str, context: Context) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        expected = meaning_nothing(text, country=context.country, language=context.language)
        got = f"{type(error).__name__}: {error}"
        remark = "no text may raise an error; what it should mean is for you to say"
        raise LawBrokenError(Counterexample(expected, got, remark)) from error
