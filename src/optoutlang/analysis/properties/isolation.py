"""A country's scope changes nothing elsewhere: without it, the tables of all other contexts are the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from optoutlang.analysis.properties.differences import difference
from optoutlang.analysis.properties.subject import Subject
from optoutlang.analysis.properties.verdict import (
    Property,
    Verdict,
    Witness,
    by_construction,
    enumerated,
)
from optoutlang.model.ruleset import Ruleset

SCOPED = (
    *("claims", "removals", "onlys", "sentences", "phrases", "exceptions", "fillers"),
    *("replies", "preferences", "suggestions"),
)
"""The parts of a ruleset whose statements have a scope."""


def _settle(subject: Subject) -> Verdict:
    countries = subject.source.countries
    rounds = list(_rounds(countries))
    pairs = len(countries) ** 2  # each with each other, and with the base
    wrong = next((found for each in rounds if (found := _wrong(subject, each))), None)
    return Verdict(
        (
            by_construction(
                "the table of a context is made of the statements of the base and of its own scope"
            ),
            enumerated(
                pairs,
                f"pairs of a country and another context: the rules compiled {len(rounds)} times, each time without "
                "half of the countries, so that in one of them the first is gone and the second is not; exact",
            ),
        ),
        wrong,
    )


def _rounds(countries: tuple[str, ...]) -> Iterator[frozenset[str]]:
    """Yield sets of countries such that for each two some set holds the first and not the second."""
    for bit in range(max(1, (len(countries) - 1).bit_length())):
        for value in (0, 1):
            chosen = {each for place, each in enumerate(countries) if place >> bit & 1 == value}
            if chosen:
                yield frozenset(chosen)


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
    """Return a ruleset without the scopes of some countries."""
    kept = {
        name: tuple(each for each in getattr(ruleset, name) if each.scope not in dropped)
        for name in SCOPED
    }
    countries = tuple(each for each in ruleset.countries if each not in dropped)
    return replace(ruleset, countries=countries, **kept)


PROPERTY = Property(
    "country-isolation",
    "What the rules say for one country changes nothing in any other country.",
    _settle,
    needs_source=True,
)
