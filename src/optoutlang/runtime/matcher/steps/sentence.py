"""Step 4, beside phrases: a whole sentence outside quotes is, as written or without filler, a sentence of the rules."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.runtime.matcher.readings import AS_WRITTEN, Reading
from optoutlang.runtime.matcher.steps.counting import is_everyday
from optoutlang.runtime.matcher.steps.message import Message
from optoutlang.runtime.matcher.steps.priority import WHOLE_SENTENCE, Priority
from optoutlang.runtime.matcher.steps.step import Candidate, Span, Step
from optoutlang.runtime.program import Meaning, ResolvedContext
from optoutlang.runtime.terms import MatchedBy


class SentenceStep(Step):
    """Looks each sentence of a message up."""

    __slots__ = ()

    def applies(self, context: ResolvedContext) -> bool:
        """Whether the context has any sentence."""
        return bool(context.sentences)

    def candidates(self, message: Message, context: ResolvedContext) -> Iterator[Candidate]:
        """Yield what each sentence of the message means."""
        for reading in message.readings:
            begin = 0
            for number, kept in enumerate(reading.kept):
                written = reading.written[number]
                if reading.way == AS_WRITTEN or len(kept) < len(written):
                    sentence = reading.sentences[number]
                    for meaning in self._meanings(message, reading, number, context):
                        span = Span(begin + kept[0], begin + kept[-1] + 1)
                        candidate = self._candidate(meaning, len(sentence), number, reading.way)
                        yield candidate._replace(span=span)
                begin += len(written)

    def least(self, message: Message, context: ResolvedContext) -> Candidate | None:
        """Return the strongest of what the sentences mean; no span is worked out."""
        known = context.sentences
        best = None
        for reading in message.readings:
            for number, sentence in enumerate(reading.sentences):
                if " ".join(sentence) not in known:
                    continue
                for meaning in self._meanings(message, reading, number, context):
                    candidate = self._candidate(meaning, len(sentence), number, reading.way)
                    if best is None or candidate.priority < best.priority:
                        best = candidate
        return best

    def _meanings(
        self, message: Message, reading: Reading, number: int, context: ResolvedContext
    ) -> tuple[Meaning, ...]:
        """Return what a sentence means; nothing if it is everyday words, as it is spelt."""
        row = reading.sentences[number]
        meanings = context.sentences.get(" ".join(row), ())
        if meanings and context.everyday:
            spelling = message.spelt_sentence(number)
            if is_everyday([spelling[each] for each in reading.kept[number]], row, context):
                return ()
        return meanings

    def _candidate(self, meaning: Meaning, length: int, number: int, way: int) -> Candidate:
        rank = meaning.action.rank
        priority = Priority(self.place, 0, rank, WHOLE_SENTENCE, -length, 0, number, way)
        return Candidate(priority, meaning, MatchedBy.SENTENCE)
