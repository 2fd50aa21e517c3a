"""Step 4, beside sentences: a phrase stands in a sentence outside quotes, and no exception overlaps it.

A sentence of the rules that is open on one side is found in the same pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from optoutlang.runtime.matcher.readings import Reading
from optoutlang.runtime.matcher.search import ExceptionSpans, Occurrence, PhraseAutomaton
from optoutlang.runtime.matcher.steps.message import Message
from optoutlang.runtime.matcher.steps.priority import FORMS, PART_OF_SENTENCE, Priority
from optoutlang.runtime.matcher.steps.step import Candidate, Span, Step
from optoutlang.runtime.program import Meaning, Program, ResolvedContext
from optoutlang.runtime.terms import Action, MatchedBy
from optoutlang.runtime.terms.rest import Rest

Exceptions = Mapping[Action, ExceptionSpans]


class PhraseStep(Step):
    """Finds all phrases of a message in one pass of an automaton."""

    __slots__ = ("_automaton", "_program")

    def __init__(self, program: Program, place: int) -> None:
        super().__init__(program, place)
        self._program = program
        self._automaton: PhraseAutomaton | None = None

    @property
    def automaton(self) -> PhraseAutomaton:
        """The automaton of all phrases and exceptions, made when first asked for: most messages do without."""
        made = self._automaton
        if made is None:
            made = self._automaton = PhraseAutomaton(self._program)
        return made

    def applies(self, context: ResolvedContext) -> bool:
        """Whether the context has any phrase, or sentences, which may be open."""
        return bool(context.phrases or context.sentences)

    @property
    def states(self) -> int:
        """How many states the automaton of all phrases and exceptions has."""
        return self.automaton.states

    def candidates(self, message: Message, context: ResolvedContext) -> Iterator[Candidate]:
        """Yield every phrase that stands in the message, with the exception that overlaps it, if any."""
        readings = message.readings
        exceptions = self.automaton.exceptions(context, readings)
        seen: set[tuple[int, int, str]] = set()
        for occurrence in chain.from_iterable(map(self.automaton.occurrences, readings)):
            place = occurrence.start, occurrence.end, occurrence.text
            if place in seen:  # as written, and without filler again
                continue
            seen.add(place)
            for meaning in _meanings(occurrence, context):
                yield Candidate(
                    self._priority(occurrence, meaning),
                    meaning,
                    _matched_by(occurrence),
                    span=Span(occurrence.start, occurrence.end),
                    excepted_by=_overlapping(occurrence, meaning, exceptions),
                )

    def least(self, message: Message, context: ResolvedContext) -> Candidate | None:
        """Return the phrase that decides: exceptions are looked for only if some phrase stands in the message."""
        readings = message.readings
        least = self._least(readings, context, {})
        if least is None or not context.exceptions:
            return least
        return self._least(readings, context, self.automaton.exceptions(context, readings))

    def _least(
        self, readings: Sequence[Reading], context: ResolvedContext, exceptions: Exceptions
    ) -> Candidate | None:
        least = None
        for reading in readings:
            for occurrence in self.automaton.occurrences(reading):
                for meaning in _meanings(occurrence, context):
                    priority = self._priority(occurrence, meaning)
                    is_less = least is None or priority < least.priority
                    if is_less and _overlapping(occurrence, meaning, exceptions) is None:
                        least = Candidate(priority, meaning, _matched_by(occurrence))
        return least

    def _priority(self, occurrence: Occurrence, meaning: Meaning) -> Priority:
        rank, length = meaning.action.rank, occurrence.length
        end, way = occurrence.end, occurrence.way
        form = FORMS[occurrence.rest]
        return Priority(self.place, 0, rank, PART_OF_SENTENCE, -length, form, end, way)


def _meanings(occurrence: Occurrence, context: ResolvedContext) -> tuple[Meaning, ...]:
    """Return what a phrase, or a sentence that is open, means; nothing for an exception."""
    table = context.phrases if occurrence.rest is Rest.NONE else context.sentences
    return table.get(occurrence.text, ())


def _matched_by(occurrence: Occurrence) -> MatchedBy:
    return MatchedBy.PHRASE if occurrence.rest is Rest.NONE else MatchedBy.SENTENCE


def _overlapping(
    occurrence: Occurrence, meaning: Meaning, exceptions: Exceptions
) -> Meaning | None:
    """Return an exception to the same action that shares a token with an occurrence of a phrase."""
    spans = exceptions.get(meaning.action)
    return None if spans is None else spans.overlapping(occurrence.start, occurrence.end)
