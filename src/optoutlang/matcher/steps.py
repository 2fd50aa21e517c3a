"""The three steps in which a message is read: exact, exact but for filler, phrase (docs/language.md §5)."""

from __future__ import annotations

from collections.abc import Sequence

from optoutlang.canonical import tokens
from optoutlang.matcher.action import MatchedBy
from optoutlang.matcher.decision import Decision
from optoutlang.matcher.program import Program
from optoutlang.matcher.quotes import unquoted
from optoutlang.matcher.repeated import repeated
from optoutlang.matcher.scope import Scope
from optoutlang.matcher.search import Phrases


class Steps:
    """Reads messages in the contexts of one program."""

    __slots__ = ("longest", "phrases")

    def __init__(self, program: Program) -> None:
        contexts = (program.base, *program.countries.values())
        self.phrases = Phrases(program)
        self.longest = max(len(key) for context in contexts for key in context.keywords)

    def decide(self, scope: Scope, text: str, preferred: str | None) -> Decision | None:
        """Return what a message means: the first step that fires decides."""
        message = tokens(text)
        key = "".join(message)
        meaning = scope.keyword(key)
        if meaning is not None:
            return scope.keyword_decision(key, meaning, MatchedBy.EXACT, preferred)
        return self._but_for_filler(scope, message, key, preferred) or self._by_phrase(
            scope, text, message, preferred
        )

    def _but_for_filler(
        self, scope: Scope, message: Sequence[str], key: str, preferred: str | None
    ) -> Decision | None:
        left = scope.filler.taken_out(message)
        if left is not message:
            key = "".join(left)
            meaning = scope.keyword(key)
            if meaning is not None:
                return scope.keyword_decision(key, meaning, MatchedBy.FILLER, preferred)
        for unit, meaning in repeated(scope, left, key, longest=self.longest)[:1]:
            return scope.keyword_decision(unit, meaning, MatchedBy.FILLER, preferred)
        return None

    def _by_phrase(
        self, scope: Scope, text: str, message: Sequence[str], preferred: str | None
    ) -> Decision | None:
        if not self.phrases:
            return None
        said = scope.filler.taken_out(outside_quotes(text, message))
        meaning = self.phrases.winner(scope, said)
        return None if meaning is None else scope.decision(meaning, MatchedBy.PHRASE, preferred)


def outside_quotes(text: str, message: Sequence[str]) -> Sequence[str]:
    """Return the tokens of a message that its writer does not quote; all of them if there are no others."""
    outside = unquoted(text)
    return message if outside == text else tokens(outside) or message
