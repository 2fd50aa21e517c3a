"""O208 rebound-keyword: an inherited keyword gets another action.

That is allowed, and how a country says that its word means something else
there; the note is for the reviewer (docs/language.md §4).
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.ruleset import Claim


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a note for each claim of the root file that takes claims for another action away."""
    for scope, resolution in subject.resolved():
        for claim in resolution.live:
            taken = [lost for lost, taker in resolution.taken if _rebinds(claim, lost, taker)]
            if taken and subject.is_root(claim) and claim.scope == scope:
                yield _diagnostic(claim, taken)


def _rebinds(claim: Claim, lost: Claim, taker: object) -> bool:
    return isinstance(taker, Claim) and taker.action is claim.action is not lost.action


def _diagnostic(claim: Claim, taken: list[Claim]) -> Diagnostic:
    before = sorted({each.action for each in taken}, key=lambda action: action.rank)
    meant = " and ".join(action.value for action in before)
    return Diagnostic(
        codes.REBOUND_KEYWORD,
        f"`{claim.word}` meant {meant} and means {claim.action.value}{named(claim.scope)} from here on",
        Label(claim.place, f"now {claim.action.value}"),
        tuple(Label(each.place, f"before: {each.action.value}") for each in taken[:3]),
    )
