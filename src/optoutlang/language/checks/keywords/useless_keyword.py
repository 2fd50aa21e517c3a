"""O211 useless-keyword: a keyword that would mean the same in every context without this statement.

It misleads a reviewer into thinking that something was added. Words of
`require keywords` and `only keywords` say more than that and are left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from optoutlang.language.checks.edits import dropping
from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.layers import Layers, stronger
from optoutlang.language.model.ruleset import Claim, Removal, Ruleset
from optoutlang.runtime.terms.action import Action

Meaning = frozenset[tuple[Action, str, bool]]
_S = TypeVar("_S", Claim, Removal)


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each claim of the root file that changes nothing."""
    rivals = _by_key(subject.ruleset.claims)
    removals = _by_key(subject.ruleset.removals)
    for claim in subject.ruleset.claims:
        if not subject.is_root(claim) or claim.required or _is_listed_in_only(subject, claim):
            continue
        same = _inherited(subject, claim, rivals[claim.key])
        few = replace(
            subject.ruleset,
            claims=tuple(rivals[claim.key]),
            removals=tuple(removals[claim.key]),
        )
        if same is not None and _changes_nothing(few, claim):
            yield Diagnostic(
                codes.USELESS_KEYWORD,
                f"`{claim.word}` means {claim.action.value} already{named(claim.scope)}",
                Label(claim.place, "this changes nothing"),
                (Label(same.place, "inherited from here"),),
                fix=dropping(claim.place, claim.word),
            )


def _by_key(statements: tuple[_S, ...]) -> Mapping[str, list[_S]]:
    found: dict[str, list[_S]] = defaultdict(list)
    for each in statements:
        found[each.key].append(each)
    return found


def _inherited(subject: Subject, claim: Claim, rivals: list[Claim]) -> Claim | None:
    same = (
        each
        for each in rivals
        if (each.action, each.language) == (claim.action, claim.language)
        and each.scope in (None, claim.scope)
        and stronger(subject.ruleset, claim, each)
    )
    return min(same, key=lambda each: each.place.sort_key, default=None)


def _is_listed_in_only(subject: Subject, claim: Claim) -> bool:
    span = claim.place.span
    return any(
        each.place.source == claim.place.source
        and each.place.span.start <= span.start
        and span.end <= each.place.span.end
        for each in subject.ruleset.onlys
    )


def _changes_nothing(ruleset: Ruleset, claim: Claim) -> bool:
    """Compare every context with and without the claim's place (one place may speak for several countries)."""
    without = tuple(each for each in ruleset.claims if each.place != claim.place)
    return _meanings(ruleset, claim.key) == _meanings(replace(ruleset, claims=without), claim.key)


def _meanings(ruleset: Ruleset, key: str) -> list[Meaning]:
    layers = Layers(ruleset)
    found: list[Meaning] = []
    for scope in (None, *ruleset.countries):
        held = layers.resolve(scope).get(key)
        live = held.live if held else ()
        sound = not (held and (held.contested or held.defied))
        found.append(frozenset((each.action, each.language, sound) for each in live))
    return found
