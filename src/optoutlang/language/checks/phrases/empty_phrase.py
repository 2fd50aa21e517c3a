"""O303 empty-phrase: one of the texts that a phrase stands for has no token left without filler.

Such a phrase would stand everywhere, so it stands nowhere: its author meant something else.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.phrases.rows import fillers_of, without_filler
from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each phrase or exception of which some text comes to nothing."""
    ruleset = subject.ruleset
    phrases = (*ruleset.sentences, *ruleset.phrases, *ruleset.exceptions)
    fillers = fillers_of(subject, {each.scope for each in phrases})
    for phrase in phrases:
        for scope, filler in fillers[phrase.scope].items():
            if () in without_filler(phrase, filler):
                yield Diagnostic(
                    codes.EMPTY_PHRASE,
                    f"one way to read this phrase is empty{named(scope)}",
                    Label(phrase.place),
                    help="leave at least one word outside `[…]` that is no filler",
                )
                break
