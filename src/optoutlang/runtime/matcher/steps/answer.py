"""Step 6, the last: a named answer, where no section of the rules means anything (docs/language.md §5.32).

A keyword of an answer is the whole message, as written or without filler; a
sentence of one is a whole sentence outside quotes. What asks for something
else, or may, has been found by an earlier step.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.runtime.matcher.readings import AS_WRITTEN
from optoutlang.runtime.matcher.steps.message import Message
from optoutlang.runtime.matcher.steps.priority import Priority
from optoutlang.runtime.matcher.steps.step import Candidate, Span, Step
from optoutlang.runtime.program import ResolvedContext
from optoutlang.runtime.terms import MatchedBy


class AnswerStep(Step):
    """Looks the message's keys, then its sentences, up among those of the answers."""

    __slots__ = ()

    def applies(self, context: ResolvedContext) -> bool:
        """Whether the context has any answer."""
        return bool(context.answer_keywords or context.answer_sentences)

    def candidates(self, message: Message, context: ResolvedContext) -> Iterator[Candidate]:
        """Yield the keyword that the message is, as written or without filler, and what its sentences are."""
        meaning = context.answer_keywords.get(message.key)
        if meaning is not None:
            yield Candidate(
                Priority(self.place),
                meaning,
                MatchedBy.EXACT,
                message.key,
                Span(0, len(message.tokens)),
                "the whole message is {}",
            )
        key, kept = message.unfilled_key, message.kept
        meaning = context.answer_keywords.get(key)
        if meaning is not None and message.unfilled is not message.tokens:
            yield Candidate(
                Priority(self.place, variant=1),
                meaning,
                MatchedBy.FILLER,
                key,
                Span(kept[0], kept[-1] + 1),
                "the whole message but for filler is {}",
            )
        yield from self._sentences(message, context)

    def _sentences(self, message: Message, context: ResolvedContext) -> Iterator[Candidate]:
        for reading in message.readings:
            begin = 0
            for number, written in enumerate(reading.written):
                kept, row = reading.positions(number), reading.sentences[number]
                if reading.way == AS_WRITTEN or len(kept) < len(written):
                    for meaning in context.answer_sentences.get(" ".join(row), ()):
                        yield Candidate(
                            Priority(
                                self.place,
                                variant=2,
                                length=-len(row),
                                place=number,
                                way=reading.way,
                            ),
                            meaning,
                            MatchedBy.SENTENCE,
                            span=Span(begin + kept[0], begin + kept[-1] + 1),
                        )
                begin += len(written)
