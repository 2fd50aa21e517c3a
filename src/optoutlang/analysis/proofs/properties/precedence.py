"""Precedence is total: whichever two rules fire on one message, one goes before the other, and it is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, combinations, product
from math import comb
from random import Random

from optoutlang.analysis.proofs.meetings import KeywordMeetings, Message, PartsByKey, meetings
from optoutlang.analysis.proofs.properties.readings import Readings, is_read_so, unknown_word
from optoutlang.analysis.proofs.properties.verdict import (
    Property,
    Verdict,
    Witness,
    by_construction,
    enumerated,
    sampled,
)
from optoutlang.analysis.proofs.rules import Rule, Rules
from optoutlang.analysis.proofs.subject import Subject

PAIRS, SEED = 5_000, 1
"""How many pairs of sentences and phrases are searched in all, drawn at random where there are more."""

Pair = tuple[Rule, Rule, Iterable[Message]]


def _settle(subject: Subject) -> Verdict:
    groups, readings = subject.groups(), Readings(subject)
    search = _Search(subject)
    rows: list[str] = []
    tried = 0
    wrong: Witness | None = None
    for scopes in groups:
        rules = Rules(subject, scopes[0])
        for one, other, messages in search.pairs(rules):
            tried += 1
            found = _meeting(readings, rules, (one, other), messages)
            if isinstance(found, Witness):
                wrong = _shorter(wrong, found)
            elif found is not None:
                rows.append(f"{_where(scopes)}: {found}")
    ground = sampled if search.left_out else enumerated
    rest = (
        f"; of {search.left_out:,} more pairs the order is by construction"
        if search.left_out
        else ""
    )
    return Verdict(
        (
            by_construction(
                "what orders the rules that fire is a step, an action, a kind, a length and a place: two rules "
                "equal in all of these have the same words, and then they are one rule"
            ),
            ground(
                tried,
                f"pairs of rules that may meet, in {len(groups)} groups of equal contexts: {len(rows):,} fire "
                "together, and the shortest message that shows it (--verbose names them) has one winner, the same for "
                f"the matcher, a plain reading and, asked about {readings.asked} messages, the reference{rest}",
            ),
        ),
        wrong,
        tuple(rows),
    )


class _Search:
    """Finds the pairs of rules of one context after the other; what the base has is searched there alone."""

    def __init__(self, subject: Subject) -> None:
        self._unknown = unknown_word(subject)
        self._base_parts = list(Rules(subject, None).own_parts())
        self._by_key = PartsByKey(self._base_parts)
        self._room = PAIRS
        self._random = Random(SEED)  # noqa: S311  # no secret: the same pairs each time
        self.left_out = 0

    def pairs(self, rules: Rules) -> Iterator[Pair]:
        """Yield every pair that may fire together, with the messages on which it would, the shortest first."""
        own = self._base_parts if rules.country is None else list(rules.own_parts())
        fillers = rules.fillers
        searches = [KeywordMeetings(rules.keywords, fillers, self._by_key)]
        if rules.country is not None:
            searches = [
                KeywordMeetings(rules.own_keywords(), fillers, self._by_key),
                KeywordMeetings(rules.keywords, fillers, PartsByKey(own)),
            ]
        found = [each.pairs() for each in searches]
        for pair in dict.fromkeys(pair for each in found for pair in each):
            yield *pair, [message for each in found for message in each.get(pair, ())]
        known = [] if rules.country is None else self._base_parts
        for one, other in self._chosen(own, known):
            yield one, other, meetings(one, other, self._unknown, fillers)

    def _chosen(self, own: list[Rule], known: list[Rule]) -> Iterable[tuple[Rule, Rule]]:
        """Return the pairs of a context's own parts, and of these with the base's; some if they are too many."""
        count = comb(len(own), 2) + len(own) * len(known)
        if count <= self._room:
            self._room -= count
            return chain(combinations(own, 2), product(own, known))
        self.left_out += count - self._room
        both = [*own, *known]
        drawn = [(self._random.choice(own), self._random.choice(both)) for _ in range(self._room)]
        self._room = 0
        return dict.fromkeys(pair for pair in drawn if pair[0] != pair[1])


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
