"""A text's tokens as they are spelt: with the marks and letters that canonical text folds (docs/language.md §5).

Unlike canonical text this reads Python's own Unicode data. It may, because its result is only looked up in sets of
words whose characters are in Unicode since long: what NFKC and case folding make of an assigned character never
changes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from unicodedata import normalize

from optoutlang.runtime.canonical import tables
from optoutlang.runtime.canonical.classes import char_class, reach
from optoutlang.runtime.canonical.tokenize import tokens


def spelt(text: str) -> Sequence[str]:
    """Return the tokens of a text as they are spelt, one for each of its canonical tokens.

    Case does not count, nor the script of a digit, nor what cannot be seen, nor a mark that has no letter of its own
    together with what it stands on. A text that this cuts otherwise than `tokens` does is spelt as its tokens are.
    """
    canonical = tokens(text)
    if text.isascii():
        return canonical
    composed = normalize("NFKC", normalize("NFKC", text).casefold()).translate(_vanishing())
    upto = reach(composed)
    if "'" in composed:
        composed = _inner_apostrophe(upto).sub("", composed)
    words = _word(upto).findall(composed)
    return words if len(words) == len(canonical) else canonical


@cache
def _word(upto: str) -> re.Pattern[str]:
    """Match a token: the classes are those of canonical text, and the letters count too that it folds into others."""
    alone, marks = (char_class(each, upto=upto) for each in (tables.SINGLES, tables.MARKS))
    first = _letters(upto) + char_class(tables.NUMBERS, upto=upto)
    return re.compile(f"[{first}][{first}{marks}]*|[{alone}][{marks}]*")


@cache
def _inner_apostrophe(upto: str) -> re.Pattern[str]:
    letter, marks = _letters(upto), char_class(tables.MARKS, upto=upto)
    return re.compile(f"(?<=[{letter}{marks}])'(?=[{letter}])")


@cache
def _letter(upto: str) -> re.Pattern[str]:
    return re.compile(f"[{char_class(tables.LETTERS, upto=upto)}]")


def _letters(upto: str) -> str:
    expanded = zip(tables.EXPANDED, tables.EXPANDED_TO.split("\n"), strict=True)
    folded = (
        char
        for char, to in (*zip(tables.FOLDED, tables.FOLDED_TO, strict=True), *expanded)
        if _letter(upto).match(to) and char <= upto and normalize("NFKC", char.casefold()) == char
    )
    return char_class(tables.LETTERS, upto=upto) + "".join(folded)


@cache
def _vanishing() -> dict[int, str | None]:
    """Return the table that leaves out what canonical text drops, and makes one of all apostrophes and of digits."""
    same = ("'", *"0123456789")
    folds = zip(tables.FOLDED, tables.FOLDED_TO, strict=True)
    table: dict[int, str | None] = {ord(char): to for char, to in folds if to in same}
    for low, high in zip(tables.DROPPED[::2], tables.DROPPED[1::2], strict=True):
        table.update(dict.fromkeys(range(ord(low), ord(high) + 1)))
    return table
