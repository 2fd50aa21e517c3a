"""Steps 1 to 4 of canonical text: characters that people use interchangeably become one (docs/language.md §3).

Python's own Unicode data is never used: the tables say what each character becomes. Only Hangul and the marks that are
kept need more: they are put into canonical order and composed afterwards. No character that the tables produce is one
that they would change again, so folding twice changes nothing.
"""

from __future__ import annotations

import re
from functools import cache

from optoutlang.runtime.canonical import tables
from optoutlang.runtime.canonical.classes import char_class, reach
from optoutlang.runtime.canonical.compose import compose

ALPHABETS = 0x3000
"""Below this stand nearly all alphabets: their characters get an entry even if nothing changes: a miss is slow."""


@cache
def _folds() -> dict[int, int | str | None]:
    """Return the table for `str.translate`. It is made on first use: texts that are ASCII do not need it."""
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
    """Return the text with interchangeable characters folded, invisible ones removed, and no apostrophes inside words.

    Separators stay as they are. Time is linear in the text. Any `str` is accepted, also with lone surrogates.
    """
    folded = text.translate(_folds())
    if "'" in folded:
        folded = _inner_apostrophe(reach(folded)).sub("", folded)
    return compose(folded)
