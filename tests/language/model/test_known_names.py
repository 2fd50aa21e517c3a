"""The names that suggestions know: in lower case, and of codes that the language accepts."""

from __future__ import annotations

from collections.abc import Mapping

import langcodes
import pytest

from optoutlang.language.model.known_names import country_names, language_names
from optoutlang.runtime.terms.country import country_code
from optoutlang.runtime.terms.language import language_tag


@pytest.mark.parametrize("names", [country_names(), language_names()], ids=["country", "language"])
def test_names_stand_in_lower_case(names: Mapping[str, str]) -> None:
    assert all(name == name.casefold() == name.strip() for name in names)


def test_country_names_mean_country_codes() -> None:
    assert country_names()["mexico"] == "MX"
    assert all(country_code(code) == code for code in country_names().values())


def test_language_names_mean_registered_tags() -> None:
    assert language_names()["español"] == "es"
    assert all(language_tag(tag) == tag for tag in language_names().values())
    assert all(map(langcodes.tag_is_valid, language_names().values()))
