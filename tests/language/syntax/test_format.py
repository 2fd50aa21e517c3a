"""When the formatter refuses, and how it sees that it would change a file."""

from __future__ import annotations

import pytest

from optoutlang.language.diagnostics.diagnostic import CompileError
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.format import FormatError, check_format, format_file, format_source
from optoutlang.language.syntax.parse import parse

BEFORE = 'use "us" # a pack\nopt-out { keywords STOP, END }\n'


def source_of(text: str) -> SourceText:
    return SourceText("any.optout", text)


def test_a_file_with_a_syntax_error_is_not_formatted() -> None:
    with pytest.raises(CompileError) as raised:
        format_source(source_of("use us\n"))

    assert [each.code.id for each in raised.value.diagnostics] == ["O001"]


def test_a_file_with_a_warning_is_formatted() -> None:
    text = 'let a = "x\u2060"\n'

    assert parse(source_of(text))[1]
    assert format_source(source_of(text)) == text


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        ("use us", "cannot be read"),
        ('use "ca" # a pack\nopt-out { keywords STOP, END }\n', "means something else"),
        ('use "us" # a pack\nopt-out { keywords END, STOP }\n', "means something else"),
        ('use "us" # a pack\nopt-out { keywords STOP, "END" }\n', "means something else"),
        ('use "us"\nopt-out { keywords STOP, END }\n', "has other comments"),
        ('use "us" # a  pack\nopt-out { keywords STOP, END }\n', "has other comments"),
    ],
)
def test_a_text_that_says_something_else_is_refused(after: str, reason: str) -> None:
    file, _ = parse(source_of(BEFORE))

    with pytest.raises(FormatError, match=reason):
        check_format(file, after)


def test_a_text_that_says_the_same_is_accepted() -> None:
    file, _ = parse(source_of(BEFORE))

    check_format(file, format_file(file))
    check_format(file, '# a pack   \nuse\n"us"\nopt-out{keywords STOP,END,}')
