"""At most so many findings of one kind are shown: a generated file may hold one mistake ten thousand times.

The passes report everything and counts are of everything; only the renderers
leave findings out, and each of them tells how many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from optoutlang.language.diagnostics.diagnostic import Code, Diagnostic

MOST_OF_ONE_KIND = 100
"""How many findings of one code are shown."""


@dataclass(frozen=True, slots=True)
class Limited:
    """The findings to show, in their order, and how many more there are by code, in order of id."""

    shown: tuple[Diagnostic, ...]
    omitted: Mapping[Code, int]


def limit(diagnostics: tuple[Diagnostic, ...], most: int = MOST_OF_ONE_KIND) -> Limited:
    """Return the first `most` findings of each code, and the number of the others."""
    counts: Counter[Code] = Counter()
    shown: list[Diagnostic] = []
    for each in diagnostics:
        counts[each.code] += 1
        if counts[each.code] <= most:
            shown.append(each)
    omitted = {
        code: counts[code] - most
        for code in sorted(counts, key=lambda each: each.id)
        if counts[code] > most
    }
    return Limited(tuple(shown), omitted)


def more(count: int) -> str:
    """Return the message that stands for `count` findings of one code that are not shown."""
    return (
        "1 more like this is not shown" if count == 1 else f"{count} more like this are not shown"
    )
