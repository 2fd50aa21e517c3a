"""Which claim of a keyword holds where (docs/language.md §4).

Theory of operation. Strength is a partial order: a statement of a country's
scope is stronger than one of the base; inside a scope, a statement of a file is
stronger than one of a file that it uses. For one key in one context, a claim
*holds* unless something strictly stronger *takes* it: a claim for another
action, a `remove`, or an `only` that does not list it. Something of equal
strength that would take it makes the claim *contested*, unless a stronger claim
for the same action, which the rival would have taken as well, settles the matter.

A country touches few keys, so every other key shares the base's resolution.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from optoutlang.language.model.ruleset import (
    PROTECTED_KEYS,
    Claim,
    Only,
    Phrase,
    Preference,
    Removal,
    ReplyText,
    Ruleset,
    Suggestion,
)

Taker = Claim | Removal | Only
Statement = Claim | Removal | Only | Phrase | Preference | ReplyText | Suggestion

_S = TypeVar("_S", bound=Statement)
_K = TypeVar("_K", Claim, Removal)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of the claims of one key in one context.

    `live` hold, strongest first. `taken` pairs each lost claim with what took
    it, `defied` each required claim with what tried, `contested` each live
    claim with a rival of equal strength that nothing settles.
    """

    key: str
    live: tuple[Claim, ...]
    taken: tuple[tuple[Claim, Taker], ...] = ()
    defied: tuple[tuple[Claim, Taker], ...] = ()
    contested: tuple[tuple[Claim, Taker], ...] = ()


def stronger(ruleset: Ruleset, one: Statement, other: Statement) -> bool:
    """Tell whether `one` is strictly stronger than `other`, both of one context."""
    if one.scope != other.scope:
        return one.scope is not None
    return other.file in ruleset.files[one.file].weaker


def strongest(ruleset: Ruleset, statements: Sequence[_S]) -> tuple[_S, ...]:
    """Return the statements that no other one is stronger than, in order of place."""
    top = (
        each
        for each in statements
        if not any(stronger(ruleset, other, each) for other in statements)
    )
    return tuple(sorted(top, key=lambda each: each.place.sort_key))


def by_strength(ruleset: Ruleset, statements: Iterable[_S]) -> tuple[_S, ...]:
    """Return the statements strongest first; equals in order of place."""
    left = list(statements)
    ordered: list[_S] = []
    while left:
        top = strongest(ruleset, left)
        ordered += top
        left = [each for each in left if each not in top]
    return tuple(ordered)


def takes(taker: Taker, claim: Claim) -> bool:
    """Tell whether `taker`, were it stronger, would take a claim away."""
    match taker:
        case Claim():
            return taker.key == claim.key and taker.action is not claim.action
        case Removal():
            return (
                taker.key == claim.key
                and taker.action is claim.action
                and taker.language in (None, claim.language)
            )
        case _:
            return (
                taker.action is claim.action
                and taker.language in (None, claim.language)
                and claim.key not in taker.keys
                and claim.key not in PROTECTED_KEYS
                and (taker.file, taker.scope) != (claim.file, claim.scope)
            )


class Layers:
    """The resolutions of a ruleset, for the base and for each country, computed when asked for."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._ruleset = ruleset
        self._claims = _by_scope_and_key(ruleset.claims)
        self._removals = _by_scope_and_key(ruleset.removals)
        self._onlys: dict[str | None, list[Only]] = defaultdict(list)
        for only in ruleset.onlys:
            self._onlys[only.scope].append(only)
        self._base = {key: self._resolve(key, None) for key in self._claims[None]}

    def resolve(self, scope: str | None) -> Mapping[str, Resolution]:
        """Return the resolution of every key that is claimed in a context."""
        if scope is None:
            return self._base
        touched = self._touched(scope)
        if not touched:
            return self._base
        return self._base | {key: self._resolve(key, scope) for key in touched}

    def _touched(self, scope: str) -> list[str]:
        """Return, sorted, the keys that the statements of a country's scope may change."""
        keys = set(self._claims[scope])
        keys |= self._removals[scope].keys() & self._base.keys()
        for only in self._onlys[scope]:
            keys |= {key for key, held in self._base.items() if _may_take(only, held)}
        return sorted(keys)

    def _resolve(self, key: str, scope: str | None) -> Resolution:
        claims = self._gather(self._claims, key, scope)
        takers: list[Taker] = [*claims, *self._gather(self._removals, key, scope)]
        takers += self._onlys[None] + (self._onlys[scope] if scope is not None else [])
        if len(takers) == 1:
            return Resolution(key, tuple(claims))
        lost = [pair for claim in claims if (pair := self._loss(claim, takers)) is not None]
        taken = tuple(pair for pair in lost if not pair[0].required)
        gone = {id(claim) for claim, _ in taken}
        live = by_strength(self._ruleset, [each for each in claims if id(each) not in gone])
        contested = tuple(
            (claim, rival)
            for claim in live
            for rival in takers
            if self._contests(rival, claim, live, gone)
        )
        defied = tuple(pair for pair in lost if pair[0].required)
        return Resolution(key, live, taken, defied, contested)

    def _loss(self, claim: Claim, takers: list[Taker]) -> tuple[Claim, Taker] | None:
        for taker in takers:
            if takes(taker, claim) and stronger(self._ruleset, taker, claim):
                return claim, taker
        return None

    def _contests(
        self, rival: Taker, claim: Claim, live: tuple[Claim, ...], gone: set[int]
    ) -> bool:
        if not takes(rival, claim) or id(rival) in gone:
            return False
        if stronger(self._ruleset, rival, claim) or stronger(self._ruleset, claim, rival):
            return False
        return not any(
            takes(rival, settler) and stronger(self._ruleset, settler, rival) for settler in live
        )

    def _gather(
        self, index: Mapping[str | None, Mapping[str, list[_K]]], key: str, scope: str | None
    ) -> list[_K]:
        found = list(index[None].get(key, ()))
        if scope is not None:
            found += index[scope].get(key, ())
        return found


def _may_take(only: Only, held: Resolution) -> bool:
    return any(takes(only, claim) for claim in held.live)


def _by_scope_and_key(
    statements: tuple[_K, ...],
) -> dict[str | None, dict[str, list[_K]]]:
    index: dict[str | None, dict[str, list[_K]]] = defaultdict(lambda: defaultdict(list))
    for each in statements:
        index[each.scope][each.key].append(each)
    return index
