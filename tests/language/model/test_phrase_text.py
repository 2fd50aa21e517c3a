"""Brackets in a phrase: how deep they nest, and which one is at fault."""

from __future__ import annotations

import pytest

from optoutlang.language.model.phrase_text import MAX_DEPTH, MalformedPhraseError, parse_phrase


def nested(depth: int) -> str:
    return "(" * depth + "a" + "|b)" * depth


def test_brackets_nest_as_deep_as_the_limit_says_and_no_deeper() -> None:
    assert parse_phrase(nested(MAX_DEPTH)).count == MAX_DEPTH + 1
    with pytest.raises(MalformedPhraseError, match="deeper than 16") as deeper:
        parse_phrase(nested(MAX_DEPTH + 1))
    assert (deeper.value.start, deeper.value.end) == (MAX_DEPTH, MAX_DEPTH + 1)


@pytest.mark.parametrize(
    ("text", "message", "span", "cure"),
    [
        ("a (b [c", "`[` is never closed", (5, 6), "add `]`"),
        ("a (b [c]", "`(` is never closed", (2, 3), "add `)`"),
        ("a [b (c (d", "`(` is never closed", (8, 9), "add `)`"),
        ("a (b] c", "`]` closes nothing", (4, 5), "take it out, or open it before"),
        ("a b)", "`)` closes nothing", (3, 4), "take it out, or open it before"),
        ("a () b", "brackets with nothing inside", (2, 4), "take them out"),
        ("a | b", "`|` stands outside brackets", (2, 3), "write the alternatives as `(a|b)`"),
    ],
)
def test_the_bracket_at_fault_is_named(
    text: str, message: str, span: tuple[int, int], cure: str
) -> None:
    with pytest.raises(MalformedPhraseError) as found:
        parse_phrase(text)
    assert (str(found.value), (found.value.start, found.value.end), found.value.help) == (
        message,
        span,
        cure,
    )


def test_alternatives_are_those_of_the_innermost_brackets() -> None:
    assert parse_phrase("x (a (b|c) d|e)").texts() == ("x a b d", "x a c d", "x e")
    assert parse_phrase("[a (b|[c|d] e)]").texts() == ("a b", "a c e", "a d e", "a  e", "")
