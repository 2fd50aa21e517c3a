"""Step 1: the whole message is a keyword."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.runtime.matcher.steps.message import Message
from optoutlang.runtime.matcher.steps.priority import Priority
from optoutlang.runtime.matcher.steps.step import Candidate, Span, Step
from optoutlang.runtime.program import Program, ResolvedContext
from optoutlang.runtime.terms import MatchedBy


class ExactStep(Step):
    """Looks the message's key up among the keywords."""

    __slots__ = ("_priority",)

    def __init__(self, program: Program, place: int) -> None:
        super().__init__(program, place)
        self._priority = Priority(place)

    def candidates(self, message: Message, context: ResolvedContext) -> Iterator[Candidate]:
        """Yield the keyword that the message is."""
        candidate = self.least(message, context)
        if candidate is not None:
            span = Span(0, len(message.tokens))
            yield candidate._replace(span=span, reading="the whole message is {}")

    def least(self, message: Message, context: ResolvedContext) -> Candidate | None:
        """Return the keyword that the message is, in one look-up."""
        meaning = context.keywords.get(message.key)
        if meaning is None:
            return None
        return Candidate(self._priority, meaning, MatchedBy.EXACT, message.key)
