"""Edits of word lists, made from a word's place alone."""

from __future__ import annotations

import re

from optoutlang.language.diagnostics.diagnostic import Edit, Fix
from optoutlang.language.source.place import Place
from optoutlang.language.source.span import Span
from optoutlang.language.syntax.forms import Form
from optoutlang.language.syntax.strings import encode

_NAMES = (r"\s+".join(form.spelling.split()) for form in Form if form.is_word_list)
# Two-word names come first: `keywords` also ends `only keywords`.
_STATEMENT = re.compile(rf"(?:{'|'.join(sorted(_NAMES, key=len, reverse=True))})\s+\Z", re.ASCII)
_LONGEST_NAME = 80
_BARE = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def dropping(place: Place, word: str) -> Fix | None:
    """Return the fix that takes a word out of its list, or the whole statement with its only word.

    None where a comment stands between the word and its neighbours.
    """
    text, start, end = place.source.text, place.span.start, place.span.end
    before, after = _before_blanks(text, start), _behind_blanks(text, end)
    is_behind_comment = text.find("#", text.rfind("\n", 0, before) + 1, before) >= 0
    if is_behind_comment or text.startswith("#", after):
        return None
    if text.endswith(",", 0, before):
        span = Span(before - 1, end)
    elif text.startswith(",", after):
        span = Span(start, _behind_blanks(text, after + 1))
    else:
        statement = _STATEMENT.search(text, max(0, start - _LONGEST_NAME), start)
        if statement is None:
            return None
        span = Span(statement.start(), end)
    return Fix(f"take `{word}` out", (Edit(Place(place.source, span), ""),))


def _before_blanks(text: str, offset: int) -> int:
    while offset and text[offset - 1].isspace():
        offset -= 1
    return offset


def _behind_blanks(text: str, offset: int) -> int:
    while offset < len(text) and text[offset].isspace():
        offset += 1
    return offset


def replacing(place: Place, word: str) -> Fix:
    """Return the fix that writes another word in a word's place."""
    return Fix(f"write `{word}`", (Edit(place, spelt(word)),))


def adding(place: Place, word: str) -> Fix:
    """Return the fix that puts a word at the end of the keyword statement at a place."""
    end = Place(place.source, Span(place.span.end, place.span.end))
    written = place.source.text[place.span.start : place.span.end]
    comma = "" if written.rstrip().endswith(",") else ","
    return Fix(f"add `{word}`", (Edit(end, f"{comma} {spelt(word)}"),))


def spelt(word: str) -> str:
    """Return a word as a list holds it: bare if it can be, else quoted."""
    return word if _BARE.fullmatch(word) else encode(word)
