"""O211 useless-keyword: a keyword that would mean the same in every context without this statement.

It misleads a reviewer into thinking that something was added. Words of
`require keywords` and `only keywords` say more than that and are left alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TypeVar

from optoutlang.language.checks.edits import dropping
from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.layers import Layers, rank, stronger
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import Claim, Only, Removal
from optoutlang.language.source.place import Place
from optoutlang.runtime.terms.action import Action

Meaning = frozenset[tuple[Action, str, bool]]
_S = TypeVar("_S", Claim, Removal)


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each claim of the root file that changes nothing."""
    rivals = _by_key(subject.ruleset.of(Claim))
    removals = {key: _few(every) for key, every in _by_key(subject.ruleset.of(Removal)).items()}
    few = {key: _few(every) for key, every in rivals.items()}
    same_place = _by_place(subject.ruleset.of(Claim))
    listed = _Listed(subject.ruleset.of(Only))
    for claim in subject.ruleset.of(Claim):
        if not subject.is_root(claim) or claim.required or claim.place in listed:
            continue
        if len(few[claim.key]) == 1:
            continue  # it has no rival, as most have none
        same = _inherited(subject, claim, few[claim.key])
        if same is None:
            continue
        claims = {id(each): each for each in (*few[claim.key], *same_place[claim.place.sort_key])}
        ruleset = subject.ruleset.replacing(Claim, tuple(claims.values()))
        ruleset = ruleset.replacing(Removal, tuple(removals.get(claim.key, ())))
        if _changes_nothing(ruleset, claim):
            yield Diagnostic(
                codes.USELESS_KEYWORD,
                f"`{claim.word}` means {claim.action.value} already{named(claim.scope)}",
                Label(claim.place, "this changes nothing"),
                (Label(same.place, "inherited from here"),),
                help="take it out; or write `require keywords`, which says that it stays whatever else changes",
                fix=dropping(claim.place, claim.word),
            )


def _by_key(statements: tuple[_S, ...]) -> Mapping[str, list[_S]]:
    found: dict[str, list[_S]] = defaultdict(list)
    for each in statements:
        found[each.key].append(each)
    return found


def _few(statements: list[_S]) -> list[_S]:
    """Return the first two statements of each rank: more of one key change nothing, and may be thousands."""
    if len(statements) <= 2:
        return statements
    kept: dict[object, list[_S]] = defaultdict(list)
    for each in statements:
        alike = kept[rank(each), getattr(each, "required", False)]
        if len(alike) < 2:
            alike.append(each)
    return [each for alike in kept.values() for each in alike]


def _by_place(claims: tuple[Claim, ...]) -> Mapping[tuple[str, int, int], list[Claim]]:
    found: dict[tuple[str, int, int], list[Claim]] = defaultdict(list)
    for each in claims:
        found[each.place.sort_key].append(each)
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


class _Listed:
    """The places that `only keywords` statements cover; they do not overlap but where they are one."""

    def __init__(self, onlys: tuple[Only, ...]) -> None:
        places: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for each in onlys:
            span = each.place.span
            places[each.place.source.name].add((span.start, span.end))
        self._places = {name: sorted(spans) for name, spans in places.items()}

    def __contains__(self, place: Place) -> bool:
        spans = self._places.get(place.source.name, [])
        before = bisect_right(spans, place.span.start, key=lambda span: span[0])
        return before > 0 and place.span.end <= spans[before - 1][1]


def _changes_nothing(ruleset: Ruleset, claim: Claim) -> bool:
    """Compare every context with and without the claim's place (one place may speak for several countries)."""
    others = (each for each in ruleset.of(Claim) if each.place != claim.place)
    without = ruleset.replacing(Claim, others)
    return _meanings(ruleset, claim.key) == _meanings(without, claim.key)


def _meanings(ruleset: Ruleset, key: str) -> list[Meaning]:
    layers = Layers(ruleset)
    found: list[Meaning] = []
    for scope in (None, *ruleset.countries):
        resolution = layers.resolve(scope).get(key)
        live = resolution.live if resolution else ()
        sound = not (resolution and (resolution.contested or resolution.defied))
        found.append(frozenset((each.action, each.language, sound) for each in live))
    return found
