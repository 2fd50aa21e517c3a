"""Step 1: the whole message is a keyword."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.runtime.matcher.steps.counting import objection
from optoutlang.runtime.matcher.steps.message import Message
from optoutlang.runtime.matcher.steps.priority import Priority
from optoutlang.runtime.matcher.steps.step import Candidate, Span, Step
from optoutlang.runtime.program import Meaning, Program, ResolvedContext
from optoutlang.runtime.terms import MatchedBy


class ExactStep(Step):
    """Looks the message's key up among the keywords."""

    __slots__ = ("_priority",)

    def __init__(self, program: Program, place: int) -> None:
        super().__init__(program, place)
        self._priority = Priority(place)

    def candidates(self, message: Message, context: ResolvedContext) -> Iterator[Candidate]:
        """Yield the keyword whose key the message has."""
        meaning = context.keywords.get(message.key)
        if meaning is not None:
            places = range(len(message.tokens))
            yield self._candidate(message, meaning)._replace(
                span=Span(0, len(message.tokens)),
                reading="the whole message is {}",
                objection=objection(message, places, message.key, meaning, context),
            )

    def least(self, message: Message, context: ResolvedContext) -> Candidate | None:
        """Return the keyword that the message is, in one look-up."""
        meaning = context.keywords.get(message.key)
        if meaning is None:
            return None
        places = range(len(message.tokens))
        if objection(message, places, message.key, meaning, context) is not None:
            return None
        return self._candidate(message, meaning)

    def _candidate(self, message: Message, meaning: Meaning) -> Candidate:
        return Candidate(self._priority, meaning, MatchedBy.EXACT, message.key)
