"""BCP 47 tags: which are well-formed, how they are cased, and what lookup finds."""

from __future__ import annotations

import pytest

from optoutlang.runtime.terms.language import language_tag, lookup, lookup_chain


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("EN", "en"),
        ("es-mx", "es-MX"),
        ("ZH-hANT-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("SL-ROZAJ-BISKE", "sl-rozaj-biske"),
        ("de-1996", "de-1996"),
        ("zh-YUE", "zh-yue"),
        ("en-u-CA-gregory", "en-u-ca-gregory"),
        ("en-X-US", "en-x-us"),
        ("en-x-foo-US-latn", "en-x-foo-us-latn"),
    ],
)
def test_a_tag_gets_its_usual_casing(written: str, usual: str) -> None:
    assert language_tag(written) == usual
    assert language_tag(usual) == usual


@pytest.mark.parametrize(
    "text",
    ["", "e", "en_US", "en-", "-en", "en--US", "english language", "еn", "en\n", "x-acme", "en-u"],
)
def test_what_is_no_tag_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a BCP 47 language tag"):
        language_tag(text)


def test_lookup_shortens_the_tag_and_leaves_no_single_letter_behind() -> None:
    assert list(lookup_chain("zh-Hant-TW")) == ["zh-Hant-TW", "zh-Hant", "zh"]
    assert list(lookup_chain("en-x-us")) == ["en-x-us", "en"]


def test_lookup_finds_the_longest_available_tag() -> None:
    assert lookup("es-MX", ["es", "es-MX", "en"]) == "es-MX"
    assert lookup("es-AR", ["es", "es-MX", "en"]) == "es"
    assert lookup("es", ["es-MX"]) is None
