"""Stretched letters: `STOPPPP`, `stooop` (docs/language.md §5)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby

SHORTEST = 3
"""The fewest characters of a keyword that may be stretched: `TTT` is no T."""

RUN = re.compile(r"(.)\1\1", re.DOTALL)
"""Matches a letter three times: whatever is stretched has one."""


def squeezed(key: str) -> str:
    """Return a key with each run of one character as one."""
    return "".join(char for char, _ in groupby(key))


class Stretches:
    """Keywords' keys by what is left of them when they are squeezed."""

    __slots__ = ("_ends", "_keys")

    def __init__(self, keys: Iterable[str]) -> None:
        keys_by_form: dict[str, list[str]] = defaultdict(list)
        for key in sorted(set(keys)):
            if len(key) >= SHORTEST:
                keys_by_form[squeezed(key)].append(key)
        self._keys: Mapping[str, list[str]] = keys_by_form
        self._ends = frozenset(key[0] + key[-1] for key in keys_by_form)

    def stretched(self, key: str) -> list[str]:
        """Return the keys, in code-point order, of which a message's key holds letters too long.

        No run of a letter is shorter in it, and one, of three or more, is longer.
        """
        if key[:1] + key[-1:] not in self._ends or not RUN.search(key):
            return []
        return [each for each in self._keys.get(squeezed(key), ()) if _is_stretched(key, each)]


def _is_stretched(key: str, keyword: str) -> bool:
    pairs = list(zip(_runs(key), _runs(keyword), strict=True))
    return all(ours >= theirs for ours, theirs in pairs) and any(
        ours >= 3 and ours > theirs for ours, theirs in pairs
    )


def _runs(key: str) -> list[int]:
    return [len(list(run)) for _, run in groupby(key)]
