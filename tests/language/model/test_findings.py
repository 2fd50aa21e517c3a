"""Where a mistake stands, and what a fix takes out."""

from __future__ import annotations

import pytest

from optoutlang.language.driver.compile import check_text


def found(text: str) -> list[tuple[str, str, str | None]]:
    """Return code, marked text and fixed text of each error."""
    return [
        (
            each.code.id,
            text[each.primary.place.span.start : each.primary.place.span.end],
            fixed(text, each.fix.edits[0].place.span.start, each.fix.edits[0].place.span.end)
            if each.fix
            else None,
        )
        for each in check_text(text).diagnostics
        if each.code.id < "O4"
    ]


def fixed(text: str, start: int, end: int) -> str:
    return text[:start] + text[end:]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ('opt-out { phrases "ab (x" }', "("),
        ('opt-out { phrases "a\\u{62} (x" }', '"a\\u{62} (x"'),
        ('test "t" { "a" -> opt-out reply "so {no}" }', "{no}"),
        ('test "t" { "a" -> opt-out in english }', "english"),
        ('test "t" { "a" prefer english -> opt-out }', "english"),
        ('test "t" { "a" from UK -> opt-out }', "UK"),
    ],
)
def test_a_mistake_is_marked_where_it_stands_or_the_word_where_escapes_hide_it(
    text: str, marked: str
) -> None:
    assert marked in [each[1] for each in found(text)]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('filler "a", b, "a"', 'filler "a", b'),
        ('filler "a",\n "a"', 'filler "a"'),
        ('filler "a",  # the first\n "a"', None),
        ('filler "a#", b, "a#"', 'filler "a#", b'),
        ('filler "a#", "b", "a#"', 'filler "a#", "b"'),
        ('filler "#🛑", "b",\n "c", "#🛑"', 'filler "#🛑", "b",\n "c"'),
        ('filler "b", "#c", "#c"', 'filler "b", "#c"'),
    ],
)
def test_a_fix_takes_a_repeated_word_out_unless_a_comment_would_go_with_it(
    text: str, left: str | None
) -> None:
    assert [each[2] for each in found(text) if each[0] == "O310"] == [left]


@pytest.mark.parametrize(
    ("code", "meant"),
    [("PERY", "PE"), ("OMAM", "OM"), ("PER", None), ("CHD", None), ("GERMANU", "DE"), ("UK", "GB")],
)
def test_a_country_is_suggested_by_its_name_but_for_short_words(
    code: str, meant: str | None
) -> None:
    (error,) = check_text(f"country {code} {{ }}").diagnostics
    said = f"did you mean `{meant}`?" if meant else "use a code of two letters, such as `MX`"
    assert error.help == said


@pytest.mark.parametrize(
    ("tag", "meant"), [("urdo", "ur"), ("frenh", "fr"), ("rdu", None), ("zlu", None)]
)
def test_a_language_is_suggested_by_its_name_but_for_short_words(
    tag: str, meant: str | None
) -> None:
    error = check_text(f"language {tag} {{ }}").diagnostics[0]
    said = f"did you mean `{meant}`?" if meant else "use a tag such as `es` or `pt-BR`"
    assert error.help == said
