"""Front coding: sorted texts in one text, each as how many letters it shares with the one before, and the rest.

The count is a number in the digits `A` to `Z`, which no canonical text holds,
so that it also says where a text begins: `stop`, `stop it`, `stops` are
`AstopE itEs`. What a rule's patterns write out differs in its last words
alone, and takes a fourth of its own length. Witten, Moffat and Bell, Managing
Gigabytes, 2nd ed. (1999), 4.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_FIRST = ord("A")
_DIGITS = 26

MOST = 2 * _DIGITS - 1
"""So many letters are shared at most: more would save next to nothing, and let a small forgery unfold far."""

_CAPITAL = re.compile("[A-Z]")
_ENTRY = re.compile("([A-Z]{1,2})([^A-Z]*)")


def front_coded(texts: Iterable[str]) -> str:
    """Return texts, sorted, as one text.

    Raises:
        ValueError: a text is empty, or holds a capital letter from A to Z.
    """
    before = ""
    parts: list[str] = []
    for text in sorted(texts):
        if not text or _CAPITAL.search(text):
            raise ValueError(f"`{text}` cannot be front-coded")
        shared = _shared(before, text)
        parts += (_number(shared), text[shared:])
        before = text
    return "".join(parts)


def front_decoded(coded: str) -> Iterator[str]:
    """Yield the texts of `front_coded`; what that does not write gives texts that it does not write again so.

    A text is never longer than what stands for it by more than `MOST` characters.
    """
    before = ""
    shared = _VALUES
    for count, rest in _ENTRY.findall(coded):
        before = before[: shared[count]] + rest
        yield before


def _shared(one: str, other: str) -> int:
    shared = 0
    for ours, theirs in zip(one[:MOST], other, strict=False):
        if ours != theirs:
            break
        shared += 1
    return shared


def _number(value: int) -> str:
    tens, ones = divmod(value, _DIGITS)
    return (chr(_FIRST + tens) if tens else "") + chr(_FIRST + ones)


def _value(digits: str) -> int:
    ones = ord(digits[-1]) - _FIRST
    return ones if len(digits) == 1 else ones + _DIGITS * (ord(digits[0]) - _FIRST)


_LETTERS = [chr(_FIRST + each) for each in range(_DIGITS)]
_VALUES = {
    digits: min(_value(digits), MOST)
    for digits in (*_LETTERS, *(tens + ones for tens in _LETTERS for ones in _LETTERS))
}
"""How many letters each count shares; there are few, and hundreds of thousands of texts to read."""
