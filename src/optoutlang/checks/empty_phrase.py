"""O303 empty-phrase: one of the texts that a phrase stands for has no token left without filler.

Such a phrase would stand everywhere, so it stands nowhere: its author meant something else.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.checks.rows import distinct_fillers, filler_of, without_filler
from optoutlang.checks.subject import Subject, named
from optoutlang.diagnostics import codes
from optoutlang.diagnostics.diagnostic import Diagnostic, Label


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each phrase or exception of which some text comes to nothing."""
    fillers = {scope: filler_of(subject, scope) for scope in subject.scopes}
    ruleset = subject.ruleset
    scopes = {scope: tuple(distinct_fillers(subject, scope)) for scope in subject.scopes}
    for phrase in (*ruleset.sentences, *ruleset.phrases, *ruleset.exceptions):
        for scope in scopes[phrase.scope]:
            if () in without_filler(phrase, fillers[scope]):
                yield Diagnostic(
                    codes.EMPTY_PHRASE,
                    f"one way to read this phrase is empty{named(scope)}",
                    Label(phrase.place),
                    help="leave at least one word outside `[…]` that is no filler",
                )
                break
