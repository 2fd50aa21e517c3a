"""One mistake is one finding: every small mistake that can be made in a whole file, and large hostile ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from optoutlang.language.diagnostics.diagnostic import Diagnostic
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.parse import parse
from optoutlang.language.syntax.tree import Token

TEXT = (Path(__file__).parent / "good" / "full-example.optout").read_text(encoding="utf-8")


def found_in(text: str) -> tuple[Diagnostic, ...]:
    return parse(SourceText("any.optout", text))[1]


def meaningful() -> Iterator[Token]:
    for token in parse(SourceText("any.optout", TEXT))[0].tokens:
        if token.kind not in {"BLANK", "COMMENT"}:
            yield token


def test_any_token_left_out_of_a_file_is_at_most_one_finding() -> None:
    for token in meaningful():
        text = TEXT[: token.span.start] + TEXT[token.span.end :]
        assert len(found_in(text)) <= 1, token


@pytest.mark.parametrize("extra", [",", "->", "=", "word", '"unclosed'])
def test_a_token_too_many_is_one_finding(extra: str) -> None:
    for token in meaningful():
        text = f"{TEXT[: token.span.start]}{extra} {TEXT[token.span.start :]}"
        assert len(found_in(text)) <= 1, token


@pytest.mark.parametrize("brace", ["{", "}"])
def test_nearly_every_brace_too_many_is_one_finding(brace: str) -> None:
    tokens = tuple(meaningful())
    texts = [f"{TEXT[: each.span.start]}{brace} {TEXT[each.span.start :]}" for each in tokens]
    counts = [len(found_in(text)) for text in texts]

    assert min(counts) == 1
    assert max(counts) == 2
    assert counts.count(2) <= 8


@pytest.mark.parametrize("end", range(0, len(TEXT), 7))
def test_a_file_that_is_cut_off_has_at_most_two_findings(end: int) -> None:
    # A cut string, and the blocks that are open there.
    assert len(found_in(TEXT[:end])) <= 2


@pytest.mark.parametrize(
    "text",
    [
        "opt-out { " * 5_000,
        "} " * 5_000,
        "country MX { language es { opt-out { " * 2_000,
        "frob { " * 5_000 + "} " * 5_000,
        '"' * 10_000,
        '"a" ' * 5_000,
        "a " * 5_000,
        "keywords a, " * 2_000,
        "filler " + "a b, " * 2_000,
        "= " * 5_000,
        'test "t" { ' + '"a" => none\n' * 2_000,
        "“" * 5_000,
        "-" * 10_000,
        '"{' + "{ , " * 5_000,
        "\u200d" * 10_000,
        'let a = "' + "\u200d" * 5_000 + '"',
        "#" * 10_000,
        "\\" * 10_000,
        'let a = "' + "\\u{" * 5_000,
        "use \n" * 2_000,
        "\u00a0" * 10_000,
        "a\n" * 5_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_large_hostile_texts_are_read_to_their_end(text: str) -> None:
    file, found = parse(SourceText("any.optout", text))

    assert "".join(each.text for each in file.tokens) == text
    assert found or text.startswith("#")
