r"""Quoted strings: what they stand for, and how a text is written as one (docs/language.md §1)."""

from __future__ import annotations

import re
import unicodedata

_ESCAPE = re.compile(r"""\\(?:u\{(?P<hex>[^"\\{}]*)\}|u|(?P<one>.)|$)""", re.DOTALL)
_PLAIN = {"n": "\n", '"': '"', "\\": "\\"}
_SPELT = {plain: f"\\{name}" for name, plain in _PLAIN.items()}
_HEX = re.compile("[0-9A-Fa-f]{1,6}")
_LAST_CODE_POINT = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


def decode(inner: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    r"""Return what the text between two quotes stands for, and where its unknown escapes are.

    The escapes are `\"`, `\\`, `\n` and `\u{1F6D1}`. An unknown escape stands
    for itself; each is given as a pair of offsets into `inner`.
    """
    unknown: list[tuple[int, int]] = []

    def replace(match: re.Match[str]) -> str:
        known = _meaning(match)
        if known is None:
            unknown.append(match.span())
            return match[0]
        return known

    return _ESCAPE.sub(replace, inner), tuple(unknown)


def _meaning(match: re.Match[str]) -> str | None:
    if match["hex"] is None:
        return _PLAIN.get(match["one"] or "")
    if not _HEX.fullmatch(match["hex"]):
        return None
    code_point = int(match["hex"], 16)
    if code_point > _LAST_CODE_POINT or code_point in _SURROGATES:
        return None
    return chr(code_point)


def encode(value: str) -> str:
    r"""Return a text as a quoted string; what cannot be seen is written as `\u{200B}`.

    A lone surrogate is a ValueError: no string of the language can hold one.
    """
    return '"' + "".join(map(_spelling, value)) + '"'


def _spelling(character: str) -> str:
    if character in _SPELT:
        return _SPELT[character]
    category = unicodedata.category(character)
    if category == "Cs":
        raise ValueError(f"a string cannot hold the lone surrogate U+{ord(character):04X}")
    if category in {"Cc", "Cf", "Zl", "Zp"}:
        return f"\\u{{{ord(character):X}}}"
    return character
