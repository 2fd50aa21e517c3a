"""Texts near enough to an opt-out keyword to be taken for it, where the rules tolerate it (docs/language.md §5).

The tables of look-alike letters and the lists of ordinary words are shared with the compiler and the matcher; what is
made of them is not.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby

from optoutlang.language.reference.text import is_alphabetic, is_mark, key, stands_alone
from optoutlang.runtime.canonical.look_alike_tables import READINGS

KEYBOARDS = (
    ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
)
"""Rows of keys; each row begins half a key further right than the one above it."""

Key = tuple[int, float, float]
"""A keyboard, and how far down and right a key lies on it, in keys."""


def is_slip(text: str, keyword: str) -> bool:
    """Tell whether a text is one slip of the thumb away from a keyword of four letters or more."""
    if len(keyword) < 4 or not all(map(is_slippery, keyword)) or text == keyword:
        return False
    return (
        is_exchange(text, keyword)
        or is_neighbour(text, keyword)
        or is_missing(text, keyword)
        or is_doubling(text, keyword)
    )


def is_slippery(char: str) -> bool:
    """Tell whether a character is a letter that is no token by itself, or a mark."""
    return (is_alphabetic(char) and not stands_alone(char)) or is_mark(char)


def is_exchange(text: str, keyword: str) -> bool:
    """Tell whether two letters beside each other have changed places."""
    wrong = differing(text, keyword)
    return (
        len(wrong) == 2
        and wrong[1] == wrong[0] + 1
        and [text[place] for place in wrong] == [keyword[place] for place in reversed(wrong)]
    )


def is_neighbour(text: str, keyword: str) -> bool:
    """Tell whether one letter is that of a key which touches the right one."""
    wrong = differing(text, keyword)
    return len(wrong) == 1 and touch(text[wrong[0]], keyword[wrong[0]])


def differing(text: str, keyword: str) -> list[int]:
    """Return where two texts of one length differ; nowhere if their lengths do."""
    if len(text) != len(keyword):
        return []
    return [place for place in range(len(text)) if text[place] != keyword[place]]


def is_missing(text: str, keyword: str) -> bool:
    """Tell whether a letter of the keyword is missing."""
    return any(text == keyword[:place] + keyword[place + 1 :] for place in range(len(keyword)))


def is_doubling(text: str, keyword: str) -> bool:
    """Tell whether a letter of the keyword stands there once too often."""
    return any(
        text[place - 1] == text[place] and text[:place] + text[place + 1 :] == keyword
        for place in range(1, len(text))
    )


def touch(one: str, other: str) -> bool:
    """Tell whether two letters are typed by keys that touch."""
    return any(
        ours[0] == theirs[0] and abs(ours[1] - theirs[1]) <= 1 and abs(ours[2] - theirs[2]) <= 1
        for ours in keys_of(one)
        for theirs in keys_of(other)
        if ours[1] != theirs[1] or abs(ours[2] - theirs[2]) == 1
    )


def keys_of(letter: str) -> list[Key]:
    """Return the keys that type a letter: й is read as и, and so both keys type it."""
    return [
        (number, down, down / 2 + right)
        for number, rows in enumerate(KEYBOARDS)
        for down, row in enumerate(rows)
        for right, typed in enumerate(row)
        if key(typed) == letter
    ]


def is_stretch(text: str, keyword: str) -> bool:
    """Tell whether letters of a keyword of three or more are held too long: one of them three times or more."""
    if len(keyword) < 3:
        return False
    runs = [(char, len(list(run))) for char, run in groupby(keyword)]
    stretched = re.fullmatch("".join(f"({re.escape(char)}{{{n},}})" for char, n in runs), text)
    return stretched is not None and any(
        len(run) > max(2, n) for run, (_, n) in zip(stretched.groups(), runs, strict=True)
    )


def look_alikes(text: str) -> list[str]:
    """Return what a text may be read as, the first choice first; too many digits are no letters."""
    digits = sum(char in "0123456789" for char in text)
    if len(text) < 3 or (digits and (len(text) < 4 or digits > len(text) / 2)):
        return []
    read = ["".join(table.get(char, char) for char in text) for table in tables()]
    return [
        each
        for each in read
        if len(text) > 3 or any(a == b for a, b in zip(each, text, strict=True))
    ]


@cache
def tables() -> list[dict[str, str]]:
    """Return the letters of which characters are read, for each choice."""
    return [dict(zip(chars, letters, strict=True)) for chars, letters in READINGS]


def without_last_numbers(message: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out the tokens at a message's end that are all digits."""
    if message and all(char in "0123456789" for char in message[-1]):
        return without_last_numbers(message[:-1])
    return message
