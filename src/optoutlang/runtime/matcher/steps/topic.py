"""Beside steps 2 and 5: what a message asks of one topic alone (docs/language.md §5.33).

Where the whole message is a keyword of a topic, as written or without filler,
or its one sentence is a sentence of a topic, that goes before all that only
stands in the message, and behind every keyword: `STOP` means everything. A
sentence of a topic among others goes behind all that asks for everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from optoutlang.runtime.matcher.steps.message import Message
from optoutlang.runtime.matcher.steps.named import keyword_candidates, sentences
from optoutlang.runtime.matcher.steps.step import Candidate, Step
from optoutlang.runtime.program import ResolvedContext
from optoutlang.runtime.terms import Action

_EXACT, _FILLER, _SENTENCE = 2, 3, 4
"""The variants of `TopicStep`, behind those of the step for filler."""

_AMONG_OTHERS = 1
"""The variant of `TopicSentenceStep`, behind all frames."""


class TopicStep(Step):
    """Looks the message's keys up among the keywords of topics, and its sentence if it has one alone."""

    __slots__ = ()

    def applies(self, context: ResolvedContext) -> bool:
        """Whether the context has any topic."""
        return bool(context.topic_keywords or context.topic_sentences)

    def candidates(self, message: Message, context: ResolvedContext) -> Iterator[Candidate]:
        """Yield the keyword that the message is, as written or without filler, or the sentence that all of it is."""
        variants = (_EXACT, _FILLER)
        yield from keyword_candidates(
            context.topic_keywords, message, place=self.place, variants=variants
        )
        for each in sentences(context.topic_sentences, message):
            if not message.has_words_beside(each.number):
                candidate = each.candidate(
                    self.place, variant=_SENTENCE, rank=each.meaning.action.rank
                )
                yield candidate._replace(reading="the one sentence of the message is {}")


class TopicSentenceStep(Step):
    """Looks each sentence of a message of several up among the sentences of topics."""

    __slots__ = ()

    def applies(self, context: ResolvedContext) -> bool:
        """Whether the context has any sentence of a topic."""
        return bool(context.topic_sentences)

    def candidates(self, message: Message, context: ResolvedContext) -> Iterator[Candidate]:
        """Yield what the sentences of the message ask of topics: opt-outs of several are of everything."""
        found = [
            each
            for each in sentences(context.topic_sentences, message)
            if message.has_words_beside(each.number)
        ]
        topics = {each.meaning.topic for each in found if each.meaning.action is Action.OPT_OUT}
        for each in found:
            action = each.meaning.action
            candidate = each.candidate(self.place, variant=_AMONG_OTHERS, rank=action.rank)
            if action is Action.OPT_OUT and len(topics) > 1:
                candidate = candidate._replace(meaning=replace(each.meaning, topic=None))
            yield candidate
