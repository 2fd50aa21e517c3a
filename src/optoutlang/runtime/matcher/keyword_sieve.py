"""The last sieve for keywords, by all words of a message: the same conditions as the compiled prefilter's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from optoutlang.runtime.matcher.stretches import RUN, squeezed
from optoutlang.runtime.native import Tables
from optoutlang.runtime.program import Filler

EXACT, FILLER, TOLERATED = 0b001, 0b010, 0b100
"""The places of the steps that look for a keyword: as it is, with filler or several of them, nearly one."""

_DIGITS = frozenset("0123456789")


HEAD = 4
"""So many characters of the first word tell whether keywords may begin with it."""


class KeywordSieve:
    """Tells of the words of a message whether they may be a keyword.

    `longest` is how many characters a key may have that is neither stretched nor that of several keywords.
    """

    __slots__ = (
        "_alike",
        "_ends",
        "_heads",
        "_keys",
        "_longest",
        "_skeletons",
        "_squeezed",
        "_tolerates",
        "_typos",
        "longest",
    )

    def __init__(self, tables: Tables, skeletons: Mapping[int, int]) -> None:
        self._keys = frozenset(tables.keys)
        self._heads = frozenset(key[:end] for key in self._keys for end in range(1, HEAD + 1))
        self._longest = tables.longest
        self._tolerates = tables.tolerates
        self.longest = tables.longest + tables.tolerates  # a slip adds one letter at most
        self._typos = frozenset(tables.typos)
        self._squeezed = frozenset(tables.squeezed)
        self._skeletons = skeletons
        self._alike = frozenset(key.translate(skeletons) for key in tables.look_alikes)
        self._ends = frozenset(
            (text[0] + text[-1]).translate(skeletons) for text in (*self._squeezed, *self._alike)
        )

    def steps(self, words: Sequence[str], filler: Filler) -> int:
        """Return the places of the steps that may find a keyword in a message of some words."""
        found = EXACT if "".join(words) in self._keys else 0
        unfilled = filler.taken_out(words)
        if not unfilled:
            return found
        key = "".join(unfilled)
        is_key = unfilled is not words and key in self._keys
        if is_key or (unfilled[0][:HEAD] in self._heads and self._is_several(unfilled)):
            found |= FILLER
        if self._tolerates and self._is_tolerated(unfilled, key):
            found |= TOLERATED
        return found

    def _is_several(self, words: Sequence[str]) -> bool:
        """Tell whether words, more than one, are nothing but keywords."""
        count = len(words)
        reached = [True] + [False] * count
        for start in range(count if count > 1 else 0):
            if reached[start]:
                key = ""
                for end in range(start, count):
                    key += words[end]
                    if len(key) > self._longest:
                        break
                    reached[end + 1] = reached[end + 1] or key in self._keys
        return reached[-1]

    def _is_tolerated(self, words: Sequence[str], key: str) -> bool:
        """Tell whether words, with a key, may be nearly a keyword, perhaps with numbers behind them."""
        if self._is_nearly(key):
            return True
        end = len(words)
        while end and _DIGITS.issuperset(words[end - 1]):
            end -= 1
        if not end or end == len(words):
            return False
        key = "".join(words[:end])
        return key in self._keys or self._is_nearly(key)

    def _is_nearly(self, key: str) -> bool:
        """Tell whether a key may be a stretched or mistyped one, or one of letters that look alike."""
        if len(key) <= self.longest and key in self._typos:
            return True
        if (key[0] + key[-1]).translate(self._skeletons) not in self._ends:
            return False
        if RUN.search(key) and squeezed(key) in self._squeezed:
            return True
        return len(key) <= self.longest and key.translate(self._skeletons) in self._alike
