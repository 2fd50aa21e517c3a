"""O501 one-way-language: a language can opt out, but has no word of its own to come back or to get help."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.statement import Claim, Frame, Phrase, Sentence
from optoutlang.runtime.program import PROTECTED_KEYS
from optoutlang.runtime.terms.action import Action
from optoutlang.runtime.terms.language import lookup


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each language in which the root file opts out one way."""
    ruleset = subject.ruleset
    statements: tuple[Claim | Phrase | Frame, ...] = (
        *ruleset.of(Claim),
        *ruleset.of(Sentence),
        *ruleset.of(Phrase),
        *ruleset.of(Frame),
    )
    answered = {each.language for each in statements if each.action is not Action.OPT_OUT}
    first: dict[str, Claim] = {}
    for claim in ruleset.of(Claim):
        own = subject.is_root(claim) and claim.key not in PROTECTED_KEYS
        if own and claim.action is Action.OPT_OUT:
            first.setdefault(claim.language, claim)
    for language, claim in first.items():
        if lookup(language, answered) is None:
            yield Diagnostic(
                codes.ONE_WAY_LANGUAGE,
                f"`{language}` can opt out, but not come back or get help in its own words",
                Label(claim.place, "opts out"),
                help=f"add an opt-in or help keyword in `{language}`",
            )
