"""Rules that would have decided a message, and why they did not: taken away, stated elsewhere, or nearly alike."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from optoutlang.analysis.taken_back import TakenBack, taken_back
from optoutlang.language.compiler.slips import slips
from optoutlang.language.model.effective import Table, effective_tables
from optoutlang.language.model.layers import Layers, Taker
from optoutlang.language.model.pattern import rows
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import Claim, Phrase
from optoutlang.runtime.canonical import key
from optoutlang.runtime.matcher import Explanation
from optoutlang.runtime.matcher.look_alikes import LookAlikes
from optoutlang.runtime.matcher.stretches import squeezed
from optoutlang.runtime.terms import Action, Tolerance

_ALIKE = 70.0
"""How alike, in hundredths (rapidfuzz's ratio), the nearest rule must at least be."""

_MOST_READINGS = 2_000
"""Of a pattern that stands for more texts, none is compared: it is not what one text is nearest to."""


@dataclass(frozen=True, slots=True)
class TakenAway:
    """A keyword that the message is, and the statement that takes it away where the message is from."""

    claim: Claim
    taker: Taker


@dataclass(frozen=True, slots=True)
class Near:
    """The rule nearest to a message: its spelling, action, place, and the text of it that is nearest.

    `tolerance` is what would have let the message pass for a keyword, where the
    rules do not tolerate it; `alike` is in hundredths.
    """

    label: str
    spelling: str
    action: Action
    language: str
    rule: str
    text: str
    alike: float
    tolerance: Tolerance | None


@dataclass(frozen=True, slots=True)
class Missed:
    """What would have decided a message: `taken` away here, stated `elsewhere` alone, or the `nearest` rule.

    `back` is what it would mean but for each statement that takes something back by its text.
    """

    taken: tuple[TakenAway, ...]
    elsewhere: tuple[Claim, ...]
    nearest: Near | None
    back: tuple[TakenBack, ...] = ()


def missed(ruleset: Ruleset, found: Explanation, text: str, country: str | None) -> Missed:
    """Return the rules that would have decided an explained message, read in the scope of a country.

    What was taken away and what stands elsewhere is of interest only where no
    keyword of that spelling fired; the nearest rule only where nothing decided.
    """
    layers = Layers(ruleset)
    scope = country if country in ruleset.countries else None
    keys = dict.fromkeys(
        "".join(tokens)
        for tokens in (found.tokens, found.outside_quotes, found.without_filler)
        if tokens
    )
    fired = {(key(each.keyword), each.action) for each in found.fired}
    resolved = layers.resolve(scope)
    taken = tuple(
        TakenAway(claim, taker)
        for each in keys
        if each in resolved
        for claim, taker in resolved[each].taken
        if (claim.key, claim.action) not in fired
    )
    lost = {(each.claim.key, each.claim.action) for each in taken}
    elsewhere = tuple(
        claim
        for claim in ruleset.of(Claim)
        if claim.scope not in (None, scope)
        and claim.key in keys
        and (claim.key, claim.action) not in fired | lost
    )
    nearest, back = None, tuple[TakenBack, ...]()
    if found.decision is None and not taken:
        back = tuple(taken_back(ruleset, text, scope))
    if found.decision is None and not (taken or elsewhere or back):
        nearest = _nearest(effective_tables(ruleset, layers)[scope], found)
    return Missed(taken, elsewhere, nearest, back)


def _nearest(table: Table, found: Explanation) -> Near | None:
    tokens = found.without_filler or found.outside_quotes
    if not tokens:
        return None
    text = " ".join(tokens)
    rules = {shown: rule for rule in _rules(table) for shown in _texts(rule)}
    near = process.extractOne(text, rules.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    passing = _passing(table, "".join(tokens))
    if passing is not None:
        claim, tolerance = passing
        return _near(claim, claim.word, fuzz.ratio(text, claim.word.casefold()), tolerance)
    return None if near is None else _near(rules[near[0]], near[0], near[1], None)


def _rules(table: Table) -> Iterator[Claim | Phrase]:
    yield from (claim for keyword in table.keywords.values() for claim in keyword.claims[:1])
    yield from table.sentences
    yield from table.phrases


def _texts(rule: Claim | Phrase) -> Iterator[str]:
    if isinstance(rule, Claim):
        yield rule.word.casefold()
    elif rule.pattern.count <= _MOST_READINGS:
        yield from map(" ".join, rows(rule.pattern))


def _passing(table: Table, text: str) -> tuple[Claim, Tolerance] | None:
    """Return the opt-out keyword that a text would pass for, and by which tolerance that is not stated."""
    claims = {
        each.key: each.claims[0]
        for each in table.keywords.values()
        if each.action is Action.OPT_OUT and each.claims
    }
    for tolerance, keys in _tolerable(text, claims):
        if keys and tolerance not in table.tolerances:
            return claims[min(keys)], tolerance
    return None


def _tolerable(text: str, keys: Collection[str]) -> Iterator[tuple[Tolerance, list[str]]]:
    yield Tolerance.TYPOS, [each for each in keys if text in slips(each)]
    yield Tolerance.STRETCHES, [each for each in keys if squeezed(text) == squeezed(each)]
    yield Tolerance.LOOKALIKES, [*LookAlikes(keys).read(text)]


def _near(rule: Claim | Phrase, text: str, alike: float, tolerance: Tolerance | None) -> Near:
    return Near(
        label=rule.label,
        spelling=rule.word if isinstance(rule, Claim) else rule.spelling,
        action=rule.action,
        language=rule.language,
        rule=rule.origin.place.rule,
        text=text,
        alike=alike,
        tolerance=tolerance,
    )
