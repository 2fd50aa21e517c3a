"""Characters that no file may hold, characters that nobody sees, and characters of bare words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from optoutlang.language.source.place import Place
from optoutlang.language.source.span import Span
from optoutlang.language.source.text import SourceText

UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Control characters but tab and newline, line ends that are none here, lone surrogates."""

_LINE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ZERO_WIDTH = re.compile("[\u00ad\u034f\u180e\u200b-\u200d\u2060-\u2064\ufeff]")
_HIDDEN = re.compile(f"{_BIDI.pattern}|{_ZERO_WIDTH.pattern}")
_WORD_CATEGORIES = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd"})


def code_point(character: str) -> str:
    """Return how messages name a character: `U+200B`."""
    return f"U+{ord(character):04X}"


@lru_cache(maxsize=1 << 14)
def stands_in_word(character: str) -> bool:
    """Tell whether a bare word may hold a character: letters, marks, digits, hyphens (docs/language.md §1)."""
    return character == "-" or unicodedata.category(character) in _WORD_CATEGORIES


def is_invisible(character: str) -> bool:
    """Tell whether a character leaves no trace on a screen."""
    return unicodedata.category(character) == "Cf" or _HIDDEN.match(character) is not None


def unreadable(source: SourceText) -> Iterator[Diagnostic]:
    """Yield a finding for each kind of character that no file may hold, at its first place."""
    places: dict[str, list[int]] = {}
    for match in UNREADABLE.finditer(source.text):
        places.setdefault(match[0], []).append(match.start())
    for character, offsets in places.items():
        yield _unreadable(source, character, offsets)


def _unreadable(source: SourceText, character: str, offsets: list[int]) -> Diagnostic:
    name = code_point(character)
    all_places = [Place(source, Span(each, each + 1)) for each in offsets]
    if character in _LINE_ENDS:
        message, fix = f"the line end `{name}` is not a newline", None
        help_ = "end lines with a newline alone, or with a carriage return and a newline"
    else:
        message = f"`{name}` cannot stand in a file"
        help_ = "delete it"
        fix = Fix("delete the character", tuple(Edit(each, "") for each in all_places))
    notes = (f"it stands at {len(offsets)} places",) if len(offsets) > 1 else ()
    return Diagnostic(
        codes.UNREADABLE_CHARACTER, message, Label(all_places[0]), notes=notes, help=help_, fix=fix
    )


def invisible(source: SourceText, span: Span, *, quoted: bool) -> Iterator[Diagnostic]:
    r"""Yield a finding if a string (`quoted`) or a comment hides characters that its script does not need.

    Bidirectional controls can make a line read as what it is not. Joiners and
    their like are needed in Persian, in Indic scripts and in emoji; beside a
    Latin letter, or beside nothing, they are an accident.
    """
    text = source.text[span.start : span.end]
    found = [match for match in _HIDDEN.finditer(text) if not _is_needed(text, match.start())]
    if not found:
        return
    places = [Place(source, Span(span.start + m.start(), span.start + m.end())) for m in found]
    escape = f"\\u{{{ord(found[0][0]):X}}}"
    yield Diagnostic(
        codes.INVISIBLE_CHARACTER,
        f"a {'string' if quoted else 'comment'} holds `{escape}`, which cannot be seen",
        Label(places[0]),
        tuple(Label(each) for each in places[1:]),
        help="delete it, or write it as an escape if it is meant" if quoted else "delete it",
        fix=Fix("delete it", tuple(Edit(each, "") for each in places)),
    )


def _is_needed(text: str, offset: int) -> bool:
    if _BIDI.match(text, offset):
        return False
    beside = {_next_visible(text, offset, -1), _next_visible(text, offset, 1)}
    return not any(map(_is_latin, beside)) and any(map(_joins, beside))


def _next_visible(text: str, offset: int, step: int) -> str:
    # A needed run of joiners is short; looking no further keeps this linear in hostile texts.
    for near in range(offset + step, offset + 9 * step, step):
        if not 0 <= near < len(text):
            break
        if not is_invisible(text[near]):
            return text[near]
    return " "


def _is_latin(character: str) -> bool:
    return unicodedata.name(character, "").startswith("LATIN ")


def _joins(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMS"


def is_bare_word(text: str) -> bool:
    """Tell whether a text can be written without quotes: letters, marks and digits, inner hyphens."""
    if text.isascii() and text.isalnum():
        return True
    return all(text.split("-")) and all(map(stands_in_word, text))
