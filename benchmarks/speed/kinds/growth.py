"""How time grows: with keywords, with phrases, with a message's length, and with what hostile messages repeat."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

import ahocorasick_rs

import optoutlang
from benchmarks.speed.definition import Definition
from benchmarks.speed.haystacks import FOLDER, fresh, haystack
from benchmarks.speed.kinds.call import counted
from benchmarks.speed.measurement import Measurement
from benchmarks.speed.race import Contestant, Outcome, WrongCountError, race, rounded, spread, timed
from benchmarks.speed.rulesets import Rulesets, keywords, naive, pure_python, words
from optoutlang import Matcher
from optoutlang.runtime.canonical import tokens
from tests.builders.rulesets import matcher as matcher_of
from tests.builders.shapes import COUNTRY, RULES, SHAPES, TAGS

TWOFOLD = 400
"""How many different second words phrases have; each first word, from the haystack, goes with all of them."""

SHORT, LONG = 2_000, 16_000
"""How many characters a hostile message has."""

TRIES = 3
"""How often a hostile message is read; the fastest counts."""

MEGABYTE = 1_000_000
UNITS = {
    "combining marks": "\u0301",
    "one letter": "a",
    "phrase beginnings": "stop texting ",
    "zero width": "\u200b",
    "quotes": '"',
    "line breaks": "\n",
}
"""What the texts of 1 MB and 10 MB repeat."""


def steps(largest: int, smallest: int) -> Sequence[int]:
    """Return the powers of ten from one size to another, both included."""
    sizes = [smallest]
    while sizes[-1] < largest:
        sizes.append(sizes[-1] * 10)
    return sizes


# Curves.


def measure_keywords(definition: Definition, _: Rulesets) -> list[Measurement]:
    """Measure ordinary messages with more and more keywords, beside N and an automaton."""
    made: list[Measurement] = []
    for size in steps(definition.size, 10):
        known = words(size)
        compiled, pure = both(optoutlang.compile(keywords(size)).to_bytes())
        automaton = ahocorasick_rs.AhoCorasick([f" {each.lower()} " for each in known])
        contestants: dict[str, Contestant] = {
            "N": over(naive(frozenset(known))),
            "compiled": over(compiled.match),
            "pure": over(pure.match),
            "ahocorasick_rs": over(partial(first_match, automaton)),
        }
        made += curve(definition, contestants, size, per=len(haystack("ordinary")))
    return made


def first_match(automaton: ahocorasick_rs.AhoCorasick, text: str) -> object:
    """Return the first match of an automaton whose patterns stand between spaces."""
    found = automaton.find_matches_as_indexes(f" {text.lower()} ")
    return found[0] if found else None


def measure_phrases(definition: Definition, _: Rulesets) -> list[Measurement]:
    """Measure messages with more and more phrases, which begin with words of theirs; none of them occurs."""
    texts = (FOLDER / "ordinary.txt").read_text("utf-8").splitlines()
    beginnings = sorted({token for text in texts for token in tokens(text)})
    made: list[Measurement] = []
    for size in steps(definition.size, 100):
        second = range(TWOFOLD)
        phrases = [f'"{word} qz{number}"' for number in second for word in beginnings][:size]
        rules = optoutlang.compile(f"opt-out {{ phrases {', '.join(phrases)} }}")
        if len(rules.program.base.phrases) != size:
            raise WrongCountError(f"{len(rules.program.base.phrases)} phrases")
        compiled, pure = both(rules.to_bytes())
        contestants = {
            "compiled": over(compiled.match, texts),
            "pure": over(pure.match, texts),
        }
        made += curve(definition, contestants, size, per=len(texts))
    return made


def measure_length(definition: Definition, rulesets: Rulesets) -> list[Measurement]:
    """Measure longer and longer messages of ordinary words; the unit is a character."""
    matchers = rulesets[definition.rules], rulesets.pure(definition.rules)
    line = " ".join(haystack("ordinary"))
    made: list[Measurement] = []
    for size in steps(definition.size, 100):
        text = (line * (size // len(line) + 1))[:size]
        contestants = {
            name: over(matcher.match, [text] * max(1, 10_000 // size))
            for name, matcher in zip(("compiled", "pure"), matchers, strict=True)
        }
        made += curve(definition, contestants, size, per=size * max(1, 10_000 // size))
    return made


def both(artefact: bytes) -> tuple[Matcher, Matcher]:
    """Return a matcher with the compiled core, and one without."""
    compiled = Matcher.from_bytes(artefact)
    with pure_python():
        pure = Matcher.from_bytes(artefact)
    for each in (compiled, pure):
        each.prepare()
    return compiled, pure


def over(answer: Callable[[str], object], texts: list[str] | None = None) -> Contestant:
    """Return a contestant that answers ordinary messages, or others, one by one."""

    def turn(repeat: int) -> Outcome:
        given = fresh(haystack("ordinary", repeat) if texts is None else texts)
        return timed(lambda: counted([answer(text) or None for text in given]))

    return turn


def curve(
    definition: Definition, contestants: dict[str, Contestant], size: int, *, per: int
) -> list[Measurement]:
    """Return a point of each contestant's curve, in nanoseconds for one unit of work."""
    outcomes = race(definition, contestants)
    return [
        spread(definition, name, "ns", [each.cost / per for each in own], size=size)
        for name, own in outcomes.items()
    ]


