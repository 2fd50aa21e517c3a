"""One context made ready to read messages: the steps that can fire there, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from optoutlang.runtime.matcher.answers import Answers
from optoutlang.runtime.matcher.frame_matches import FrameMatch
from optoutlang.runtime.matcher.similar import Suggester
from optoutlang.runtime.matcher.steps import Candidate, FrameStep, Message, Step
from optoutlang.runtime.program import ResolvedContext
from optoutlang.runtime.terms import Decision, MatchedBy
from optoutlang.runtime.terms.similar import Similarity

_Least = Callable[[Message, ResolvedContext], Candidate | None]


class Reader:
    """Reads messages in one context; immutable, and safe to share between threads."""

    __slots__ = ("_context", "_filler", "_least", "_steps", "_suggester", "answers")

    def __init__(
        self, steps: Iterable[Iterable[Step]], answers: Answers, suggester: Suggester | None = None
    ) -> None:
        context = answers.context
        self._suggester = suggester if MatchedBy.SIMILAR in context.suggest else None
        applying = [[step for step in together if step.applies(context)] for together in steps]
        self.answers = answers
        self._context = context
        self._filler = context.filler
        self._steps = tuple(step for together in applying for step in together)
        self._least = tuple(_least_of(together) for together in applying if together)

    def message(self, text: str) -> Message:
        """Return a text as the steps read it here."""
        return Message(text, self._filler)

    def decide(self, text: str, preferred: str | None) -> Decision | None:
        """Return what a message means: the least candidate of the first step that has any decides."""
        message, context = Message(text, self._filler), self._context
        for least in self._least:
            candidate = least(message, context)
            if candidate is not None:
                return self.decision(candidate, preferred)
        suggester = self._suggester
        if suggester is not None and suggester.suggests(message.outside_quotes):
            return self.answers.suggestion(suggester.model, preferred)
        return None

    def similarity(self, message: Message) -> Similarity | None:
        """Return how similar a message is to opt-outs; None where nothing is suggested for that."""
        suggester = self._suggester
        return None if suggester is None else suggester.similarity(message.outside_quotes)

    def suggestion(self, found: Similarity | None, preferred: str | None) -> Decision | None:
        """Return the answer to a message that no rule decides, by how similar it is to opt-outs."""
        suggester = self._suggester
        if suggester is None or found is None or not found.suggests:
            return None
        return self.answers.suggestion(suggester.model, preferred)

    def candidates(self, message: Message) -> Iterator[Candidate]:
        """Yield all that fires in a message, whatever goes before what."""
        for step in self._steps:
            yield from step.candidates(message, self._context)

    def frames(self, message: Message) -> Iterator[FrameMatch]:
        """Yield each frame whose words stand in a message, with what takes it back."""
        for step in self._steps:
            if isinstance(step, FrameStep):
                for match, lost, _ in step.matches(message, self._context):
                    frame, place = match.frame.frame, match.place
                    start, end = place.written(match.start, match.end)
                    yield FrameMatch(
                        action=frame.action,
                        keyword=frame.origin.spelling,
                        rule=self.answers.place(frame.origin),
                        language=frame.origin.language,
                        start=start,
                        end=end,
                        parts=tuple(step.named(match)),
                        lost=lost,
                    )

    def decision(self, candidate: Candidate, preferred: str | None) -> Decision:
        """Return the answer to a message that a candidate decides."""
        return self.answers.decision(
            candidate.key, candidate.meaning, candidate.matched_by, preferred
        )


def _least_of(together: list[Step]) -> _Least:
    """Return what asks steps that compete for the least candidate of them all."""
    if len(together) == 1:
        return together[0].least

    asked = tuple(step.least for step in together)

    def least(message: Message, context: ResolvedContext) -> Candidate | None:
        best = None
        for ask in asked:
            candidate = ask(message, context)
            if candidate is not None and (best is None or candidate.priority < best.priority):
                best = candidate
        return best

    return least
