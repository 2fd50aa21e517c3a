"""Frames as plain data: word classes, guards, and rows of parts with gaps between them (docs/language.md §5).

All three refer to one another by number, so that equal classes stand once in a program, however many frames of however
many languages have them. A run of literal words is a class too, of that one member and named by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TypeVar

from optoutlang.runtime.program.meaning import Origin
from optoutlang.runtime.terms import Action
from optoutlang.runtime.terms.side import Side

STEM = "*"
"""Closes the last word of a member that stands for every word that begins so."""

SHORTEST_STEM = 2
MAX_TOKENS = 12
MAX_MEMBERS = 20_000
MAX_PARTS = 8
MAX_GAPS = 3
MAX_GAP = 9
"""The most words that the gaps of a row may have, together or one alone."""

MAX_ROWS = 64
MAX_GUARDS = 4
MAX_NEEDS = 4
MAX_DISTANCE = 20

_Member = TypeVar("_Member")


@dataclass(frozen=True, slots=True)
class WordClass:
    """Words that stand for one another: `members` are canonical texts in order, stems with a closing `*`.

    Raises:
        ValueError: no name, no member, members out of order, too many of them or of their tokens, or a short stem.
    """

    name: str
    members: tuple[str, ...]

    def __post_init__(self) -> None:
        _require(bool(self.name), "a class without a name")
        _require(0 < len(self.members) <= MAX_MEMBERS, "a class of no members, or too many")
        _require_ascending(self.members, "members")
        for member in self.members:
            _require(_is_member(member), f"`{member}` is no member of a class")

    @property
    def has_stem(self) -> bool:
        """Whether a member is a stem: what begins so is no slip, even if no frame names the class."""
        return any(each.endswith(STEM) for each in self.members)


@dataclass(frozen=True, slots=True)
class Guard:
    """What takes a match back: a member of one of the `classes`, given by number, on a side of it.

    `distance` counts the words before or after the match that are no filler, 0 on the other sides.

    Raises:
        ValueError: no name, no class, classes out of order, or a distance that the side has not.
    """

    name: str
    classes: tuple[int, ...]
    side: Side
    distance: int

    def __post_init__(self) -> None:
        _require(bool(self.name) and bool(self.classes), "a guard without a name or class")
        _require_ascending(self.classes, "classes of a guard")
        most = MAX_DISTANCE if self.side.has_distance else 0
        least = 1 if self.side.has_distance else 0
        _require(least <= self.distance <= most, "a guard at no distance of its side")


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """A class, by number, and how many tokens may stand before it at most."""

    word_class: int
    gap: int = 0

    def __post_init__(self) -> None:
        _require(self.word_class >= 0 and 0 <= self.gap <= MAX_GAP, "a part out of bounds")


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """Parts in order, and whether the sentence begins before the first or ends behind the last.

    Raises:
        ValueError: no part or too many, a gap before the first one, or too many gaps or words in them.
    """

    begins: bool
    ends: bool
    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        _require(0 < len(self.parts) <= MAX_PARTS, "a row of no parts, or too many")
        gaps = [each.gap for each in self.parts]
        _require(not gaps[0], "a gap at the beginning of a row")
        _require(sum(map(bool, gaps)) <= MAX_GAPS and sum(gaps) <= MAX_GAP, "too many gaps")


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame of the rules: it asks for `action` where one of its rows matches.

    `origin` has its language, spelling and place. `guards` and `needs`, the classes that must stand somewhere in the
    message, are given by number.

    Raises:
        ValueError: no row, rows, guards or needs out of order, or too many of them.
    """

    action: Action
    origin: Origin
    rows: tuple[Row, ...]
    guards: tuple[int, ...] = ()
    needs: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        _require(0 < len(self.rows) <= MAX_ROWS, "a frame of no rows, or too many")
        _require(len(self.guards) <= MAX_GUARDS, "too many guards")
        _require(len(self.needs) <= MAX_NEEDS, "too many needs")
        _require_ascending(self.rows, "rows")
        _require_ascending(self.guards, "guards of a frame")
        _require_ascending(self.needs, "needs")

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Where it stands among frames: by place, then spelling, then all else."""
        origin = self.origin
        place = origin.source, origin.line, origin.spelling, origin.language, self.action.rank
        return (*place, self.rows, self.guards, self.needs)


@dataclass(frozen=True, slots=True)
class FrameTable:
    """All frames of a program, in the order of their places, and what they refer to by number.

    `ordinary` are the words that are no slip of a member although they are one slip away from it.

    Raises:
        ValueError: something refers to what is not there, something is never referred to, or stands out of order.
    """

    classes: tuple[WordClass, ...] = ()
    guards: tuple[Guard, ...] = ()
    frames: tuple[Frame, ...] = ()
    ordinary: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        _require_ascending([(each.name, each.members) for each in self.classes], "classes")
        _require_ascending([guard_key(each) for each in self.guards], "guards")
        keys = [each.sort_key for each in self.frames]
        _require(all(one < other for one, other in pairwise(keys)), "frames out of order")
        guards = set(chain.from_iterable(each.guards for each in self.frames))
        _require(guards == set(range(len(self.guards))), "a guard not there, or never used")
        used, there = set(self._classes()), set(range(len(self.classes)))
        _require(used <= there, "a class that is not there")
        unused = [self.classes[each] for each in there - used]
        _require(all(each.has_stem for each in unused), "a class that is never used")
        _require(bool(self.frames) or not unused, "classes without frames")
        _require(bool(self.frames) or not self.ordinary, "ordinary words without frames")

    def __bool__(self) -> bool:
        return bool(self.frames)

    def _classes(self) -> Iterator[int]:
        for guard in self.guards:
            yield from guard.classes
        for frame in self.frames:
            yield from frame.needs
            for row in frame.rows:
                yield from (part.word_class for part in row.parts)


def guard_key(guard: Guard) -> tuple[str, tuple[int, ...], str, int]:
    """Return where a guard stands among guards."""
    return guard.name, guard.classes, guard.side.value, guard.distance


def _is_member(text: str) -> bool:
    if text and " " not in text and STEM not in text:
        return True  # nearly all are one word
    words = text.split(" ")
    if not 0 < len(words) <= MAX_TOKENS or not all(words):
        return False
    if text.endswith(STEM):
        words[-1] = words[-1][: -len(STEM)]
        if len(words[-1]) < SHORTEST_STEM:
            return False
    return not any(STEM in each for each in words)


def _require(condition: bool, otherwise: str) -> None:  # noqa: FBT001  # a condition is no option
    if not condition:
        raise ValueError(otherwise)


def _require_ascending(members: Iterable[_Member], what: str) -> None:
    row = list(members)
    rising = all(one < other for one, other in pairwise(row))  # type: ignore[operator]
    _require(rising, f"{what} out of order, or one of them twice")
