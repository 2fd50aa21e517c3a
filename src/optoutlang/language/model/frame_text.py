"""The texts of frames and members to patterns: `{class}`, gaps, the ends of a sentence (docs/language.md §5.25)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Code
from optoutlang.language.model.pattern import Gap, Pattern, Text
from optoutlang.language.model.phrase_text import MalformedPhraseError, Piece, parse_pieces

USUAL_GAP = 3
"""How many words `..` may stand for."""

MAX_GAP = 6
"""How many words one gap as written may stand for."""

_PIECE = re.compile(r"\.{3,}|…+|\.\.[0-9]*|\.|[()\[\]|]|[^()\[\]|.…]+")
_PLAIN = re.compile(r"[^()\[\]|.…{}]+")
_WITHIN = "a frame is found within one sentence of a message"


class MalformedFrameError(MalformedPhraseError):
    """A frame's or a member's text that says nothing; `code` is the finding's."""

    def __init__(self, code: Code, message: str, start: int, end: int, advice: str) -> None:
        super().__init__(message, start, end, advice)
        self.code = code


class FrameText(NamedTuple):
    """A frame's pattern, and whether it stands at the beginning and at the end of a sentence."""

    pattern: Pattern
    begins: bool
    ends: bool


def read_frame(pieces: tuple[Piece, ...]) -> FrameText:
    """Return the pattern of a frame's text, variables already replaced.

    Raises:
        MalformedPhraseError: as for `parse_phrase`.
        MalformedFrameError: a gap is too wide, or a `.` stands alone.
    """
    split = _stripped([each for piece in pieces for each in _split(piece)])
    begins = bool(split) and split[0].content == "."
    ends = len(split) > int(begins) and split[-1].content == "."
    inner = split[int(begins) : len(split) - int(ends)]
    if inner and begins and not _has_blank(inner[0], 0):
        _refuse_dot(split[0])
    if inner and ends and not _has_blank(inner[-1], -1):
        _refuse_dot(split[-1])
    return FrameText(parse_pieces(map(_part, inner)), begins, ends)


def plain_member(text: str) -> Pattern | None:
    """Return the pattern of a member that is plain text without a symbol or a variable, as nearly all are."""
    return Pattern((Text(text),)) if _PLAIN.fullmatch(text) else None


def read_member(pieces: tuple[Piece, ...]) -> Pattern:
    """Return the pattern of a member's text, variables already replaced.

    Raises:
        MalformedPhraseError: as for `parse_phrase`.
        MalformedFrameError: it holds a gap.
    """
    split = [each for piece in pieces for each in _split(piece)]
    for each in split:
        if isinstance(each.content, str) and each.content.startswith(("..", "…")):
            raise MalformedFrameError(
                codes.MISPLACED_GAP,
                f"`{each.content}` stands in a member",
                each.start,
                each.end,
                "gaps stand in frames: a member's words follow one another",
            )
    return parse_pieces(split)


def _split(piece: Piece) -> Iterator[Piece]:
    """Cut a piece of text at its symbols; those of a variable's value stand where the variable stands."""
    if not isinstance(piece.content, str):
        yield piece
        return
    is_written = piece.end - piece.start == len(piece.content)
    for match in _PIECE.finditer(piece.content):
        start, end = piece.start, piece.end
        if is_written:
            start, end = piece.start + match.start(), piece.start + match.end()
        yield Piece(match.group(), start, end)


def _stripped(pieces: list[Piece]) -> list[Piece]:
    """Leave out what is blank at the beginning and at the end."""
    wordy = [index for index, each in enumerate(pieces) if not _is_blank(each)]
    return pieces[wordy[0] : wordy[-1] + 1] if wordy else []


def _is_blank(piece: Piece) -> bool:
    return isinstance(piece.content, str) and not piece.content.strip()


def _has_blank(piece: Piece, index: int) -> bool:
    return isinstance(piece.content, str) and piece.content[index].isspace()


def _part(piece: Piece) -> Piece:
    text = piece.content
    if not isinstance(text, str):
        return piece
    if text == ".":
        _refuse_dot(piece)
    if text.startswith(("...", "…")):
        raise MalformedFrameError(
            codes.MALFORMED_FRAME,
            f"`{text}` stands in a frame",
            piece.start,
            piece.end,
            f"write `..` for a gap; {_WITHIN} anyway",
        )
    if text.startswith(".."):
        return Piece(Gap(_width(piece, text)), piece.start, piece.end)
    return piece


def _width(piece: Piece, text: str) -> int:
    digits = text[2:]
    width = USUAL_GAP if not digits else int(digits) if len(digits) == 1 else MAX_GAP + 1
    if not 1 <= width <= MAX_GAP:
        raise MalformedFrameError(
            codes.MISPLACED_GAP,
            f"`{text}` is no gap of 1 to {MAX_GAP} words",
            piece.start,
            piece.end,
            f"write `..` for up to {USUAL_GAP} words, or `..1` to `..{MAX_GAP}`",
        )
    return width


def _refuse_dot(piece: Piece) -> None:
    raise MalformedFrameError(
        codes.MALFORMED_FRAME,
        "`.` stands among the words of a frame",
        piece.start,
        piece.end,
        "at the beginning or the end, with a space beside it, it is a sentence's; take it out here",
    )
