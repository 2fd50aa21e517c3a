"""Step 4, beside sentences: a phrase stands in the message, outside quotes, and no exception overlaps it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from optoutlang.runtime.matcher.search import ExceptionSpans, Occurrence, PhraseAutomaton
from optoutlang.runtime.matcher.steps.message import Message
from optoutlang.runtime.matcher.steps.priority import PART_OF_SENTENCE, Priority
from optoutlang.runtime.matcher.steps.step import Candidate, Span, Step
from optoutlang.runtime.program import Meaning, Program, ResolvedContext
from optoutlang.runtime.terms import Action, MatchedBy

Exceptions = Mapping[Action, ExceptionSpans]


class PhraseStep(Step):
    """Finds all phrases of a message in one pass of an automaton."""

    __slots__ = ("automaton",)

    def __init__(self, program: Program, place: int) -> None:
        super().__init__(program, place)
        self.automaton = PhraseAutomaton(program)

    def applies(self, context: ResolvedContext) -> bool:
        """Whether the context has any phrase."""
        return bool(context.phrases)

    @property
    def states(self) -> int:
        """How many states the automaton of all phrases and exceptions has."""
        return self.automaton.states

    def candidates(self, message: Message, context: ResolvedContext) -> Iterator[Candidate]:
        """Yield every phrase that stands in the message, with the exception that overlaps it, if any."""
        outside = message.unquoted.tokens
        kept = message.filler.kept(outside)
        unfilled = [outside[position] for position in kept]
        exceptions = self.automaton.exceptions(context, unfilled)
        for occurrence in self.automaton.occurrences(unfilled):
            span = Span(kept[occurrence.start], kept[occurrence.end - 1] + 1)
            for meaning in context.phrases.get(occurrence.text, ()):
                yield Candidate(
                    self._priority(occurrence, meaning),
                    meaning,
                    MatchedBy.PHRASE,
                    span=span,
                    excepted_by=_overlapping(occurrence, meaning, exceptions),
                )

    def least(self, message: Message, context: ResolvedContext) -> Candidate | None:
        """Return the phrase that decides: exceptions are looked for only if some phrase stands in the message."""
        unfilled = message.unquoted_unfilled
        least = self._least(unfilled, context, {})
        if least is None or not context.exceptions:
            return least
        return self._least(unfilled, context, self.automaton.exceptions(context, unfilled))

    def _least(
        self, unfilled: Sequence[str], context: ResolvedContext, exceptions: Exceptions
    ) -> Candidate | None:
        phrases = context.phrases
        least = None
        for occurrence in self.automaton.occurrences(unfilled):
            for meaning in phrases.get(occurrence.text, ()):
                priority = self._priority(occurrence, meaning)
                is_less = least is None or priority < least.priority
                if is_less and _overlapping(occurrence, meaning, exceptions) is None:
                    least = Candidate(priority, meaning, MatchedBy.PHRASE)
        return least

    def _priority(self, occurrence: Occurrence, meaning: Meaning) -> Priority:
        length = occurrence.start - occurrence.end
        rank = meaning.action.rank
        return Priority(self.place, 0, rank, PART_OF_SENTENCE, length, occurrence.start)


def _overlapping(
    occurrence: Occurrence, meaning: Meaning, exceptions: Exceptions
) -> Meaning | None:
    """Return an exception to the same action that shares a token with an occurrence of a phrase."""
    spans = exceptions.get(meaning.action)
    return None if spans is None else spans.overlapping(occurrence.start, occurrence.end)
