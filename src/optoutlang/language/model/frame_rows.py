"""A frame's pattern written out: rows of classes and words, each with the gap before it (docs/language.md §5.25).

A member's pattern is written out in the same pieces, without gaps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from optoutlang.language.model.pattern import ClassName, Gap, Member, Pattern, Text
from optoutlang.runtime.canonical import tokens

MAX_ROWS = 64
"""How many rows a frame may have."""

MAX_PARTS = 8
"""How many parts a row may have."""

MAX_GAPS = 3
"""How many gaps a row may have."""

MAX_GAP_WORDS = 9
"""How many words the gaps of a row may stand for in all."""


@dataclass(frozen=True, slots=True)
class RowPart:
    """A class, or the canonical tokens of literal words; `gap` is how many other tokens may stand before it."""

    word_class: ClassName | None
    literal: tuple[str, ...]
    gap: int = 0

    def __post_init__(self) -> None:
        if (self.word_class is None) is not bool(self.literal):
            raise ValueError("a part is a class or literal words")


Row = tuple[RowPart, ...]


class GluedPartError(ValueError):
    """A class or a gap touches a letter."""


class MisplacedGapError(ValueError):
    """A row begins or ends with a gap."""


@lru_cache(maxsize=1 << 14)
def rows_of(pattern: Pattern) -> tuple[Row, ...]:
    """Return the distinct rows of a frame's pattern, in the order of its options.

    Raises:
        GluedPartError: a class or a gap is no word of its own.
        MisplacedGapError: a row begins or ends with a gap.
    """
    return tuple(dict.fromkeys(_row(each) for each in pieces_of(pattern)))


def pieces_of(pattern: Pattern) -> Iterator[tuple[str | Member | Gap, ...]]:
    """Yield for each text that a pattern stands for its pieces: texts, and the classes and gaps between them.

    Raises:
        GluedPartError: a class or a gap is no word of its own.
    """
    for row in pattern.written_out():
        joined: list[str | Member | Gap] = []
        for part in row:
            if not isinstance(part, Text):
                joined.append(part)
            elif joined and isinstance(joined[-1], str):
                joined[-1] += part.text
            else:
                joined.append(part.text)
        pieces = tuple(each for each in joined if each != "")
        if any(_touch(*pair) for pair in pairwise(pieces)):
            raise GluedPartError
        yield pieces


def _touch(left: str | Member | Gap, right: str | Member | Gap) -> bool:
    if isinstance(left, str):
        return _is_letter(left[-1])
    if isinstance(right, str):
        return _is_letter(right[0])
    return True


@lru_cache(maxsize=1 << 12)
def _is_letter(char: str) -> bool:
    # Apostrophes and marks join letters to one word; a Han or Thai letter is a word by itself (docs/language.md §3).
    return len(tokens(f"a{char}a")) == 1


@lru_cache(maxsize=1 << 14)
def _literal(text: str) -> tuple[str, ...]:
    """Return the tokens of what stands between classes: a blank, mostly."""
    return tokens(text)


def _row(pieces: tuple[str | Member | Gap, ...]) -> Row:
    parts: list[RowPart] = []
    gap, is_open = 0, False
    for piece in pieces:
        if isinstance(piece, Gap):
            if not parts:
                raise MisplacedGapError
            gap, is_open = gap + piece.most, True
            continue
        literal = _literal(piece) if isinstance(piece, str) else ()
        name = piece.name if isinstance(piece, Member) else None
        if name or literal:
            parts.append(RowPart(name, literal, gap))
            gap, is_open = 0, False
    if is_open:
        raise MisplacedGapError
    return tuple(parts)
