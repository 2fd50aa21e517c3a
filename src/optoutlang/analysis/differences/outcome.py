"""Decision outcomes as small integers: equal numbers mean equal outcomes for every preferred language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from optoutlang.runtime.matcher import Answers
from optoutlang.runtime.program import PROTECTED_KEYS, Meaning, Program, ResolvedContext
from optoutlang.runtime.terms import Action, Decision, MatchedBy, lookup_chain

NOTHING = 0
"""The number of no decision, whatever the sender prefers."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The effect of a decision: its action (or the one suggested), language and reply; and how the message matched."""

    action: Action | None
    suggested: Action | None
    language: str
    reply: str | None
    matched_by: MatchedBy
    answer: str | None = None
    topic: str | None = None


def outcome(decision: Decision | None) -> Outcome | None:
    """Return the outcome of a decision; None for no decision."""
    if decision is None:
        return None
    return Outcome(
        decision.action,
        decision.suggested,
        decision.language,
        decision.reply,
        decision.matched_by,
        decision.answer,
        decision.topic,
    )


class OutcomeIndex:
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
        """Return the number of an outcome, given the answers by language and the one for all other languages."""
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
    for _, context in program.own_contexts():
        yield from context.languages
        for meaning in context.meanings():
            yield from (each.language for each in meaning.origins)


class OutcomeEncoder:
    """Numbers the outcomes of the meanings of one context; those that answer alike are asked about once."""

    def __init__(self, program: Program, context: ResolvedContext, index: OutcomeIndex) -> None:
        self._answers = Answers(program, "", context)
        self._index = index
        self._known: dict[tuple[object, ...], int] = {}
        self._answered = frozenset(key for _, _, key in context.keyword_replies)

    def number(self, key: str, meaning: Meaning, matched_by: MatchedBy) -> int:
        """Return the number of a meaning's outcome; `key` is the keyword's, empty for a sentence or phrase."""
        if key not in PROTECTED_KEYS and key not in self._answered:
            key = ""
        known = (key, meaning.action, matched_by, *(each.language for each in meaning.origins))
        number = self._known.get(known)
        if number is None:
            languages = self._answers.context.languages
            protected = key in PROTECTED_KEYS
            tags = languages if protected else {each.language for each in meaning.origins}
            answers = {tag: self._answer(key, meaning, matched_by, tag) for tag in sorted(tags)}
            if len(answers) == 1:
                default = next(iter(answers.values()))
            else:
                default = self._answer(key, meaning, matched_by, None)
            number = self._known[known] = self._index.number(default, answers)
        return number

    def _answer(
        self, key: str, meaning: Meaning, matched_by: MatchedBy, language: str | None
    ) -> Outcome:
        answer = outcome(self._answers.decision(key, meaning, matched_by, language))
        assert answer is not None  # noqa: S101  # there is a decision
        return answer
