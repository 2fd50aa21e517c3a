"""Step 5 of canonical text: tokens, and the two strings made of them (docs/language.md §3)."""

from __future__ import annotations

import re
from functools import cache

from optoutlang.runtime.canonical import tables
from optoutlang.runtime.canonical.classes import char_class, none_beyond, reach
from optoutlang.runtime.canonical.fold import fold

_ASCII = (
    "".join(
        chr(code).lower() if chr(code).isalnum() else "'" if chr(code) in "'`" else " "
        for code in range(128)
    )
    .encode()
    .ljust(256)
)
_INNER_APOSTROPHE = re.compile(
    "'(?<=[a-z]')(?=[a-z])"
)  # it begins with the rarest, to be found fast


@cache
def _token(upto: str) -> re.Pattern[str]:
    """Match a token: a run that begins with a letter or a digit, or a letter of a script without spaces."""
    first = char_class(tables.LETTERS + tables.NUMBERS, upto=upto)
    singles, marks = char_class(tables.SINGLES, upto=upto), char_class(tables.MARKS, upto=upto)
    there = none_beyond(tables.LETTERS, tables.NUMBERS, tables.SINGLES, upto=upto)
    return re.compile(f"{there}(?:[{first}][{first}{marks}]*|[{singles}][{marks}]*)")


@cache
def _symbol(upto: str) -> re.Pattern[str]:
    there = none_beyond(tables.SYMBOLS, upto=upto)
    return re.compile(f"{there}[{char_class(tables.SYMBOLS, upto=upto)}]")


def tokens(text: str) -> tuple[str, ...]:
    """Return the canonical tokens of any `str`: its words, or its symbols if it has no letter or digit.

    Two texts with the same tokens mean the same to every ruleset. Tokens joined by a space have the same tokens
    again. Time is linear in the text; nothing is raised.
    """
    if text.isascii() and (words := _ascii_words(text)):
        return tuple(words)
    return folded_tokens(fold(text))


def folded_tokens(folded: str) -> tuple[str, ...]:
    """Return the tokens of a text that is folded (`canonical.fold`)."""
    upto = reach(folded)
    return tuple(_token(upto).findall(folded) or _symbol(upto).findall(folded))


def word_tokens(text: str) -> tuple[str, ...]:
    """Return the canonical tokens of a text that are words: none if it has only symbols, which would be its tokens."""
    folded = fold(text)
    return tuple(_token(reach(folded)).findall(folded))


def canonical(text: str) -> str:
    """Return the tokens of a text, joined by spaces."""
    return " ".join(tokens(text))


def key(text: str) -> str:
    """Return the tokens of a text, concatenated: two spellings with one key are one keyword."""
    return "".join(tokens(text))


def _ascii_words(text: str) -> list[str]:
    """Return the tokens of a text that is ASCII, in a tenth of the time; none if it has only symbols."""
    words = text.encode().translate(_ASCII).decode()  # as bytes it takes half the time
    if "'" in words:
        words = _INNER_APOSTROPHE.sub("", words).replace("'", " ")
    return words.split()
