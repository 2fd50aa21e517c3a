"""Step 4, beside phrases: a whole sentence outside quotes is, without filler, a sentence of the rules."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.matcher.sentences import sentences
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
        outside = message.unquoted
        place = 0
        for number, sentence in enumerate(sentences(outside.text)):
            sequence = tokens(sentence)
            kept = message.filler.kept(sequence)
            known = context.sentences.get(" ".join(sequence[each] for each in kept), ())
            if known and context.everyday and is_everyday(sentence, message.filler, context):
                known = ()
            for meaning in known:
                end = min(place + kept[-1] + 1, len(outside.tokens))
                candidate = self._candidate(meaning, len(kept), number)
                yield candidate._replace(span=Span(min(place + kept[0], end), end))
            # Symbols alone are their sentence's tokens, but not those of a message with words.
            if tuple(outside.tokens[place : place + len(sequence)]) == sequence:
                place += len(sequence)

    def least(self, message: Message, context: ResolvedContext) -> Candidate | None:
        """Return the strongest of what the sentences mean; no span is worked out."""
        outside, known = message.unquoted, context.sentences
        best = None
        pieces = sentences(outside.text)
        whole = message.unquoted_unfilled if len(pieces) == 1 else None
        for number, sentence in enumerate(pieces):
            unfilled = message.filler.taken_out(tokens(sentence)) if whole is None else whole
            meanings = known.get(" ".join(unfilled), ())
            if meanings and context.everyday and is_everyday(sentence, message.filler, context):
                continue
            for meaning in meanings:
                candidate = self._candidate(meaning, len(unfilled), number)
                if best is None or candidate.priority < best.priority:
                    best = candidate
        return best

    def _candidate(self, meaning: Meaning, length: int, number: int) -> Candidate:
        rank = meaning.action.rank
        priority = Priority(self.place, 0, rank, WHOLE_SENTENCE, -length, number)
        return Candidate(priority, meaning, MatchedBy.SENTENCE)
