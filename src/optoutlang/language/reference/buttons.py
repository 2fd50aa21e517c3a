"""What a message means that came with the payload of a button (docs/language.md §5.37)."""

from __future__ import annotations

from optoutlang.language.model.statement import Button
from optoutlang.language.reference.layers import Table
from optoutlang.runtime.terms.action import Action
from optoutlang.runtime.terms.decision import Decision


def pressed(table: Table, payload: str) -> list[Button]:
    """Return the statements that list a payload, to the letter; all of them ask for the same."""
    return [each for each in table.buttons if each.payload == payload]


def goes_before(written: Decision | None, button: Decision) -> bool:
    """Tell whether a text goes before a button: it opts out for certain, and the button does not."""
    if written is None or button.action is Action.OPT_OUT:
        return False
    return written.action is Action.OPT_OUT and written.certain
