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
from itertools import takewhile

_FIRST = ord("A")
_DIGITS = 26
_CAPITAL = re.compile("[A-Z]")
_ENTRY = re.compile("([A-Z]+)([^A-Z]*)")


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
    """Yield the texts of `front_coded`; what that does not write gives texts that it does not write again so."""
    before = ""
    for count, rest in _ENTRY.findall(coded):
        before = before[: _value(count)] + rest
        yield before


def _shared(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _number(value: int) -> str:
    digits = chr(_FIRST + value % _DIGITS)
    return digits if value < _DIGITS else _number(value // _DIGITS) + digits


def _value(digits: str) -> int:
    if len(digits) == 1:
        return ord(digits) - _FIRST
    value = 0
    for each in digits:
        value = value * _DIGITS + ord(each) - _FIRST
    return value
