"""O601 repeated-test: two cases send the same message from the same place.

The second proves nothing new; if it expects something else, one of them must fail.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.ruleset import Example


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each case that an earlier one equals."""
    first: dict[tuple[str, bool, str | None, str | None], Example] = {}
    for example in subject.ruleset.examples:
        asked = (example.message, example.button, example.country, example.prefer)
        earlier = first.setdefault(asked, example)
        if earlier is not example:
            agrees = _expected(earlier) == _expected(example)
            yield Diagnostic(
                codes.REPEATED_TEST,
                f"`{example.message}` is asked twice"
                + ("" if agrees else " with different answers"),
                Label(example.place),
                (Label(earlier.place, "asked here first"),),
                help="take one of the two out",
            )


def _expected(example: Example) -> tuple[object, ...]:
    return (example.action, example.language, example.states_reply, example.reply)
