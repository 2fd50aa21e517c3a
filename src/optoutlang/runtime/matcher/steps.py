"""The steps in which a message is read: exact, but for filler, tolerated, in part (docs/language.md §5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.matcher.quotes import unquoted
from optoutlang.runtime.matcher.repeated import repeated
from optoutlang.runtime.matcher.scope import Scope
from optoutlang.runtime.matcher.search import Merit, Phrases
from optoutlang.runtime.matcher.sentences import sentences
from optoutlang.runtime.matcher.tolerated import Tolerated
from optoutlang.runtime.program.program import Meaning, Program
from optoutlang.runtime.terms.action import MatchedBy
from optoutlang.runtime.terms.decision import Decision


class Steps:
    """Reads messages in the contexts of one program."""

    __slots__ = ("longest", "phrases", "tolerated")

    def __init__(self, program: Program) -> None:
        contexts = (program.base, *program.countries.values())
        self.phrases = Phrases(program)
        self.tolerated = Tolerated(program)
        self.longest = max(len(key) for context in contexts for key in context.keywords)

    def decide(self, scope: Scope, text: str, preferred: str | None) -> Decision | None:
        """Return what a message means: the first step that fires decides."""
        message = tokens(text)
        key = "".join(message)
        meaning = scope.keyword(key)
        if meaning is not None:
            return scope.keyword_decision(key, meaning, MatchedBy.EXACT, preferred)
        left = scope.filler.taken_out(message)
        if left is not message:
            key = "".join(left)
        return (
            self._but_for_filler(scope, left, key, preferred)
            or self._tolerated(scope, left, key, preferred)
            or self._in_part(scope, text, message, preferred)
        )

    def _but_for_filler(
        self, scope: Scope, left: Sequence[str], key: str, preferred: str | None
    ) -> Decision | None:
        meaning = scope.keyword(key)
        if meaning is not None:
            return scope.keyword_decision(key, meaning, MatchedBy.FILLER, preferred)
        for unit, meaning in repeated(scope, left, key, longest=self.longest)[:1]:
            return scope.keyword_decision(unit, meaning, MatchedBy.FILLER, preferred)
        return None

    def _tolerated(
        self, scope: Scope, left: Sequence[str], key: str, preferred: str | None
    ) -> Decision | None:
        if not any(scope.tolerates):
            return None
        for near in self.tolerated.near(scope, left, key):
            return scope.keyword_decision(near.key, near.meaning, near.matched_by, preferred)
        return None

    def _in_part(
        self, scope: Scope, text: str, message: Sequence[str], preferred: str | None
    ) -> Decision | None:
        if not (self.phrases or scope.has_sentences):
            return None
        said = outside_quotes(text, message)
        found = min(sentence_meanings(scope, said), default=None, key=lambda each: each[0])
        matched_by = MatchedBy.SENTENCE
        if self.phrases:
            phrase = self.phrases.winner(scope, scope.filler.taken_out(said.tokens))
            if phrase is not None and (found is None or phrase[0] < found[0]):
                found, matched_by = phrase, MatchedBy.PHRASE
        return None if found is None else scope.decision(found[1], matched_by, preferred)


@dataclass(frozen=True, slots=True)
class Said:
    """What a message's writer says rather than quotes: its text and tokens, some if the message has any."""

    text: str
    tokens: Sequence[str]


def outside_quotes(text: str, message: Sequence[str]) -> Said:
    """Return what a message's writer does not quote; all of the message if there is nothing else in it."""
    outside = unquoted(text)
    if outside == text:
        return Said(text, message)
    left = tokens(outside)
    return Said(outside, left) if left else Said(text, message)


def sentence_meanings(scope: Scope, said: Said) -> Iterator[tuple[Merit, Meaning]]:
    """Yield what each sentence that means something means, and what orders them."""
    if not scope.has_sentences:
        return
    pieces = sentences(said.text)
    for place, piece in enumerate(pieces):
        row = scope.filler.taken_out(said.tokens if len(pieces) == 1 else tokens(piece))
        for meaning in scope.sentences(" ".join(row)):
            yield (meaning.action.rank, 0, -len(row), place), meaning
