"""The beginnings of messages that no keyword begins with, where keywords are all that rules have.

Theory of operation. The first characters of a message, as they were typed, tell the first letters of its key; so they
rule it out if no key begins so, none that is shorter may stand before another one, and no word of them may be filler.
Whatever stands behind them changes nothing of that. There are few such beginnings: what is found out once is kept, and
most messages are done after one look into a set.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.canonical.classes import char_class, reach
from optoutlang.runtime.canonical.compose import HANGUL_MOVING, HANGUL_UNSETTLED, MOVING, UNSETTLED
from optoutlang.runtime.canonical.fold import fold
from optoutlang.runtime.program import Program

FEW_KEYS = 500
"""So many keys begin in few ways: of more, more characters are looked at first."""

SIZES = (4, 8, 16)
"""How many characters of a message are looked at, one after the other while they rule nothing out."""

MOST_KEPT = 65_536
"""So many beginnings are kept; when there are more, all are forgotten."""


class Beginnings:
    """The beginnings that rule out all steps of a program in each of its contexts.

    `size` is how many characters they have at least, and `ruled_out` those that were met.
    """

    __slots__ = ("_filler_heads", "_keys", "_sizes", "_sorted", "_uncertain", "ruled_out", "size")

    def __init__(self, program: Program) -> None:
        contexts = [context for _, context in program.own_contexts()]
        keys = {key for each in contexts for key in (*each.keywords, *each.topic_keywords)}
        heads = {text.split(" ", 1)[0] for each in contexts for text in each.fillers}
        self._keys = frozenset(keys)
        self._sorted = sorted(keys)
        self._filler_heads = frozenset(
            head[: end + 1] for head in heads for end in range(len(head))
        )
        self._sizes = SIZES if len(keys) <= FEW_KEYS else SIZES[1:]
        self.size = self._sizes[0]
        self._uncertain: set[str] = set()
        self.ruled_out: set[str] = set()

    @classmethod
    def of(cls, program: Program) -> Beginnings | None:
        """Return the beginnings of a program; None if it has rules beside keywords as they are written."""
        if program.frames or any(
            context.tolerances or context.phrases or context.sentences or context.topic_sentences
            for context in program.contexts().values()
        ):
            return None
        return cls(program)

    def rule_out(self, text: str) -> bool:
        """Tell whether a text begins as no keyword does, and keep that."""
        for size in self._sizes:
            begin = text[:size]
            if begin in self.ruled_out:
                return True
            if begin not in self._uncertain:
                if len(self.ruled_out) + len(self._uncertain) >= MOST_KEPT:
                    self.ruled_out.clear()
                    self._uncertain.clear()
                if not self.may_begin(begin):
                    self.ruled_out.add(begin)
                    return True
                self._uncertain.add(begin)
        return False

    def may_begin(self, begin: str) -> bool:
        """Tell whether a message that is a keyword, or several, may begin so."""
        if not begin.isascii() and _unsettled(reach(folded := fold(begin))).search(folded):
            return True
        words = tokens(begin)
        key = "".join(words)
        if not key.isalnum() or not self._filler_heads.isdisjoint(words):
            return True
        ends = [0]  # of keywords that stand one behind the other
        for end in ends:
            place = bisect_left(self._sorted, key[end:])
            if place < len(self._sorted) and self._sorted[place].startswith(key[end:]):
                return True
            further = (each for each in range(end + 1, len(key)) if key[end:each] in self._keys)
            ends += [each for each in further if each not in ends]
        return False


@cache
def _unsettled(upto: str) -> re.Pattern[str]:
    """Match what a character behind it may change, or what may change one before it."""
    ranges = "".join(chr(low) + chr(high) for low, high in (*HANGUL_MOVING, *HANGUL_UNSETTLED))
    chars = "".join(each * 2 for each in sorted(MOVING | UNSETTLED))
    return re.compile(f"[{char_class(ranges + chars, upto=upto)}]")
