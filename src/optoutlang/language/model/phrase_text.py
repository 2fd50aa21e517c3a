"""The text of a phrase to its pattern: `(a|b)` and `[c]`, nested (docs/language.md §5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from optoutlang.language.model.pattern import Choice, Gap, Member, Part, Pattern, Text

MAX_TEXTS = 4096
"""How many plain texts one phrase may stand for."""

MAX_DEPTH = 16
"""How deep brackets may nest."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text, from `start` to `end`: a bracket, `|`, a text between them, a class or a gap."""

    content: str | Member | Gap
    start: int
    end: int


_PIECE = re.compile(r"[()\[\]|]|[^()\[\]|]+")
_CLOSERS = {"(": ")", "[": "]"}


class MalformedPhraseError(ValueError):
    """A phrase's brackets do not match; `start` and `end` are offsets in its text."""

    def __init__(self, message: str, start: int, end: int, advice: str) -> None:
        super().__init__(message)
        self.start = start
        self.end = end
        self.help = advice


class _Group:
    """An open bracket, and what has been read since."""

    def __init__(self, opener: str, start: int) -> None:
        self.opener = opener
        self.start = start
        self.options: list[Pattern] = []
        self.parts: list[Part] = []

    def end_option(self) -> None:
        self.options.append(Pattern(tuple(self.parts)))
        self.parts = []

    def close(self) -> Choice:
        self.end_option()
        if self.opener == "[":
            self.options.append(Pattern(()))
        return Choice(tuple(self.options))


def parse_phrase(text: str) -> Pattern:
    """Return the pattern of a phrase's text, variables already replaced.

    Raises:
        MalformedPhraseError: brackets do not match, nest too deep or hold
            nothing, or a `|` stands outside them.
    """
    return parse_pieces(pieces(text))


def pieces(text: str) -> Iterator[Piece]:
    """Yield the pieces of a text without classes and gaps."""
    return (Piece(each.group(), each.start(), each.end()) for each in _PIECE.finditer(text))


def parse_pieces(pieces: Iterable[Piece]) -> Pattern:
    """Return the pattern of a text in pieces.

    Raises:
        MalformedPhraseError: as for `parse_phrase`.
    """
    groups = [_Group("", 0)]
    for piece in pieces:
        symbol, start = piece.content, piece.start
        if not isinstance(symbol, str):
            groups[-1].parts.append(symbol)
        elif symbol in _CLOSERS:
            if len(groups) > MAX_DEPTH:
                raise MalformedPhraseError(
                    f"brackets nest deeper than {MAX_DEPTH}",
                    start,
                    start + 1,
                    "say it in two phrases",
                )
            groups.append(_Group(symbol, start))
        elif symbol in (")", "]"):
            _close(groups, symbol, start)
        elif symbol == "|":
            _separate(groups, start)
        else:
            groups[-1].parts.append(Text(symbol))
    if len(groups) > 1:
        opener = groups[-1]
        raise MalformedPhraseError(
            f"`{opener.opener}` is never closed",
            opener.start,
            opener.start + 1,
            f"add `{_CLOSERS[opener.opener]}`",
        )
    return Pattern(tuple(groups[0].parts))


def _close(groups: list[_Group], symbol: str, start: int) -> None:
    group = groups[-1]
    if _CLOSERS.get(group.opener) != symbol:
        raise MalformedPhraseError(
            f"`{symbol}` closes nothing", start, start + 1, "take it out, or open it before"
        )
    if not group.parts and not group.options:
        raise MalformedPhraseError(
            "brackets with nothing inside", group.start, start + 1, "take them out"
        )
    groups.pop()
    groups[-1].parts.append(group.close())


def _separate(groups: list[_Group], start: int) -> None:
    if len(groups) == 1:
        raise MalformedPhraseError(
            "`|` stands outside brackets", start, start + 1, "write the alternatives as `(a|b)`"
        )
    groups[-1].end_option()
