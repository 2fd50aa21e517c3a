"""Canonical ordering and composition (Unicode's NFC) of what folding keeps: Indic and kana marks, and Hangul."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby

from optoutlang.runtime.canonical import tables
from optoutlang.runtime.canonical.classes import char_class, reach

LEADS, VOWELS, TAILS = 0x1100, 0x1161, 0x11A7
LEAD_COUNT, VOWEL_COUNT, TAIL_COUNT = 19, 21, 28
SYLLABLES = 0xAC00
"""The constants of the Unicode Standard, section 3.12: syllables are computed. `TAILS` is the place of `no tail`."""

ORDERS = dict(zip(tables.REORDERED, tables.CLASSES, strict=True))
"""The canonical combining classes of marks that change places with others; that of all other characters is 0."""

_TRIPLES = tuple(zip(*[iter(tables.COMPOSITIONS)] * 3, strict=True))
COMPOSED = {(first, second): composed for first, second, composed in _TRIPLES}
"""What two characters compose to."""

_DECOMPOSED = {composed: first + second for first, second, composed in _TRIPLES}

MOVING = frozenset(tables.REORDERED) | {second for _, second, _ in _TRIPLES}
"""What composes with a character before it, or changes places with a mark; vowels and tails of Hangul beside them."""

UNSETTLED = frozenset(each for first, _, composed in _TRIPLES for each in (first, composed))
"""What may change if one of these stands behind it; leads and syllables of Hangul beside them."""

HANGUL_MOVING = ((VOWELS, VOWELS + VOWEL_COUNT - 1), (TAILS + 1, TAILS + TAIL_COUNT - 1))
HANGUL_UNSETTLED = (
    (LEADS, LEADS + LEAD_COUNT - 1),
    (SYLLABLES, SYLLABLES + LEAD_COUNT * VOWEL_COUNT * TAIL_COUNT - 1),
)
"""First and last code points of these letters."""


@cache
def _composing(upto: str) -> str:
    """Return the class of what composes with a character before it: marks, and the vowels and tails of Hangul."""
    jamo = chr(VOWELS), chr(VOWELS + VOWEL_COUNT - 1), chr(TAILS + 1), chr(TAILS + TAIL_COUNT - 1)
    return char_class("".join((*jamo, *(second * 2 for _, second in COMPOSED))), upto=upto)


@cache
def _moving(upto: str) -> str:
    """Return the class of what composes or may change places with a mark before it."""
    return _composing(upto) + char_class("".join(mark * 2 for mark in tables.REORDERED), upto=upto)


@cache
def _unsettled(upto: str) -> re.Pattern[str]:
    """Match where a text may have to change: one mark that composes, or two marks in a row."""
    return re.compile(f"[{_moving(upto)}](?:(?<=[{_composing(upto)}])|[{_moving(upto)}])")


@cache
def _cluster(upto: str) -> re.Pattern[str]:
    """Match a character and all that follow it which may change places with each other or compose with it."""
    return re.compile(f"(?s:.)[{_moving(upto)}]+")


def compose(text: str) -> str:
    """Return the text in NFC, for any text that the fold tables made."""
    upto = reach(text)
    if not _unsettled(upto).search(text):
        return text
    return _cluster(upto).sub(lambda match: _compose_cluster(match[0]), text)


def _compose_cluster(cluster: str) -> str:
    composed: list[str] = []
    starter = last = -1  # `last`: the class of the last mark kept after the starter, -1 if none
    for char in _in_order(cluster):
        here = ORDERS.get(char, 0)
        if starter >= 0 and last < here and (both := _pair(composed[starter], char)):
            composed[starter] = both
            continue
        if here == 0:
            starter, last = len(composed), -1
        else:
            last = here
        composed.append(char)
    return "".join(composed)


def _in_order(cluster: str) -> list[str]:
    """Return the cluster's characters taken apart, each run of marks sorted by class (stable, so linear or nearly)."""
    ordered: list[str] = []
    for _, run in groupby("".join(map(_take_apart, cluster)), key=lambda char: char in ORDERS):
        ordered += sorted(run, key=lambda char: ORDERS.get(char, 0))
    return ordered


def _take_apart(char: str) -> str:
    """Return the full decomposition of one character; Hangul syllables stay whole, which loses nothing."""
    while char[0] in _DECOMPOSED:
        char = _DECOMPOSED[char[0]] + char[1:]
    return char


def _pair(first: str, second: str) -> str | None:
    """Return the composition of two characters, None if they do not compose."""
    lead, vowel, tail = ord(first) - LEADS, ord(second) - VOWELS, ord(second) - TAILS
    if 0 <= lead < LEAD_COUNT and 0 <= vowel < VOWEL_COUNT:
        return chr(SYLLABLES + (lead * VOWEL_COUNT + vowel) * TAIL_COUNT)
    syllable, open_ended = divmod(ord(first) - SYLLABLES, TAIL_COUNT)
    if 0 <= syllable < LEAD_COUNT * VOWEL_COUNT and open_ended == 0 and 0 < tail < TAIL_COUNT:
        return chr(ord(first) + tail)
    return COMPOSED.get((first, second))
