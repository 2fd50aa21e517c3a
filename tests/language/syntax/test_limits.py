"""Words that are too long and blocks that nest too deep: one clear error each, and every later pass is cheap."""

from __future__ import annotations

import pytest

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.parse import parse
from optoutlang.language.syntax.tokenize import DEEPEST, LONGEST_STRING, LONGEST_WORD
from optoutlang.language.syntax.tree import File, Section, WordList


def parsed(text: str) -> tuple[File, tuple[Diagnostic, ...]]:
    file, found = parse(SourceText("any.optout", text))
    assert "".join(token.text for token in file.tokens) == text
    return file, found


def word_of(file: File) -> str:
    (section,) = file.statements
    assert isinstance(section, Section)
    (keywords,) = section.items
    assert isinstance(keywords, WordList)
    return keywords.words[0].value


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_word_of_the_greatest_length_is_read(quote: str) -> None:
    word = "é" * (LONGEST_STRING if quote else LONGEST_WORD)
    file, found = parsed(f"opt-out {{ keywords {quote}{word}{quote} }}")

    assert not found
    assert word_of(file) == word


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_longer_word_is_one_error_and_goes_on_as_its_beginning(quote: str) -> None:
    most = LONGEST_STRING if quote else LONGEST_WORD
    file, (error,) = parsed(f"opt-out {{ keywords {quote}{'é' * (most + 1)}{quote}, b }}")

    assert error.code is codes.LIMIT_EXCEEDED
    assert error.message.endswith(f"has {most + 1} characters; {most} is the most")
    assert word_of(file) == "é" * most


@pytest.mark.parametrize("end", ["", "}" * 2_000, "\nopt-out {", "\nkeywords a b"])
@pytest.mark.parametrize("head", ["country MX {\n", "country MX { ", "opt-out {", "frob {\n", "{"])
def test_blocks_that_nest_too_deep_are_one_error_at_the_brace_too_many(head: str, end: str) -> None:
    text = head * 2_000 + end
    _, found = parsed(text)
    (error,) = (each for each in found if each.code is codes.LIMIT_EXCEEDED)

    assert text[: error.primary.place.span.end].count("{") == DEEPEST + 1
    assert not [each for each in found if each.code is codes.UNCLOSED_BLOCK]


def test_two_thousand_unclosed_blocks_are_one_finding() -> None:
    assert len(parsed("country MX {\n" * 2_000)[1]) == 1
    assert len(parsed("opt-out { " * 2_000)[1]) == 1


def test_blocks_beside_one_another_do_not_nest() -> None:
    assert not parsed("opt-out { keywords a }\n" * 1_000)[1]


def test_unclosed_blocks_within_the_limit_are_each_told() -> None:
    _, found = parsed("country MX {\n" * DEEPEST)

    assert len(found) == DEEPEST
    assert {each.code for each in found} == {codes.UNCLOSED_BLOCK}
