"""The claims of keywords that hold in a scope (docs/language.md §4).

Theory of operation. Strength is a partial order: a statement of a country's
scope is stronger than one of the base; inside a scope, a statement of a file is
stronger than one of a file that it uses. For one key in one context, a claim
*holds* unless something strictly stronger *takes* it: a claim for another
action, a `remove`, or an `only` that does not list it. Something of equal
strength that would take it makes the claim *contested*, unless a stronger claim
for the same action, which the rival would have taken as well, settles the matter.

A country touches few keys, so every other key shares the base's resolution.

A file may claim one key ten thousand times. Whether a statement takes a claim,
and which is stronger, depends on their kind, file, scope, action and language
alone (their *rank*; for an `only` also on what it lists), so each pair of ranks
is compared once, and a contested claim names a few of its rivals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TypeVar

from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import (
    Claim,
    Only,
    Removal,
    Statement,
)
from optoutlang.runtime.program import PROTECTED_KEYS
from optoutlang.runtime.terms.action import Action

Taker = Claim | Removal | Only

MOST_RIVALS = 16
"""How many rivals of one rank a contested claim names; a claim that is a rival names its own."""

_Rank = tuple[type, int, str | None, Action, str | None]

_S = TypeVar("_S", bound=Statement)
_K = TypeVar("_K", Claim, Removal)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of the claims of one key in one context.

    `live` hold, strongest first. `taken` pairs each lost claim with what took
    it, `defied` each required claim with what tried, `contested` each live
    claim with a rival of equal strength that nothing settles: with at most
    MOST_RIVALS of each rank.
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
    levels = {(each.file, each.scope): each for each in statements}
    top = {
        level
        for level, one in levels.items()
        if not any(stronger(ruleset, other, one) for other in levels.values())
    }
    strongest = [each for each in statements if (each.file, each.scope) in top]
    return tuple(sorted(strongest, key=lambda each: each.place.sort_key))


def by_strength(ruleset: Ruleset, statements: Iterable[_S]) -> tuple[_S, ...]:
    """Return the statements strongest first; equals in order of place."""
    remaining = list(statements)
    ordered: list[_S] = []
    while remaining:
        top = strongest(ruleset, remaining)
        levels = {(each.file, each.scope) for each in top}
        ordered += top
        remaining = [each for each in remaining if (each.file, each.scope) not in levels]
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
            return _reaches(taker, claim) and claim.key not in taker.keys


def _reaches(only: Only, claim: Claim) -> bool:
    """Tell whether an `only` takes a claim unless it lists its key."""
    return (
        only.action is claim.action
        and only.language in (None, claim.language)
        and claim.key not in PROTECTED_KEYS
        and (only.file, only.scope) != (claim.file, claim.scope)
    )


def rank(statement: Taker) -> _Rank:
    """Return all that decides what a statement takes and what is stronger, but for keys."""
    return (
        type(statement),
        statement.file,
        statement.scope,
        statement.action,
        statement.language,
    )


class Layers:
    """The resolutions of a ruleset, for the base and for each country, computed when asked for."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._ruleset = ruleset
        self._claims = _by_scope_and_key(ruleset.of(Claim))
        self._removals = _by_scope_and_key(ruleset.of(Removal))
        self._onlys: dict[str | None, dict[_Rank, list[Only]]] = defaultdict(dict)
        for only in ruleset.of(Only):
            self._onlys[only.scope].setdefault(rank(only), []).append(only)
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
        onlys = self._onlys[scope].values()
        if not onlys:
            return sorted(keys)
        keys |= {
            key
            for key, resolution in self._base.items()
            if any(_taking(members, claim) for claim in resolution.live for members in onlys)
        }
        return sorted(keys)

    def _resolve(self, key: str, scope: str | None) -> Resolution:
        claims = self._gather(self._claims, key, scope)
        removals = self._gather(self._removals, key, scope)
        onlys = [*self._onlys[None].values()]
        onlys += self._onlys[scope].values() if scope is not None else ()
        if len(claims) == 1 and not removals and not onlys:
            return Resolution(key, tuple(claims))
        return _Contest(self._ruleset, claims, removals, onlys).resolution(key)

    def _gather(
        self, index: Mapping[str | None, Mapping[str, list[_K]]], key: str, scope: str | None
    ) -> list[_K]:
        found = list(index[None].get(key, ()))
        if scope is not None:
            found += index[scope].get(key, ())
        return found


