"""O208 rebound-keyword: an inherited keyword gets another action.

That is allowed, and how a country says that its word means something else
there; the note is for the reviewer (docs/language.md §4).
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.statement import Claim
from optoutlang.runtime.terms.action import REQUESTS, Action


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a note for each claim of the root file that takes claims for another action away."""
    for scope, resolution in subject.resolved():
        if not resolution.taken:
            continue
        taken = {
            action: [pair[0] for pair in resolution.taken if _rebinds(action, *pair)]
            for action in REQUESTS
        }
        meant = {action: _meant(lost) for action, lost in taken.items()}
        for claim in resolution.live:
            if taken[claim.action] and subject.is_root(claim) and claim.scope == scope:
                yield _diagnostic(claim, meant[claim.action], taken[claim.action][:3])


def _rebinds(action: Action, lost: Claim, taker: object) -> bool:
    return isinstance(taker, Claim) and taker.action is action is not lost.action


def _meant(lost: list[Claim]) -> str:
    before = sorted({each.action for each in lost}, key=lambda action: action.rank)
    return " and ".join(action.value for action in before)


def _diagnostic(claim: Claim, meant: str, taken: list[Claim]) -> Diagnostic:
    return Diagnostic(
        codes.REBOUND_KEYWORD,
        f"`{claim.word}` meant {meant} and means {claim.action.value}{named(claim.scope)} from here on",
        Label(claim.place, f"now {claim.action.value}"),
        tuple(Label(each.place, f"before: {each.action.value}") for each in taken),
    )
