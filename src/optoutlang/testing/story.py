"""How a message was read, told to whoever reads a failed test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from optoutlang.language.diagnostics.visible import visible
from optoutlang.language.driver.examples import Outcome
from optoutlang.language.model.ruleset import Example
from optoutlang.runtime.matcher.explain import Explanation
from optoutlang.testing.cases import as_test_block


def story(outcome: Outcome, *, rules: str) -> str:
    """Return what was expected of a message, what it got and why, and the test case that says so.

    `rules` names the ruleset that was asked.
    """
    found = outcome.explanation
    rows = [
        ("message", f'"{visible(outcome.example.message)}"'),
        ("context", context(outcome.example)),
        ("rules", rules),
        ("expected", outcome.expected),
        ("got", outcome.got),
        *reading(found),
        *((("fired" if number == 0 else ""), line) for number, line in enumerate(fired(found))),
    ]
    lines = [f"  {name:<9} {visible(value)}".rstrip() for name, value in rows]
    block = as_test_block("regression", (replace(outcome.example, test="regression"),))
    return "\n".join((_headline(outcome), *lines, "as a test case:", *_indented(block)))


def context(example: Example) -> str:
    """Say where a message comes from and what its sender prefers."""
    country = f"from {example.country}" if example.country else "no country"
    return f"{country}, prefers {example.prefer}" if example.prefer else country


def reading(found: Explanation) -> Iterator[tuple[str, str]]:
    """Yield the tokens of a message, and what quotes and filler leave of them, where that is less."""
    yield "tokens", " · ".join(found.tokens) or "none"
    if found.outside_quotes != found.tokens:
        yield "unquoted", " · ".join(found.outside_quotes)
    if found.without_filler != found.outside_quotes:
        yield "no filler", " · ".join(found.without_filler) or "none"


def fired(found: Explanation) -> Iterator[str]:
    """Yield a line for each keyword and wording that fired, and what it lost to."""
    if not found.fired:
        yield "nothing"
    for each in found.fired:
        which = f"{each.keyword} ({each.matched_by.value}, {each.language}, {each.rule})"
        yield f"{each.action.value} by {which}: {each.lost or 'decides'}"


def _headline(outcome: Outcome) -> str:
    return f'"{visible(outcome.example.message)}" does not mean what it should'


def _indented(text: str) -> Iterator[str]:
    return (f"  {line}" for line in text.splitlines())
