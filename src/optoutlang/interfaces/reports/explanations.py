"""The reasons of decisions, as terminals and reports should show them."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.interfaces.reports.visible import visible
from optoutlang.language.driver.examples import Outcome
from optoutlang.language.driver.reasons import reasons
from optoutlang.runtime.matcher.explain import Explanation


def reason_lines(explanation: Explanation) -> list[str]:
    """Return the reasons of a decision, with nothing invisible in them."""
    return [visible(line) for line in reasons(explanation)]


def case_lines(outcome: Outcome) -> Iterator[str]:
    """Yield the expected and the actual meaning of a test case, and the reasons of the latter."""
    yield f"expected  {visible(outcome.expected)}"
    yield f"got       {visible(outcome.got)}"
    for number, line in enumerate(reason_lines(outcome.explanation)):
        yield f"{'' if number else 'why':<8}  {line}"
