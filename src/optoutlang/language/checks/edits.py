"""Edits of word lists, made from a word's place alone."""

from __future__ import annotations

import re

from optoutlang.language.diagnostics.diagnostic import Edit, Fix
from optoutlang.language.source.place import Place
from optoutlang.language.source.span import Span

_STATEMENT = re.compile(
    r"(?:(?:only|require)\s+)?(?:keywords|remove|phrases|except|filler)\s+\Z", re.ASCII
)
_LONGEST_NAME = 80
_BARE = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def dropping(place: Place, word: str) -> Fix | None:
    """Return the fix that takes a word out of its list, or the whole statement with its only word.

    None where a comment stands between the word and its neighbours.
    """
    text, start, end = place.source.text, place.span.start, place.span.end
    left, right = text[:start].rstrip(), text[end:].lstrip()
    if "#" in left[left.rfind("\n") + 1 :] or right.startswith("#"):
        return None
    if left.endswith(","):
        span = Span(len(left) - 1, end)
    elif right.startswith(","):
        span = Span(start, len(text) - len(right[1:].lstrip()))
    else:
        statement = _STATEMENT.search(text, max(0, start - _LONGEST_NAME), start)
        if statement is None:
            return None
        span = Span(statement.start(), end)
    return Fix(f"take `{word}` out", (Edit(Place(place.source, span), ""),))


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
    if _BARE.fullmatch(word):
        return word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
