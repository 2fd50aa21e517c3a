"""Early exits in Python: the beginning of a message, and a word that some row must have, rule steps out.

Where the compiled core runs, it rules out these and more (`prefilter`).
"""

from __future__ import annotations

import re

from optoutlang.runtime.program import Program
from optoutlang.runtime.program.rest import unmarked

SHOWN = 4
"""How many characters of a message's key are looked at."""

READ = 16
"""How many characters of a message are read for them at most."""

FEW = 5_000
"""Of so many phrases and sentences or more, nearly every message has a word that some row must have."""

KEYWORD_STEPS = 0b11
"""The places of the steps that look for a keyword as it is written, with and without filler."""

PART_STEPS = 0b1000
"""The place of the steps that look for phrases and sentences."""

_WORD = re.compile("[0-9A-Za-z]+")


class EarlyExits:
    """The early exits of a program, for all its contexts."""

    __slots__ = ("_anchors", "_beginnings", "_fillers", "_keys")

    def __init__(self, program: Program) -> None:
        contexts = [context for _, context in program.own_contexts()]
        keys = {key for each in contexts for key in (*each.keywords, *each.topic_keywords)}
        heads = {text.split(" ", 1)[0] for each in contexts for text in each.fillers}
        self._keys = frozenset(key for key in keys if len(key) < SHOWN)
        self._beginnings = frozenset(key[:SHOWN] for key in keys)
        self._fillers = frozenset(head[:end] for head in heads for end in range(1, SHOWN + 1))
        rows = {text for each in contexts for text in each.phrases}
        rows.update(unmarked(text).text for each in contexts for text in each.sentences)
        rows.update(text for each in contexts for text in each.topic_sentences)
        self._anchors = _anchors(rows) if len(rows) < FEW else None

    def may_find(self, text: str, places: int) -> int:
        """Return those of some places whose steps may find anything in a text, as its beginning tells.

        The key of a message begins with its first letters and digits, and so does that without filler if no word that
        they are of is filler. What comes behind these characters changes none of them.
        """
        begin = text[:SHOWN]
        if begin.isascii() and begin.isalnum() and len(begin) == SHOWN:
            key = begin.lower()
            if key in self._fillers:
                return places
        else:
            key = self._beginning(text[:READ])
        if len(key) < SHOWN or key in self._beginnings or self._has_short_key(key):
            return places
        return places & ~KEYWORD_STEPS

    def _beginning(self, begin: str) -> str:
        """Return the first characters of the key of a text that begins so; fewer than `SHOWN` if that is uncertain."""
        key = ""
        words: list[str] = _WORD.findall(begin.lower()) if begin.isascii() else []
        for word in words:
            if word[:SHOWN] in self._fillers:
                return ""
            key += word
            if len(key) >= SHOWN:
                return key[:SHOWN]
        return ""

    def _has_short_key(self, beginning: str) -> bool:
        """Tell whether a key begins with a whole keyword of few characters."""
        keys = self._keys
        return beginning[:3] in keys or beginning[:2] in keys or beginning[:1] in keys

    def is_without_rows(self, tokens: tuple[str, ...]) -> bool:
        """Tell whether no phrase or sentence can stand among the tokens of a message: each has a word that none is."""
        return self._anchors is not None and self._anchors.isdisjoint(tokens)


def _anchors(rows: set[str]) -> frozenset[str] | None:
    """Return the longest word of each row; None if a row has only symbols, which beside words are no tokens."""
    anchors = {max(row.split(" "), key=len) for row in rows}
    return frozenset(anchors) if all(any(map(str.isalnum, each)) for each in anchors) else None
