"""O826 ambiguous-button: two statements of one context ask for different actions by one payload.

However strong they are: nothing takes a button from an action, as an exact payload is a promise to the people
who were sent it.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.button import Button


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each payload that asks for two actions, at the later statement of the two."""
    for scope in subject.scopes:
        first: dict[str, Button] = {}
        for button in subject.ruleset.of(Button):
            if button.scope in (None, scope):
                other = first.setdefault(button.payload, button)
                if other.asks != button.asks:
                    yield _diagnostic(scope, button, other)


def _diagnostic(scope: str | None, button: Button, other: Button) -> Diagnostic:
    return Diagnostic(
        codes.AMBIGUOUS_BUTTON,
        f"button `{button.payload}` asks for {_asked(other)} already{named(scope)}",
        Label(button.place, f"and here for {_asked(button)}"),
        (Label(other.place, f"here for {_asked(other)}"),),
        help="give each action buttons of its own: what was sent with a payload keeps its meaning",
    )


def _asked(button: Button) -> str:
    if button.answer:
        return f"answer `{button.answer}`"
    return f"{button.action.value} topic `{button.topic}`" if button.topic else button.action.value