class _Contest:
    """The claims of one key in one context, and all that may take them."""

    def __init__(
        self,
        ruleset: Ruleset,
        claims: list[Claim],
        removals: list[Removal],
        onlys: list[list[Only]],
    ) -> None:
        self._ruleset = ruleset
        self._claims = claims
        takers: dict[_Rank, list[Taker]] = defaultdict(list)
        for taker in chain[Claim | Removal](claims, removals):
            takers[rank(taker)].append(taker)
        self._takers: list[Sequence[Taker]] = [*takers.values(), *onlys]

    def resolution(self, key: str) -> Resolution:
        """Return what becomes of the claims."""
        takers: dict[_Rank, Taker | None] = {}
        lost: list[tuple[Claim, Taker]] = []
        for claim in self._claims:
            place = rank(claim)
            if place not in takers:
                takers[place] = self._taker(claim)
            taker = takers[place]
            if taker is not None:
                lost.append((claim, taker))
        taken = tuple(pair for pair in lost if not pair[0].required)
        gone = {id(claim) for claim, _ in taken}
        live = by_strength(
            self._ruleset, [claim for claim in self._claims if id(claim) not in gone]
        )
        defied = tuple(pair for pair in lost if pair[0].required)
        return Resolution(key, live, taken, defied, self._contested(live, gone))

    def _taker(self, claim: Claim) -> Taker | None:
        """Return the first statement that is stronger than a claim and takes it."""
        first = [
            members[0]
            for group in self._takers
            if stronger(self._ruleset, group[0], claim) and (members := _taking(group, claim, 1))
        ]
        return min(first, key=_turn, default=None)

    def _contested(
        self, live: tuple[Claim, ...], gone: set[int]
    ) -> tuple[tuple[Claim, Taker], ...]:
        settlers = {rank(claim): claim for claim in live}
        alive = (
            members
            if isinstance(members[0], Only)
            else [each for each in members if id(each) not in gone]
            for members in self._takers
        )
        rivals = [members for members in alive if members]
        by_rank: dict[_Rank, list[Taker]] = {}
        for place, claim in settlers.items():
            by_rank[place] = [
                rival for members in rivals for rival in self._rivals(members, claim, settlers)
            ]
        return tuple((claim, rival) for claim in live for rival in by_rank[rank(claim)])

    def _rivals(
        self, members: Sequence[Taker], claim: Claim, settlers: Mapping[_Rank, Claim]
    ) -> list[Taker]:
        """Return of statements of one rank some that contest a claim."""
        one = members[0]
        if stronger(self._ruleset, one, claim) or stronger(self._ruleset, claim, one):
            return []
        return [rival for rival in _taking(members, claim) if not self._is_settled(rival, settlers)]

    def _is_settled(self, rival: Taker, settlers: Mapping[_Rank, Claim]) -> bool:
        return any(
            takes(rival, settler) and stronger(self._ruleset, settler, rival)
            for settler in settlers.values()
        )


def _turn(taker: Taker) -> tuple[bool, bool, int, int]:
    """Sort claims and removals, as they are, before every `only`, and these as they stand in the ruleset."""
    if not isinstance(taker, Only):
        return (False, False, 0, 0)
    return (True, taker.scope is not None, taker.file, taker.place.span.start)


def _taking(members: Sequence[Taker], claim: Claim, most: int = MOST_RIVALS) -> Sequence[Taker]:
    """Return the first statements of one rank that take a claim, were they stronger."""
    one = members[0]
    if not isinstance(one, Only):
        return members[:most] if takes(one, claim) else ()
    if not _reaches(one, claim):
        return ()
    return list(islice((each for each in members if takes(each, claim)), most))


def _by_scope_and_key(
    statements: tuple[_K, ...],
) -> dict[str | None, dict[str, list[_K]]]:
    index: dict[str | None, dict[str, list[_K]]] = defaultdict(lambda: defaultdict(list))
    for each in statements:
        index[each.scope][each.key].append(each)
    return index
