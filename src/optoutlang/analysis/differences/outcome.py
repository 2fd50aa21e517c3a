"""What a message comes to, for each language that its sender may prefer, as numbers that compare fast."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from optoutlang.runtime.matcher.scope import Scope
from optoutlang.runtime.program.filler import Filler
from optoutlang.runtime.program.program import PROTECTED_KEYS, Context, Meaning, Program
from optoutlang.runtime.terms.action import Action, MatchedBy
from optoutlang.runtime.terms.decision import Decision
from optoutlang.runtime.terms.language import lookup_chain

NOTHING = 0
"""The number of no decision, whatever the sender prefers."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision does: its action (or the one suggested), its language and reply; and how the message matched."""

    action: Action | None
    suggested: Action | None
    language: str
    reply: str | None
    matched_by: MatchedBy


def outcome(decision: Decision | None) -> Outcome | None:
    """Return what a decision does; None for no decision."""
    if decision is None:
        return None
    return Outcome(
        decision.action,
        decision.suggested,
        decision.language,
        decision.reply,
        decision.matched_by,
    )


class Ledger:
    """Numbers the outcomes of two programs: equal numbers, equal outcomes for every preferred language.

    Preferred languages are infinitely many, but lookup leads each to a tag that
    the rules know, or to none: `preferences` are all of these, None first.
    """

    __slots__ = ("_chains", "_numbers", "outcomes", "preferences")

    def __init__(self, programs: Iterable[Program]) -> None:
        tags = sorted({tag for program in programs for tag in known_languages(program)})
        self.preferences: tuple[str | None, ...] = (None, *tags)
        self._chains = ((), *(tuple(lookup_chain(tag)) for tag in tags))
        nothing: tuple[Outcome | None, ...] = (None,) * len(self.preferences)
        self.outcomes = [nothing]
        self._numbers: dict[object, int] = {}

    def number(self, default: Outcome, answers: Mapping[str, Outcome]) -> int:
        """Return the number of what one thing comes to: its answers by language, and the one for all other wishes."""
        if all(each == default for each in answers.values()):
            return self._numbered(default, None)
        wished = (
            next((answers[tag] for tag in chain if tag in answers), default)
            for chain in self._chains
        )
        return self._numbered(None, tuple(wished))

    def _numbered(self, one: Outcome | None, many: tuple[Outcome, ...] | None) -> int:
        if many is not None and len(set(many)) == 1:
            one, many = many[0], None
        number = self._numbers.setdefault((one, many), len(self.outcomes))
        if number == len(self.outcomes):
            self.outcomes.append(many or (one,) * len(self.preferences))
        return number


def known_languages(program: Program) -> Iterator[str]:
    """Yield every language tag that may answer in a program."""
    for context in (program.base, *program.countries.values()):
        yield from context.languages
        for meaning in context.meanings():
            yield from (each.language for each in meaning.origins)


class Valuer:
    """Numbers what the meanings of one context come to; those that answer alike are asked about once."""

    def __init__(self, program: Program, country: str | None, ledger: Ledger) -> None:
        own = Context() if country is None else program.countries[country]
        filler = Filler((*program.base.fillers, *own.fillers))
        self._scope = Scope(program, "", country, filler)
        self._ledger = ledger
        self._known: dict[tuple[object, ...], int] = {}

    def keyword(self, key: str, meaning: Meaning, matched_by: MatchedBy) -> int:
        """Return the number of what a keyword comes to."""
        key = key if key in PROTECTED_KEYS else ""
        return self._number(key, meaning, matched_by)

    def row(self, meaning: Meaning, matched_by: MatchedBy) -> int:
        """Return the number of what a sentence or a phrase comes to."""
        return self._number("", meaning, matched_by)

    def _number(self, key: str, meaning: Meaning, matched_by: MatchedBy) -> int:
        known = (key, meaning.action, matched_by, *(each.language for each in meaning.origins))
        number = self._known.get(known)
        if number is None:
            tags = self._scope.languages if key else {each.language for each in meaning.origins}
            answers = {tag: self._answer(key, meaning, matched_by, tag) for tag in sorted(tags)}
            if len(answers) == 1:
                default = next(iter(answers.values()))
            else:
                default = self._answer(key, meaning, matched_by, None)
            number = self._known[known] = self._ledger.number(default, answers)
        return number

    def _answer(
        self, key: str, meaning: Meaning, matched_by: MatchedBy, language: str | None
    ) -> Outcome:
        found = outcome(self._scope.keyword_decision(key, meaning, matched_by, language))
        assert found is not None  # noqa: S101  # there is a decision
        return found
