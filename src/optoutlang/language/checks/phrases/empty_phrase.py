"""O303 empty-phrase: one of the texts that a phrase stands for has no token.

Such a phrase would stand everywhere, so it stands nowhere: its author meant something else.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.pattern import rows
from optoutlang.language.model.statement import ExceptionPhrase, Phrase, Sentence


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each phrase or exception of which some text comes to nothing."""
    ruleset = subject.ruleset
    phrases = (*ruleset.of(Sentence), *ruleset.of(Phrase), *ruleset.of(ExceptionPhrase))
    for phrase in phrases:
        if () in rows(phrase.pattern):
            yield Diagnostic(
                codes.EMPTY_PHRASE,
                "one way to read this phrase is empty",
                Label(phrase.place),
                help="leave at least one word outside `[…]`",
            )
