"""What the reference interpreter takes and refuses."""

from __future__ import annotations

import pytest

from optoutlang.language.driver.compile import check_text
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.reference import decide
from optoutlang.runtime.terms.action import Action


def ruleset() -> Ruleset:
    found = check_text('country MX { prefer es  opt-out { keywords BAJA reply "adiós" } }').ruleset
    assert found is not None
    return found


def test_a_country_may_be_written_in_any_case() -> None:
    decision = decide(ruleset(), "¡Baja!", country="mX")

    assert decision is not None
    assert (decision.action, decision.language, decision.reply) == (Action.OPT_OUT, "es", "adiós")
    assert (decision.country_scope, decision.digest) == ("MX", "")


@pytest.mark.parametrize("country", ["UK", "", "MEX", "ＭＸ"])
def test_what_is_no_country_is_refused(country: str) -> None:
    with pytest.raises(ValueError, match="country"):
        decide(ruleset(), "STOP", country=country)


@pytest.mark.parametrize("language", ["", "e", "es_MX", "español"])
def test_what_is_no_language_is_refused(language: str) -> None:
    with pytest.raises(ValueError, match="language"):
        decide(ruleset(), "STOP", language=language)


@pytest.mark.parametrize("country", [None, "US", "CO"])
def test_a_country_that_no_file_names_is_read_in_the_base(country: str | None) -> None:
    decision = decide(ruleset(), "stop", country=country)

    assert decision is not None
    assert decision.country_scope is None
    assert decide(ruleset(), "BAJA", country=country) is None
