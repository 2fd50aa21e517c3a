"""Bytes to source texts."""

from __future__ import annotations

import pytest

from optoutlang.language.diagnostics import codes
from optoutlang.language.syntax.read import decode, read_text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"use\r\n\r\n", "use\n\n"),
        (b"\xef\xbb\xbfuse", "use"),
        ("“é🛑”".encode(), "“é🛑”"),
        (b"a\rb", "a\rb"),
    ],
)
def test_bytes_are_utf_8_without_a_mark_and_with_plain_line_ends(data: bytes, text: str) -> None:
    source, found = decode(data, name="a.optout", path="x/a.optout")

    assert source is not None
    assert (source.text, source.name, source.path) == (text, "a.optout", "x/a.optout")
    assert found == ()


@pytest.mark.parametrize(
    ("data", "line", "column", "byte"),
    [
        (b'use\r\n"\xe9"\n', 2, 2, "0xE9"),
        (b"\xef\xbb\xbf\xff", 1, 1, "0xFF"),
        ("é".encode() + b"\xc3", 1, 2, "0xC3"),
        (b"\xed\xa0\x80", 1, 1, "0xED"),
    ],
)
def test_the_first_byte_that_is_not_utf_8_is_shown(
    data: bytes, line: int, column: int, byte: str
) -> None:
    source, (finding,) = decode(data, name="a.optout")

    assert source is None
    assert finding.code is codes.UNREADABLE_CHARACTER
    assert byte in finding.message
    start = finding.primary.place.start
    assert (start.line, start.column) == (line, column)


def test_a_text_is_read_as_its_bytes_would_be() -> None:
    source, found = read_text("\ufeffuse\r\n\ud800", name="a.optout")

    assert source is not None
    assert source.text == "use\n\ud800"
    assert source.path == "a.optout"
    assert found == ()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_is_told_what_it_is(encoding: str) -> None:
    mark = b"" if encoding == "utf-16" else "\ufeff".encode(encoding)
    source, (finding,) = decode(mark + 'use "us"\n'.encode(encoding), name="a.optout")

    assert source is None
    assert finding.code is codes.UNREADABLE_CHARACTER
    assert finding.message == "this is UTF-16, and a rule file is UTF-8"
    assert finding.help == "save the file as UTF-8"
