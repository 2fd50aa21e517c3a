"""Messages that came with the payload of a button (docs/language.md §5.37)."""

from __future__ import annotations

from optoutlang.language.model.button import Button
from optoutlang.language.reference.foremost import foremost
from optoutlang.language.reference.layers import Table
from optoutlang.language.reference.replies import choose_language, reply
from optoutlang.language.reference.values import variables
from optoutlang.runtime.terms.action import Action, MatchedBy
from optoutlang.runtime.terms.decision import Decision


def pressed(table: Table, payload: str) -> list[Button]:
    """Return the statements that list a payload, to the letter; all of them ask for the same."""
    return [each for each in table.buttons if each.payload == payload]


def goes_before(written: Decision | None, button: Decision) -> bool:
    """Tell whether a text goes before a button: it opts out for certain, and of more than the button does."""
    if written is None or written.action is not Action.OPT_OUT or not written.certain:
        return False
    if button.action is not Action.OPT_OUT:
        return True
    return written.topic is None and button.topic is not None


def button_decision(table: Table, payload: str, preferred: str | None) -> Decision | None:
    """Decide by what lists a button's payload."""
    buttons = pressed(table, payload)
    if not buttons:
        return None
    language = choose_language(table, {each.language for each in buttons}, preferred)
    first = foremost(table, buttons, language)
    text = reply(table, first, language)
    return Decision(
        action=first.action,
        keyword=payload,
        matched_by=MatchedBy.BUTTON,
        language=language,
        country_scope=table.country,
        reply=text,
        rule=first.place.rule,
        digest="",
        answer=first.answer or None,
        topic=first.topic or None,
        variables=variables(table, text),
    )