# Hostile messages.


def measure_shapes(definition: Definition, _: Rulesets) -> list[Measurement]:
    """Measure how many times the time of a character is in a message eight times as long, for each hostile shape.

    It would be 8 for the square. The rules are those of tests/builders/shapes.py.
    """
    rules = matcher_of(RULES)

    def explain(text: str) -> object:
        return rules.explain(text, country=COUNTRY)

    def ask_in(tag: str) -> object:
        with suppress(ValueError):
            return rules.match("take me off", language=tag)
        return None

    groups: tuple[tuple[str, Callable[[str], object], Sequence[tuple[str, str, str]]], ...] = (
        ("match", rules.match, [(s.name, s.message(SHORT), s.message(LONG)) for s in SHAPES]),
        ("explain", explain, [(s.name, s.message(SHORT), s.message(LONG)) for s in SHAPES]),
        ("language tags", ask_in, [(s.name, s.message(SHORT), s.message(LONG)) for s in TAGS]),
    )
    made = []
    for group, ask, shapes in groups:
        growth = {name: grown(ask, short, long) for name, short, long in shapes}
        worst = max(growth, key=lambda name: growth[name])
        print(f"  {group}: {worst} grows most of {len(growth)}")
        row = spread(definition, group, "× a character's time", list(growth.values()))
        made.append(
            Measurement(*(definition.name, group, row.unit, growth[worst], row.low, row.high))
        )
    return made


def grown(ask: Callable[[str], object], short: str, long: str) -> float:
    """Return how many times the time of a character is in a long message what it is in a short one."""
    ask(short)
    return rounded(fastest(ask, long) / len(long) / (fastest(ask, short) / len(short)))


def fastest(ask: Callable[[str], object], text: str) -> float:
    """Return the processor time of the fastest of some readings, in nanoseconds."""
    return min(
        timed(lambda: int(ask(text) is not None), time.process_time_ns).cost for _ in range(TRIES)
    )


def measure_large(definition: Definition, rulesets: Rulesets) -> list[Measurement]:
    """Measure hostile texts ten times as long as others: `size` characters against a tenth."""
    match = rulesets[definition.rules].match
    made = []
    for name, unit in UNITS.items():
        long = (unit * definition.size)[: definition.size]
        short = long[: definition.size // 10]
        times = [
            (fastest_of(match, long), fastest_of(match, short)) for _ in range(definition.repeats)
        ]
        row = spread(definition, name, "× a tenth's time", [a / b for a, b in times])
        made.append(
            Measurement(
                *(row.definition, row.contestant, row.unit, row.value, row.low, row.high),
                absolute=rounded(min(a for a, _ in times) / 1e6),
                absolute_unit="ms",
            )
        )
    return made


def fastest_of(match: Callable[[str], object], text: str) -> float:
    """Return the processor time of one reading, in nanoseconds."""
    return timed(lambda: int(match(text) is not None)).cost
