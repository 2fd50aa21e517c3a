"""What canonical text makes of every code point, alone and between two letters: the whole of Unicode, tried.

Everything else about spellings follows from it, because the fold takes a text
code point by code point (docs/language.md §3).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from optoutlang.runtime.canonical import tokens

ALL = range(0x110000)
"""Every code point, lone surrogates included."""

LEFT, RIGHT = "s", "t"
"""The letters that each code point is put between."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What became of `count` code points.

    `letters` says for each Latin letter which code points are read as it, alone and between letters alike.
    `vanishing` leave no trace between two letters; `separating` part them. `unstable` have a canonical text that
    changes when it is read again, and `swallowing` make a letter beside them disappear.
    """

    count: int
    letters: Mapping[str, tuple[str, ...]]
    vanishing: tuple[str, ...]
    separating: int
    unstable: tuple[str, ...]
    swallowing: tuple[str, ...]


@cache
def survey() -> Survey:
    """Return the survey of every code point; once a process, for no ruleset changes it."""
    return survey_of(ALL)


def survey_of(points: Iterable[int]) -> Survey:
    """Return the survey of some code points."""
    letters: dict[str, list[str]] = defaultdict(list)
    vanishing, unstable, swallowing = [], [], []
    count = separating = 0
    for char in map(chr, points):
        count += 1
        alone, between = tokens(char), tokens(f"{LEFT}{char}{RIGHT}")
        if between == (LEFT, RIGHT):
            separating += 1
        elif between == (LEFT + RIGHT,):
            vanishing.append(char)
        elif len(alone) == 1 and "".join(between) == f"{LEFT}{alone[0]}{RIGHT}":
            letters[alone[0]].append(char)
        if not (between[0].startswith(LEFT) and between[-1].endswith(RIGHT)):
            swallowing.append(char)
        if not (_is_stable(alone) and _is_stable(between)):
            unstable.append(char)
    return Survey(
        count=count,
        letters={letter: tuple(chars) for letter, chars in letters.items()},
        vanishing=tuple(vanishing),
        separating=separating,
        unstable=tuple(unstable),
        swallowing=tuple(swallowing),
    )


@cache
def _is_stable(found: tuple[str, ...]) -> bool:
    return tokens(" ".join(found)) == found
