"""What is quoted, mark by mark and head by head: matcher and reference each have tables of their own."""

from __future__ import annotations

from itertools import product

import pytest

from optoutlang.language.reference import phrases as reference
from optoutlang.runtime.matcher import quotes as matcher
from optoutlang.runtime.matcher.quotes import unquoted

MARKS = sorted(
    {*reference.OPENING_QUOTES, *reference.CLOSING_QUOTES, *matcher.OPENING, *matcher.CLOSES}
)
BESIDE = ("", " ", "x", "X", ".", "(")
HEADS = sorted({*reference.FORWARDED, *reference.ANSWERED, *matcher.FORWARDED, *matcher.ANSWERED})


def literally(text: str) -> str:
    return reference.without_quotations("\n".join(reference.said_lines(text.split("\n"))))


def test_every_two_marks_quote_what_the_reference_says() -> None:
    """Enumerated: all pairs of marks, with each of six neighbours on either outer side."""
    unlike = [
        text
        for opening, closing in product(MARKS, repeat=2)
        for before, behind in product(BESIDE, repeat=2)
        if unquoted(text := f"{before}{opening}y{closing}{behind}") != literally(text)
    ]
    assert unlike == []


@pytest.mark.parametrize("mark", reference.STRAIGHT_QUOTES)
def test_every_character_beside_a_straight_mark_lets_it_open_and_close_or_not(mark: str) -> None:
    """Enumerated: the first 12,544 code points and the byte order mark, on either side."""
    for char in (*map(chr, range(0x3100)), "\ufeff"):
        for text in (f"{char}{mark}y{mark}", f"{mark}y{mark}{char}"):
            assert unquoted(text) == literally(text), ascii(text)


@pytest.mark.parametrize("head", HEADS)
def test_every_head_of_a_mail_program_and_nothing_near_it_is_left_out(head: str) -> None:
    for written in (head, head.upper(), f" {head.title()} ", f"{head}x", f"x{head}", head[1:]):
        for line in (f"{written}: said", f"{written}：said", f"{written} said"):
            text = f"before\n{line}\nbehind"
            assert unquoted(text) == literally(text), text


def test_every_line_of_hyphens_and_a_few_letters_ends_the_message_or_not() -> None:
    """Enumerated: all lines of up to nine characters that are a hyphen or a letter, and a blank behind some."""
    lines = ("".join(each) for length in range(1, 10) for each in product("-X", repeat=length))
    unlike = [
        line
        for bare in lines
        for line in (bare, f"{bare} ")
        if unquoted(text := f"before\n{line}\nbehind") != literally(text)
    ]
    assert unlike == []
