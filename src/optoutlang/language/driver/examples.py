"""The `test` blocks of a ruleset, run: what each case expects and what it gets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from optoutlang.language.model.ruleset import Example, Ruleset
from optoutlang.runtime.matcher import Explanation, Matcher
from optoutlang.runtime.terms.decision import Decision


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case: what was expected, what was decided and why, and whether that is what was expected."""

    example: Example
    explanation: Explanation

    @property
    def decision(self) -> Decision | None:
        """What the message means."""
        return self.explanation.decision

    @property
    def passed(self) -> bool:
        """Whether all that the case states holds; what it leaves open may be anything."""
        return holds(self.example, self.decision)

    @property
    def expected(self) -> str:
        """What the case states, in the words of the language."""
        example = self.example
        if example.action is None:
            return "none"
        action = example.action.value
        action = f"{action} {example.answer}" if example.answer else action
        action = f"{action} topic {example.topic}" if example.topic else action
        asked = f"suggest {action}" if example.suggested else action
        return _stated(asked, example.language, _reply(example))

    @property
    def got(self) -> str:
        """What was decided, in the same words and as far as the case states it."""
        decision = self.decision
        if decision is None:
            return "none"
        language = decision.language if self.example.language else None
        reply = _reply(decision) if self.example.states_reply else None
        return _stated(decision.label, language, reply)


def holds(example: Example, decision: Decision | None) -> bool:
    """Tell whether all that a case states holds of a decision; what it leaves open may be anything."""
    if decision is None or example.action is None:
        return decision is None and example.action is None
    return (
        decision.intent is example.action
        and decision.answer == example.answer
        and decision.topic == example.topic
        and (decision.action is None) is example.suggested
        and example.language in (None, decision.language)
        and (not example.states_reply or example.reply == decision.reply)
    )


def run_examples(ruleset: Ruleset, matcher: Matcher) -> tuple[Outcome, ...]:
    """Return the outcome of every case of the root file's `test` blocks, in their order.

    `matcher` is the compiled ruleset.
    """
    return run_cases(ruleset.examples, matcher)


def run_cases(examples: Iterable[Example], matcher: Matcher) -> tuple[Outcome, ...]:
    """Return the outcome of each of some cases, in their order."""
    return tuple(Outcome(each, explained(each, matcher)) for each in examples)


def explained(example: Example, matcher: Matcher) -> Explanation:
    """Return what the message of a case means, or the button, and why."""
    return matcher.explain(
        example.text, country=example.country, language=example.prefer, payload=example.payload
    )


def run_used_cases(examples: Iterable[Example], matcher: Matcher) -> tuple[Outcome, ...]:
    """Return the outcome of each of some cases of used files, in their order.

    A case holds, too, where the using file only suggests what it expects: `suggest` is stated on purpose.
    """
    return tuple(
        replace(each, example=replace(each.example, suggested=True)) if _suggests(each) else each
        for each in run_cases(examples, matcher)
    )


def _suggests(outcome: Outcome) -> bool:
    decision = outcome.decision
    return decision is not None and decision.suggested is outcome.example.action


def _reply(holder: Example | Decision) -> str | None:
    if isinstance(holder, Example) and not holder.states_reply:
        return None
    return "reply none" if holder.reply is None else f'reply "{holder.reply}"'


def _stated(action: str, language: str | None, reply: str | None) -> str:
    parts = [action]
    parts += [f"in {language}"] if language else []
    parts += [reply] if reply else []
    return " ".join(parts)
