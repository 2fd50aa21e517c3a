"""What holds for every text and every tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optoutlang.language.diagnostics.diagnostic import CompileError, Severity
from optoutlang.language.source.span import Span
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.format import format_source
from optoutlang.language.syntax.grammar import names
from optoutlang.language.syntax.parse import parse
from optoutlang.language.syntax.read import decode
from optoutlang.language.syntax.tree import (
    AnswerBlock,
    CountryBlock,
    LanguageBlock,
    Section,
    Statement,
    Test,
    TestCase,
    TopicBlock,
    Word,
    WordList,
)
from tests.language.syntax.test_vectors import BAD, FORMAT, GOOD
from tests.strategies.trees import files, printed, without_spans

anything = st.text(st.characters())
pieces = st.sampled_from(
    [
        *names(),
        *('"', '"a"', "“", "”", "'", "{", "}", "{", "}", ",", "=", "->", "-", ">", "#", "\n", "\n"),
        *(
            "STOP",
            "e\u0301",
            "🛑",
            "\\",
            "\u200b",
            "\u202e",
            "\u00a0",
            "\r",
            "\x00",
            "\ud800",
            "es",
        ),
        *("channel", "keyword", "Opt-Out", "a_b", "“c”", '"d', '"\\u{41}"', '"\\q"', "# e"),
    ]
)
near_files = st.lists(pieces, max_size=40).map(" ".join)
"""Texts made of what files are made of, in any order."""


def source_of(text: str) -> SourceText:
    return SourceText("any.optout", text)


def comments_of(text: str) -> list[str]:
    tokens = parse(source_of(text))[0].tokens
    return [each.text.rstrip() for each in tokens if each.kind == "COMMENT"]


@given(anything | near_files)
def test_no_text_breaks_the_parser_and_its_tokens_joined_are_the_text(text: str) -> None:
    file, found = parse(source_of(text))

    assert "".join(each.text for each in file.tokens) == text
    assert all(text[each.span.start : each.span.end] == each.text for each in file.tokens)
    assert list(found) == sorted(found, key=lambda each: each.sort_key)


@given(st.binary(max_size=60) | near_files.map(lambda text: text.encode("utf-8", "replace")))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    source, found = decode(data, name="any.optout")

    assert (source is None) == bool(found)


@given(near_files)
def test_no_two_findings_of_one_kind_stand_at_one_place(text: str) -> None:
    _, found = parse(source_of(text))
    places = [(each.code.id, each.primary.place.sort_key) for each in found]

    assert len(places) == len(set(places))


@pytest.mark.slow
@given(files)
def test_what_is_printed_from_a_tree_is_read_as_that_tree(
    statements: tuple[Statement, ...],
) -> None:
    text = printed(statements)
    file, found = parse(source_of(text))

    assert [each for each in found if each.code.severity is Severity.ERROR] == []
    assert without_spans(file.statements) == statements
    assert format_source(source_of(text)) == text


@given(near_files)
def test_what_can_be_formatted_keeps_its_statements_and_comments(text: str) -> None:
    try:
        after = format_source(source_of(text))
    except CompileError:
        return

    before, again = (parse(source_of(each))[0].statements for each in (text, after))
    assert without_spans(again) == without_spans(before)
    assert comments_of(after) == comments_of(text)
    assert format_source(source_of(after)) == after


@pytest.mark.slow
@given(files, st.data())
def test_comments_anywhere_are_kept_in_order_and_formatting_settles_at_once(
    statements: tuple[Statement, ...], data: st.DataObject
) -> None:
    tokens = parse(source_of(printed(statements)))[0].tokens
    remark = st.sampled_from(["", "", "", "# a\n", " # b\n\n\n", "\n# c \n", "\n\n"])
    text = "".join(each.text + data.draw(remark) for each in tokens)
    after = format_source(source_of(text))

    assert comments_of(after) == comments_of(text)
    assert without_spans(parse(source_of(after))[0].statements) == statements
    assert format_source(source_of(after)) == after


@given(files)
def test_every_node_covers_its_own_text(statements: tuple[Statement, ...]) -> None:
    text = printed(statements)
    for node in nodes(parse(source_of(text))[0].statements):
        check_span(node, text)


@pytest.mark.parametrize("path", [*GOOD, *FORMAT, *BAD], ids=lambda path: str(path.stem))
def test_every_node_of_a_file_covers_its_own_text(path: object) -> None:
    assert hasattr(path, "read_bytes")
    source, _ = decode(path.read_bytes(), name="any.optout")
    assert source is not None
    file, found = parse(source)
    for node in nodes(file.statements):
        assert 0 <= span_of(node).start <= span_of(node).end <= len(source.text)
        if not found:
            check_span(node, source.text)


def nodes(value: object) -> Iterator[object]:
    """Yield all nodes of a tree."""
    if isinstance(value, tuple):
        for each in value:
            yield from nodes(each)
    elif is_dataclass(value) and not isinstance(value, Span):
        yield value
        for field in fields(value):
            yield from nodes(getattr(value, field.name))


def span_of(node: object) -> Span:
    span = getattr(node, "span", None)
    assert isinstance(span, Span)
    return span


def check_span(node: object, text: str) -> None:
    span = span_of(node)
    own = text[span.start : span.end]
    match node:
        case Word(value, _, quoted):
            assert (own[0] == own[-1] == '"' and len(own) > 1) if quoted else own == value
        case WordList(kind):
            assert own.split()[: len(kind.terminals)] == kind.spelling.split()
            assert not own.endswith(",")
        case Section(action, head):
            assert text[head.start : head.end] == action.value
            assert own.startswith(action.value)
            assert own.endswith("}")
        case AnswerBlock() | TopicBlock() | LanguageBlock() | CountryBlock() | Test():
            assert own.startswith(type(node).__name__.removesuffix("Block").lower())
            assert own.endswith("}")
        case TestCase(button=button):
            assert own.startswith("button" if button else '"')
        case _:
            assert own.startswith(type(node).__name__.removesuffix("Statement").lower())
