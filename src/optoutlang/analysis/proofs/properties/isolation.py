"""A country's scope changes nothing elsewhere: without it, the tables of all other contexts are the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, count
from math import comb

from optoutlang.analysis.proofs.properties.differences import difference
from optoutlang.analysis.proofs.properties.verdict import (
    Property,
    Verdict,
    Witness,
    by_construction,
    enumerated,
)
from optoutlang.analysis.proofs.subject import Subject
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import Claim

WORK = 20_000
"""How many keyword statements the rules may have in all rounds if each country is to be dropped alone."""


def _settle(whole: Subject) -> Verdict:
    subject = whole.light()
    countries = subject.source.countries
    alone = len(countries) * len(subject.source.of(Claim)) <= WORK
    rounds = [frozenset({each}) for each in countries] if alone else list(_separating(countries))
    dropped = (
        "one country"
        if alone
        else "half of the countries, in turn: of any two, each goes once while the other stays"
    )
    pairs = len(countries) * (len(subject.scopes) - 1)  # each with each other, and with the base
    wrong = next((found for each in rounds if (found := _wrong(subject, each))), None)
    if whole.is_large:
        dropped += (
            ", the base's phrases and sentences set aside; and once with them, without any country"
        )
        wrong = wrong or _wrong(whole, frozenset(countries))
    return Verdict(
        (
            by_construction(
                "the table of a context is made of the statements of the base and of its own scope"
            ),
            enumerated(
                pairs,
                f"pairs of a country and another context: the rules compiled {len(rounds)} times, each time without "
                f"{dropped}; whole tables compared, so that it holds for all messages",
            ),
        ),
        wrong,
    )


def _separating(countries: tuple[str, ...]) -> Iterator[frozenset[str]]:
    """Yield sets of countries such that for each two some set holds the first and not the second.

    Each country is in half of the sets, and no two are in the same ones, so none is wherever another is: as few sets as
    can be (Sperner's theorem; Spencer, Minimal completely separating systems, 1970).
    """
    rounds = next(each for each in count(2) if comb(each, each // 2) >= len(countries))
    chosen = dict(zip(countries, combinations(range(rounds), rounds // 2), strict=False))
    for number in range(rounds):
        dropped = frozenset(each for each, rows in chosen.items() if number in rows)
        if dropped:
            yield dropped


def _wrong(subject: Subject, dropped: frozenset[str]) -> Witness | None:
    other = replace(subject, program=subject.compiler(without(subject.source, dropped)))
    for country in subject.scopes:
        if country not in dropped:
            found = difference(subject, other, country)
            if found is not None:
                gone = ", ".join(sorted(dropped))
                return replace(found, wrong=f"{found.wrong} without the scopes of {gone}")
    return None


def without(ruleset: Ruleset, dropped: frozenset[str]) -> Ruleset:
    """Return a ruleset without the scopes of some countries: whatever has a scope."""
    few = ruleset.keeping(lambda each: each.scope not in dropped)
    return replace(few, countries=tuple(sorted({*ruleset.countries} - dropped)))


PROPERTY = Property(
    "country-isolation",
    "What the rules say for one country changes nothing in any other country.",
    _settle,
    needs_source=True,
)
