"""Beside steps 2 and 5: what a message asks of one topic alone (docs/language.md §5.33).

Where the whole message is a keyword of a topic, as written or without filler,
or its one sentence is a sentence of a topic, that goes before all that only
stands in the message, and behind every keyword: `STOP` means everything. A
sentence of a topic among others goes behind all that asks for everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from optoutlang.runtime.matcher.readings import AS_WRITTEN
from optoutlang.runtime.matcher.steps.message import Message
from optoutlang.runtime.matcher.steps.priority import Priority
from optoutlang.runtime.matcher.steps.step import Candidate, Span, Step
from optoutlang.runtime.program import ResolvedContext
from optoutlang.runtime.terms import Action, MatchedBy

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
        meaning = context.topic_keywords.get(message.key)
        if meaning is not None:
            yield Candidate(
                Priority(self.place, variant=_EXACT),
                meaning,
                MatchedBy.EXACT,
                message.key,
                Span(0, len(message.tokens)),
                "the whole message is {}",
            )
        key, kept = message.unfilled_key, message.kept
        meaning = context.topic_keywords.get(key)
        if meaning is not None and message.unfilled is not message.tokens:
            yield Candidate(
                Priority(self.place, variant=_FILLER),
                meaning,
                MatchedBy.FILLER,
                key,
                Span(kept[0], kept[-1] + 1),
                "the whole message but for filler is {}",
            )
        for each in _sentences(self.place, _SENTENCE, message, context, alone=True):
            yield each._replace(reading="the one sentence of the message is {}")


class TopicSentenceStep(Step):
    """Looks each sentence of a message of several up among the sentences of topics."""

    __slots__ = ()

    def applies(self, context: ResolvedContext) -> bool:
        """Whether the context has any sentence of a topic."""
        return bool(context.topic_sentences)

    def candidates(self, message: Message, context: ResolvedContext) -> Iterator[Candidate]:
        """Yield what the sentences of the message ask of topics: opt-outs of several are of everything."""
        found = [*_sentences(self.place, _AMONG_OTHERS, message, context, alone=False)]
        topics = {each.meaning.topic for each in found if each.meaning.action is Action.OPT_OUT}
        for each in found:
            if each.meaning.action is Action.OPT_OUT and len(topics) > 1:
                yield each._replace(meaning=replace(each.meaning, topic=None))
            else:
                yield each


def _sentences(
    place: int, variant: int, message: Message, context: ResolvedContext, *, alone: bool
) -> Iterator[Candidate]:
    """Yield the sentences of topics that sentences of a message are, where no other has words, or some have."""
    known = context.topic_sentences
    if not known:
        return
    for reading in message.readings:
        begin = 0
        for number, written in enumerate(reading.written):
            kept, row = reading.positions(number), reading.sentences[number]
            if (reading.way == AS_WRITTEN or len(kept) < len(written)) and message.has_words_beside(
                number
            ) is not alone:
                for meaning in known.get(" ".join(row), ()):
                    priority = Priority(
                        place,
                        variant=variant,
                        rank=meaning.action.rank,
                        length=-len(row),
                        place=number,
                        way=reading.way,
                    )
                    span = Span(begin + kept[0], begin + kept[-1] + 1)
                    yield Candidate(priority, meaning, MatchedBy.SENTENCE, span=span)
            begin += len(written)
