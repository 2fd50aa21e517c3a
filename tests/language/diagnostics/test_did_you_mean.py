"""Did you mean, through the whole of a check: what is suggested for each kind of name, and silence for nonsense."""

from __future__ import annotations

import re

import pytest

from optoutlang.language.driver.compile import check_text

SUGGESTION = re.compile(r"did you mean `(.+)`\?")

SNIPPETS = {
    "remove": "opt-out {{ remove {} }}",
    "country": "country {} {{ help {{ keywords x }} }}",
    "language": "prefer {}, en",
    "pack": 'use "{}"',
    "statement": "{} acme",
    "item": 'opt-out {{ {} "leave me" }}',
    "variable": 'let brand = "Acme"\nhelp {{ reply "{{{}}}: 555-0100" }}',
    "action": 'test "t" {{ "STOP" -> {} }}',
}


def _suggested(kind: str, word: str) -> list[str]:
    found = check_text(SNIPPETS[kind].format(word)).diagnostics
    helps = [SUGGESTION.fullmatch(each.help or "") for each in found]
    return [match[1] for match in helps if match]


@pytest.mark.parametrize(
    ("kind", "word", "meant"),
    [
        ("remove", "CANCELL", "CANCEL"),
        ("remove", "unsuscribe", "UNSUBSCRIBE"),
        ("remove", "Stopall2", "STOPALL"),
        ("country", "UK", "GB"),
        ("country", "uk", "GB"),
        ("country", "Mexico", "MX"),
        ("country", "Germny", "DE"),
        ("country", "USA", "US"),
        ("language", "spanish", "es"),
        ("language", "English", "en"),
        ("language", "portugese", "pt"),
        ("pack", "usa", "us"),
        ("pack", "wrold", "world"),
        ("pack", "lang-ess", "lang-es"),
        ("statement", "rulset", "ruleset"),
        ("item", "keyword", "keywords"),
        ("item", "phrase", "phrases"),
        ("item", "exept", "except"),
        ("variable", "Brand", "brand"),
        ("variable", "brnad", "brand"),
        ("action", "optout", "opt-out"),
        ("action", "hepl", "help"),
    ],
)
def test_a_near_name_is_suggested(kind: str, word: str, meant: str) -> None:
    assert _suggested(kind, word) == [meant]


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("remove", "FROBNICATE"),
        ("remove", "STP"),
        ("country", "Atlantis"),
        ("country", "XX"),
        ("country", "MEX"),
        ("country", "CHN"),
        ("language", "klingonese"),
        ("language", "xx"),
        ("pack", "frobnicate"),
        ("statement", "frobnicate"),
        ("item", "frobnicate"),
        ("variable", "telephone"),
        ("action", "frobnicate"),
    ],
)
def test_nothing_is_suggested_for_nonsense(kind: str, word: str) -> None:
    assert check_text(SNIPPETS[kind].format(word)).diagnostics
    assert _suggested(kind, word) == []
