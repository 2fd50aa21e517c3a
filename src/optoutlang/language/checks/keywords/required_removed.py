"""O206 required-removed: a keyword of `require keywords` is removed, left out or rebound.

`require` is how a pack states the law: nothing stronger may take such a word
away (docs/language.md §4).
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.edits import adding, dropping
from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Fix, Label
from optoutlang.language.model.layers import Taker
from optoutlang.language.model.ruleset import Claim, Only, Removal


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each statement that tries."""
    for scope, resolution in subject.resolved():
        for claim, taker in resolution.defied:
            yield Diagnostic(
                codes.REQUIRED_REMOVED,
                f"`{claim.word}` is required for {claim.action.value}{named(scope)}"
                f" and cannot be {_verb(taker)}",
                Label(taker.place),
                (Label(claim.place, "required here"),),
                help=_help(claim, taker),
                fix=_fix(claim, taker),
            )


def _verb(taker: Taker) -> str:
    match taker:
        case Claim():
            return f"given to {taker.action.value}"
        case Removal():
            return "removed"
        case Only():
            return "left out"


def _help(claim: Claim, taker: Taker) -> str:
    if isinstance(taker, Only):
        return f"list `{claim.word}` here as well"
    return "take it out of this list"


def _fix(claim: Claim, taker: Taker) -> Fix | None:
    if isinstance(taker, Only):
        return adding(taker.place, claim.word)
    return dropping(taker.place, taker.word)
