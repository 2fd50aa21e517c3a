"""One call of `match`, with the compiled core and in pure Python, against N: `text.strip().upper() in KEYWORDS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from benchmarks.speed.definition import Definition
from benchmarks.speed.haystacks import fresh, haystack
from benchmarks.speed.measurement import Measurement
from benchmarks.speed.race import Contestant, Outcome, WrongCountError, compared, race, timed
from benchmarks.speed.rulesets import Rulesets, naive, spellings
from optoutlang import Matcher


def measure(definition: Definition, rulesets: Rulesets) -> list[Measurement]:
    """Measure one message at a time; the two ways of ours must decide alike."""
    compiled, pure = rulesets[definition.rules], rulesets.pure(definition.rules)
    texts = haystack(definition.haystack)
    if decisions(compiled, definition, texts) != decisions(pure, definition, texts):
        raise WrongCountError(f"{definition.name}: the compiled core decides differently")
    outcomes = race(
        definition,
        {
            "N": answering(definition, naive(spellings(compiled))),
            "compiled": deciding(definition, compiled),
            "pure": deciding(definition, pure),
        },
    )
    return compared(definition, outcomes, first="N", unit="× N", absolute=(len(texts), "ns"))


def measure_country(definition: Definition, rulesets: Rulesets) -> list[Measurement]:
    """Compare a country that has rules of its own with the base, on the same messages."""
    matcher = rulesets[definition.rules]
    contestants = {
        "the base": deciding(replace(definition, country=None), matcher),
        "the country": deciding(definition, matcher),
    }
    outcomes = race(definition, contestants)
    per = (len(haystack(definition.haystack)), "ns")
    return compared(definition, outcomes, first="the base", unit="× the base", absolute=per)


def decisions(matcher: Matcher, definition: Definition, texts: list[str]) -> list[object]:
    """Return what a matcher decides."""
    return [matcher.match(text, country=definition.country) for text in texts]


def answering(definition: Definition, answer: Callable[[str], bool]) -> Contestant:
    """Return a contestant that answers each message."""

    def turn(repeat: int) -> Outcome:
        texts = fresh(haystack(definition.haystack, repeat))
        return timed(lambda: sum([answer(text) for text in texts]))

    return turn


def deciding(definition: Definition, matcher: Matcher) -> Contestant:
    """Return a contestant that decides each message, in a country if there is one."""
    match, country = matcher.match, definition.country

    def turn(repeat: int) -> Outcome:
        texts = fresh(haystack(definition.haystack, repeat))
        if country is None:
            outcome = timed(lambda: counted([match(text) for text in texts]))
        else:
            outcome = timed(lambda: counted([match(text, country=country) for text in texts]))
        return outcome

    return turn


def counted(found: list[object]) -> int:
    """Return how many messages got a decision."""
    return len(found) - found.count(None)
