"""Step 4, beside phrases: a whole sentence outside quotes is, as written or without filler, a sentence of the rules.

If that is a keyword too, and other sentences say something else, it is `KEYWORD_SENTENCE`: `Stop. You make me laugh`.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.runtime.matcher.readings import AS_WRITTEN, Reading
from optoutlang.runtime.matcher.steps.counting import is_everyday
from optoutlang.runtime.matcher.steps.message import Message
from optoutlang.runtime.matcher.steps.priority import KEYWORD_SENTENCE, WHOLE_SENTENCE, Priority
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
            for number, written in enumerate(reading.written):
                kept = reading.positions(number)
                if reading.way == AS_WRITTEN or len(kept) < len(written):
                    for meaning in self._meanings(message, reading, number, context):
                        span = Span(begin + kept[0], begin + kept[-1] + 1)
                        candidate = self._candidate(meaning, message, reading, number, context)
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
                    candidate = self._candidate(meaning, message, reading, number, context)
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
            if is_everyday([spelling[each] for each in reading.positions(number)], row, context):
                return ()
        return meanings

    def _candidate(
        self,
        meaning: Meaning,
        message: Message,
        reading: Reading,
        number: int,
        context: ResolvedContext,
    ) -> Candidate:
        row, rank = reading.sentences[number], meaning.action.rank
        keyword = context.keywords.get("".join(row))
        part, matched_by = WHOLE_SENTENCE, MatchedBy.SENTENCE
        if (
            keyword is not None
            and keyword.action is meaning.action
            and message.has_words_beside(number)
        ):
            part, matched_by = KEYWORD_SENTENCE, MatchedBy.KEYWORD_SENTENCE
        priority = Priority(self.place, 0, rank, part, -len(row), 0, number, reading.way)
        return Candidate(priority, meaning, matched_by)
