"""Step 6, the last: a named answer, where no section of the rules means anything (docs/language.md §5.32).

A keyword of an answer is the whole message, as written or without filler; a
sentence of one is a whole sentence outside quotes. What asks for something
else, or may, has been found by an earlier step.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.runtime.matcher.steps.message import Message
from optoutlang.runtime.matcher.steps.named import keyword_candidates, sentences
from optoutlang.runtime.matcher.steps.step import Candidate, Step
from optoutlang.runtime.program import ResolvedContext


class AnswerStep(Step):
    """Looks the message's keys, then its sentences, up among those of the answers."""

    __slots__ = ()

    def applies(self, context: ResolvedContext) -> bool:
        """Whether the context has any answer."""
        return bool(context.answer_keywords or context.answer_sentences)

    def candidates(self, message: Message, context: ResolvedContext) -> Iterator[Candidate]:
        """Yield the keyword that the message is, as written or without filler, and what its sentences are."""
        keywords = context.answer_keywords
        yield from keyword_candidates(keywords, message, place=self.place, variants=(0, 1))
        for each in sentences(context.answer_sentences, message):
            yield each.candidate(self.place, variant=2)
