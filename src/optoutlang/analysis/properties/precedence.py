"""Precedence is total: whichever two rules fire on one message, one goes before the other, and it is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, islice
from math import comb

from optoutlang.analysis.meetings import KeywordMeetings, Message, meetings
from optoutlang.analysis.properties.readings import Readings, is_read_so, stranger
from optoutlang.analysis.properties.verdict import (
    Property,
    Verdict,
    Witness,
    by_construction,
    enumerated,
)
from optoutlang.analysis.rules import Rule, Rules, rules_of
from optoutlang.analysis.subject import Subject

PAIRS = 5_000
"""How many pairs of sentences and phrases are searched in all; the order of more is by construction alone."""

Pair = tuple[Rule, Rule, Iterable[Message]]


def _settle(subject: Subject) -> Verdict:
    unknown, groups, readings = stranger(subject), subject.groups(), Readings(subject)
    rows: list[str] = []
    tried = together = searched = 0
    wrong: Witness | None = None
    for scopes in groups:
        rules = rules_of(subject, scopes[0])
        parts = [each for held in rules.parts.values() for each in held]
        room = max(0, PAIRS - searched)
        searched += comb(len(parts), 2)
        for one, other, messages in _pairs(rules, parts, unknown, most=room):
            tried += 1
            found = _meeting(readings, rules, (one, other), messages)
            if isinstance(found, Witness):
                wrong = _shorter(wrong, found)
            elif found is not None:
                together += 1
                rows.append(f"{_where(scopes)}: {found}")
    beyond = f"; {searched - PAIRS:,} more pairs are not searched" if searched > PAIRS else ""
    return Verdict(
        (
            by_construction(
                "what orders the rules that fire is a step, an action, a kind, a length and a place: two rules "
                "equal in all of these have the same words, and then they are one rule"
            ),
            enumerated(
                tried,
                f"pairs of rules that may meet, in {len(groups)} groups of equal contexts: {together:,} fire "
                "together, and the shortest message that shows it (--verbose names them) has one winner, the same for "
                f"the matcher, a plain reading and, asked about {readings.asked} messages, the reference{beyond}",
            ),
        ),
        wrong,
        tuple(rows),
    )


def _pairs(rules: Rules, parts: list[Rule], unknown: str, *, most: int) -> Iterator[Pair]:
    """Yield every pair of rules that may fire together, with the messages on which they would, the shortest first."""
    for (one, other), messages in KeywordMeetings(rules).pairs().items():
        yield one, other, messages
    for one, other in islice(combinations(parts, 2), most):
        yield one, other, meetings(one, other, unknown)


def _meeting(
    readings: Readings, rules: Rules, pair: tuple[Rule, Rule], messages: Iterable[Message]
) -> str | Witness | None:
    """Return the shortest message on which both rules fire and who wins, a witness if that is in doubt; or None."""
    for message in messages:
        firing = rules.firing(message.sentences)
        if pair[0] in firing and pair[1] in firing and is_read_so(message):
            wrong = readings.disagreement(rules, message, firing)
            if wrong is not None:
                return wrong
            winner, loser = sorted(pair, key=firing.__getitem__)
            return f"`{message.text}`: {winner} goes before {loser}"
    return None


def _shorter(one: Witness | None, other: Witness) -> Witness:
    if one is None or len(other.message or "") < len(one.message or ""):
        return other
    return one


def _where(scopes: tuple[str | None, ...]) -> str:
    named = [each or "the base" for each in scopes[:3]]
    return ", ".join(named) + (f" and {len(scopes) - 3} more" if len(scopes) > 3 else "")


PROPERTY = Property(
    "precedence-total",
    "Whenever two rules fire on one message, exactly one of them goes first.",
    _settle,
)
