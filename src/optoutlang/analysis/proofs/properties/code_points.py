"""The canonical text of every code point, alone and between two letters: the whole of Unicode, tried.

Everything else about spellings follows from it, because the fold takes a text
code point by code point (docs/language.md §3).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice

from optoutlang.runtime.canonical import tokens

ALL = range(0x110000)
"""Every code point, lone surrogates included."""

LEFT, RIGHT = "s", "t"
"""The letters that each code point is put between."""

CHUNK = 256
"""How many code points are read in one text, where they only separate, or are all read as they are."""


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
    survey = _Survey()
    chars = map(chr, points)
    while chunk := tuple(islice(chars, CHUNK)):
        if _only_separate(chunk):
            survey.add_separators(len(chunk))
        elif _are_themselves(chunk):
            survey.add_letters(chunk)
        else:
            for char in chunk:
                survey.add(char)
    return survey.result()


def _only_separate(chars: tuple[str, ...]) -> bool:
    """Tell whether all of some code points have no token alone, and part the two letters beside them.

    They are read in one text, with a space between one and the next: most of Unicode is not assigned.
    """
    between = tokens(" ".join(f"{LEFT}{char}{RIGHT}" for char in chars))
    return between == (LEFT, RIGHT) * len(chars) and tokens(" ".join(chars)) == ()


def _are_themselves(chars: tuple[str, ...]) -> bool:
    """Tell whether all of some code points are read as they are, alone and between two letters, and so again.

    They are read in one text, as above: most of what is assigned is Han and Hangul.
    """
    if tokens(" ".join(chars)) != chars:
        return False
    between = tokens(" ".join(f"{LEFT}{char}{RIGHT}" for char in chars))
    joined = tuple(f"{LEFT}{char}{RIGHT}" for char in chars)
    apart = tuple(chain.from_iterable((LEFT, char, RIGHT) for char in chars))
    return between in (joined, apart) and tokens(" ".join(between)) == between


class _Survey:
    """A survey as it grows."""

    def __init__(self) -> None:
        self._letters: dict[str, list[str]] = defaultdict(list)
        self._vanishing: list[str] = []
        self._unstable: list[str] = []
        self._swallowing: list[str] = []
        self._count = self._separating = 0

    def add_separators(self, count: int) -> None:
        """Take in code points that only separate."""
        self._count += count
        self._separating += count

    def add_letters(self, chars: Iterable[str]) -> None:
        """Take in code points that are read as they are."""
        for char in chars:
            self._count += 1
            self._letters[char].append(char)

    def add(self, char: str) -> None:
        """Take in a code point, alone and between two letters."""
        self._count += 1
        alone, between = tokens(char), tokens(f"{LEFT}{char}{RIGHT}")
        if between == (LEFT, RIGHT):
            self._separating += 1
        elif between == (LEFT + RIGHT,):
            self._vanishing.append(char)
        elif len(alone) == 1 and "".join(between) == f"{LEFT}{alone[0]}{RIGHT}":
            self._letters[alone[0]].append(char)
        if not (between[0].startswith(LEFT) and between[-1].endswith(RIGHT)):
            self._swallowing.append(char)
        if not (_is_stable(alone) and _is_stable(between)):
            self._unstable.append(char)

    def result(self) -> Survey:
        """Return the survey of what was taken in."""
        return Survey(
            count=self._count,
            letters={letter: tuple(chars) for letter, chars in self._letters.items()},
            vanishing=tuple(self._vanishing),
            separating=self._separating,
            unstable=tuple(self._unstable),
            swallowing=tuple(self._swallowing),
        )


@cache
def _is_stable(found: tuple[str, ...]) -> bool:
    return tokens(" ".join(found)) == found
