"""One context made ready to read messages: the steps that can fire there, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from optoutlang.runtime.matcher.answers import Answers
from optoutlang.runtime.matcher.frame_matches import FrameMatch
from optoutlang.runtime.matcher.steps import Candidate, FrameStep, Message, Step
from optoutlang.runtime.program import ResolvedContext
from optoutlang.runtime.terms import Decision

ALL = -1
"""The places of all steps, as bits."""

_Least = Callable[[Message, ResolvedContext], Candidate | None]


class Reader:
    """Reads messages in one context; immutable, and safe to share between threads."""

    __slots__ = ("_context", "_filler", "_least", "_may_find", "_steps", "answers")

    def __init__(
        self,
        steps: Iterable[Iterable[Step]],
        answers: Answers,
        may_find: Callable[[str], int] | None = None,
    ) -> None:
        """Take steps in groups; `may_find` tells of which groups some step may find anything in a text, as bits."""
        context = answers.context
        applying = [[step for step in together if step.applies(context)] for together in steps]
        self.answers = answers
        self._context = context
        self._filler = context.filler
        self._steps = tuple(step for together in applying for step in together)
        self._may_find = may_find
        self._least = tuple(
            (1 << place, _least_of(together)) for place, together in enumerate(applying) if together
        )

    def message(self, text: str) -> Message:
        """Return a text as the steps read it here."""
        return Message(text, self._filler)

    def decide(self, text: str, preferred: str | None) -> Decision | None:
        """Return what a message means: the least candidate of the first step that has any decides."""
        places = ALL if self._may_find is None else self._may_find(text)
        if not places:
            return None
        message, context = Message(text, self._filler), self._context
        for place, least in self._least:
            if not places & place:
                continue
            candidate = least(message, context)
            if candidate is not None:
                return self.decision(candidate, preferred)
        return None

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
