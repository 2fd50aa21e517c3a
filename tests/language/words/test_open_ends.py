"""Words that leave an object open are told at the end of a row, by language."""

from __future__ import annotations

import pytest

from optoutlang.language.words.open_ends import is_open
from optoutlang.runtime.canonical import tokens


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I want to cancel", "en"),
        ("opt out of", "en-US"),
        ("I don't want this", "en"),
        ("darme de baja del", "es-MX"),
        ("je veux arrêter", "fr"),
        ("ich möchte kündigen", "de"),
    ],
)
def test_a_text_that_stops_before_its_object_is_open(text: str, language: str) -> None:
    assert is_open(tokens(text), language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("cancel these texts", "en"),
        ("wrong number stop", "en"),
        ("opt out of", "cy"),
        ("cancel", "x-none"),
    ],
)
def test_a_text_with_an_object_or_in_a_language_without_a_list_is_not(
    text: str, language: str
) -> None:
    assert not is_open(tokens(text), language)
