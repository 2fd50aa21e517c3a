"""Negations are told by language, as rows of tokens."""

from __future__ import annotations

import pytest

from optoutlang.language.words.negations import ends_negating, negations
from optoutlang.runtime.canonical import tokens


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("not", "en"),
        ("please don’t", "en-GB"),
        ("do not", "en"),
        ("nicht", "de"),
        ("ne pas", "fr"),
        ("NÃO", "pt-BR"),
        ("не", "ru"),
        ("不", "zh-Hans"),
    ],
)
def test_a_text_that_is_or_ends_with_a_negation_negates(text: str, language: str) -> None:
    assert ends_negating(tokens(text), language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("no problem", "en"),
        ("note", "en"),
        ("nicht", "en"),
        ("すみません", "ja"),
        ("not", "x-none"),
    ],
)
def test_other_texts_do_not(text: str, language: str) -> None:
    assert not ends_negating(tokens(text), language)


def test_a_negation_has_a_token() -> None:
    assert all(negations("en"))
    assert () not in negations("fr")
