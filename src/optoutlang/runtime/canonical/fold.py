"""Steps 1 to 4 of canonical text: characters that people use for one another become one (docs/language.md §3).

Nothing here asks Python about a character. The tables say what each becomes alone, which is the whole of it but for
the marks that are kept and for Hangul: those are put into order and composed afterwards. What the tables make of a
character holds no character that they would change again, so that folding twice changes nothing.
"""

from __future__ import annotations

import re
from functools import cache

from optoutlang.runtime.canonical import tables
from optoutlang.runtime.canonical.classes import char_class, reach
from optoutlang.runtime.canonical.compose import compose

ALPHABETS = 0x3000
"""Below this stand nearly all alphabets: their characters get an entry even if nothing changes, for a miss is slow."""


@cache
def _folds() -> dict[int, int | str | None]:
    """Return the table for `str.translate`: made when the first text comes that is not ASCII."""
    folds: dict[int, int | str | None] = dict(zip(range(ALPHABETS), range(ALPHABETS), strict=True))
    folds.update(str.maketrans(tables.FOLDED, tables.FOLDED_TO))
    folds.update(zip(map(ord, tables.EXPANDED), tables.EXPANDED_TO.split("\n"), strict=True))
    for low, high in zip(tables.DROPPED[::2], tables.DROPPED[1::2], strict=True):
        folds.update(dict.fromkeys(range(ord(low), ord(high) + 1)))
    return folds


@cache
def _inner_apostrophe(upto: str) -> re.Pattern[str]:
    """Match an apostrophe after a letter or a mark and before a letter; it begins with the rarest, to be found fast."""
    letters, marks = char_class(tables.LETTERS, upto=upto), char_class(tables.MARKS, upto=upto)
    return re.compile(f"'(?<=[{letters}{marks}]')(?=[{letters}])")


def fold(text: str) -> str:
    """Return the text with what is interchangeable made one, what is invisible gone, and apostrophes inside words gone.

    Separators stay whatever they are. Time is linear in the text; any `str` will do, with lone surrogates too.
    """
    folded = text.translate(_folds())
    if "'" in folded:
        folded = _inner_apostrophe(reach(folded)).sub("", folded)
    return compose(folded)
