"""The message of a failed assertion: how the text was read, what fired, and the test case for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from optoutlang.language.diagnostics.visible import visible
from optoutlang.language.driver.examples import Outcome
from optoutlang.language.driver.reasons import reasons
from optoutlang.language.model.ruleset import Example
from optoutlang.runtime.matcher import Explanation
from optoutlang.testing.cases import as_test_block


def story(outcome: Outcome, *, rules: str) -> str:
    """Return what was expected of a message, what it got and why, and the test case that says so.

    `rules` names the ruleset that was asked.
    """
    explanation = outcome.explanation
    rows = [
        ("message", f'"{visible(outcome.example.message)}"'),
        ("context", context(outcome.example)),
        ("rules", rules),
        ("expected", outcome.expected),
        ("got", outcome.got),
        *reading(explanation),
        *(
            (("fired" if number == 0 else ""), line)
            for number, line in enumerate(reasons(explanation))
        ),
    ]
    lines = [f"  {name:<9} {visible(value)}".rstrip() for name, value in rows]
    block = as_test_block("regression", (replace(outcome.example, test="regression"),))
    return "\n".join((_headline(outcome), *lines, "as a test case:", *_indented(block)))


def context(example: Example) -> str:
    """Say where a message comes from and what its sender prefers."""
    country = f"from {example.country}" if example.country else "no country"
    return f"{country}, prefers {example.prefer}" if example.prefer else country


def reading(explanation: Explanation) -> Iterator[tuple[str, str]]:
    """Yield the tokens of a message, and what quotes and filler leave of them, where that is less."""
    yield "tokens", " · ".join(explanation.tokens) or "none"
    if explanation.outside_quotes != explanation.tokens:
        yield "unquoted", " · ".join(explanation.outside_quotes)
    if explanation.without_filler != explanation.outside_quotes:
        yield "no filler", " · ".join(explanation.without_filler) or "none"


def _headline(outcome: Outcome) -> str:
    return f'"{visible(outcome.example.message)}" does not mean what it should'


def _indented(text: str) -> Iterator[str]:
    return (f"  {line}" for line in text.splitlines())
