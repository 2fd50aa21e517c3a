"""Properties of rules that have a suggester: each program that a proof makes of them has it too."""

from __future__ import annotations

import pytest

from optoutlang.analysis.proofs.properties import exact_first, isolation, order
from optoutlang.analysis.proofs.properties.verdict import Property
from optoutlang.analysis.proofs.subject import Subject
from tests.builders.suggesters import suggester_of, suggesting_ruleset

RULES = """suggest similar, phrases
    opt-out { phrases "remove me" keywords QUIT }
    country MX { suggest none }
    country CO { prefer es suggest similar language es { opt-out { keywords BAJA } } }
"""


@pytest.mark.parametrize(
    "stated", [order.PROPERTY, isolation.PROPERTY, exact_first.PROPERTY], ids=lambda each: each.name
)
def test_a_property_holds_where_a_suggester_is_asked(stated: Property) -> None:
    model = suggester_of({" stop ": 50, " start ": 50, " help ": 50, "enough": 9}, 5)
    found = stated.settle(Subject.of(suggesting_ruleset(model, RULES)))

    assert found.witness is None
