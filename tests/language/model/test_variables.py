"""Variables: what stands in a text instead of them, and what a value may not hold."""

from __future__ import annotations

import pytest

from optoutlang.language.driver.compile import check_text
from optoutlang.language.model.statement import ReplyText
from tests.builders.rulesets import ruleset_of


@pytest.mark.parametrize(
    ("value", "reply", "sent"),
    [
        ("Acme", "Bye, {brand}.", "Bye, Acme."),
        ("", "Bye{brand}.", "Bye."),
        ("Acme", "{{{brand}}} {{a brand}}", "{Acme} {a brand}"),
        ("Acme", "{brand}{brand}", "AcmeAcme"),
    ],
)
def test_a_variable_gives_way_to_its_value(value: str, reply: str, sent: str) -> None:
    ruleset = ruleset_of(
        (
            "a.optout",
            f'let brand = "{value}" opt-out {{ reply "{reply}" }} help {{ reply "{{brand}}!" }}',
        )
    )
    assert ruleset.of(ReplyText)[0].text == sent


def test_a_value_that_holds_a_variable_is_told_the_cure() -> None:
    text = 'let a = "x" let b = "so {a}" opt-out { reply "{a}{b}" }'
    error = next(each for each in check_text(text).diagnostics if each.code.id < "O4")
    assert error.help == "a value is plain text; write the variable where the value is used"
    span = error.primary.place.span
    assert text[span.start : span.end] == "{a}"
