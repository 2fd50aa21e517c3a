"""Frames made ready to match: which rows a sentence may have, and whether one stands in it (docs/language.md §5).

Theory of operation. A row needs a member of each of its classes, so it is tried only where all of them are present in
the sentence, and looked for only where the one that is rarest by its words, its anchor, is. With a slip one class may
lack a member; a row of two parts or more then has its anchor or the next rarest.

A row is matched from left to right with the set of places that its parts so far may end at (`sentence_masks`): once
without a slip, once with one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import NamedTuple, TypeVar

from optoutlang.runtime.matcher.lexicon import bit_of, bits_of, numbers_of
from optoutlang.runtime.matcher.sentence_masks import SentenceMasks
from optoutlang.runtime.program import Frame, FrameTable, Guard, Row, WordClass
from optoutlang.runtime.program.frames import STEM
from optoutlang.runtime.terms import Action
from optoutlang.runtime.terms.side import Side

PlainRow = tuple[bool, bool, tuple[tuple[int, int], ...], tuple[int, ...]]
"""A row of a frame as the compiled core has it (`native.Row`)."""

StandingRows = Callable[[Sequence[str]], Iterable[PlainRow] | None]
"""Returns the rows that stand in a sentence if one token may be a slip, and perhaps more; None if it cannot tell."""

_LETTERS = 6.0
"""How much rarer a word is taken to be with each further letter: short words are the frequent ones."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """A frame with its guards by side, and the bits of classes that it needs in the message."""

    number: int
    frame: Frame
    before: tuple[int, ...]
    after: tuple[int, ...]
    between: tuple[int, ...]
    anywhere: tuple[int, ...]
    needs: int

    @property
    def guards(self) -> tuple[int, ...]:
        """All guards, in order."""
        return self.frame.guards


class Part(NamedTuple):
    """The bit of a class, and how many tokens may stand before its member."""

    bit: int
    gap: int


@dataclass(frozen=True, slots=True)
class AnchoredRow:
    """A row of a frame; `required` are the bits of its classes, `wanted` those with its guards' classes.

    `slips` says whether one of its tokens may be a slip, where typos are tolerated.
    """

    frame: Guarded
    begins: bool
    ends: bool
    parts: tuple[Part, ...]
    required: int
    wanted: int
    slips: bool


class _Group(NamedTuple):
    """Rows with the same classes; `slipping` are their bits if a slip may stand for a word of one, else none."""

    required: int
    slipping: int
    rows: tuple[AnchoredRow, ...]


class _Entry:
    """What goes on from a class: `helpful` are the classes that may be slips beside it alone.

    `groups` are the groups by the number of a class with which it is among their three rarest, each with whether the
    two are the rarest.
    """

    __slots__ = ("groups", "helpful")

    def __init__(self) -> None:
        self.helpful = 0
        self.groups: dict[int, list[tuple[_Group, bool]]] = defaultdict(list)

    def add(self, partner: int, group: _Group, *, leads: bool) -> None:
        self.groups[partner].append((group, leads))


class FrameIndex:
    """The rows of all frames by the numbers of the classes that they are looked for with."""

    __slots__ = ("_entries", "_plain", "_singles", "guards", "slipping")

    def __init__(self, table: FrameTable) -> None:
        self.guards = table.guards
        often = [frequency(each) for each in table.classes]
        groups: dict[tuple[int, ...], list[AnchoredRow]] = {}
        self._plain: dict[PlainRow, list[AnchoredRow]] = defaultdict(list)
        for number in range(len(table.frames)):
            frame = _guarded(number, table)
            for row in frame.frame.rows:
                classes = {part.word_class for part in row.parts}
                rarest = sorted(classes, key=lambda each: (often[each], each))
                anchored = _anchored(frame, row, table.guards)
                groups.setdefault(tuple(rarest), []).append(anchored)
                self._plain[plain_row(frame.frame, row)].append(anchored)
        self.slipping = 0
        self._singles: dict[int, _Group] = {}
        self._entries: dict[int, _Entry] = {}
        for numbers, rows in groups.items():
            group = _group(rows)
            self.slipping |= group.slipping
            if len(numbers) == 1:
                self._singles[numbers[0]] = group
            else:
                self._add(numbers, group)

    def standing(self, rows: Iterable[PlainRow], frames: Collection[int]) -> list[AnchoredRow]:
        """Return those of some frames that are these rows."""
        plain = self._plain
        return [each for row in rows for each in plain[row] if each.frame.number in frames]

    def rows(self, present: int) -> tuple[list[AnchoredRow], int]:
        """Return the rows whose classes are all present, and the bits of the classes whose slips may bring more."""
        rows: list[AnchoredRow] = []
        helpful, helped, absent = 0, 0, ~present
        numbers = [*numbers_of(present)]
        here = frozenset(numbers)
        for group in _at(self._singles, numbers):
            rows += group.rows
            helpful |= group.slipping
        for entry in _at(self._entries, numbers):
            helped |= entry.helpful
            if entry.groups.keys().isdisjoint(here):
                continue
            for groups in _at(entry.groups, numbers):
                for (required, slipping, those), leads in groups:
                    missing = required & absent
                    if not missing:
                        if leads:
                            rows += those
                            helpful |= slipping
                    elif not missing & (missing - 1):
                        helpful |= slipping & missing
        return rows, helpful | helped & absent

    def rows_with_slips(self, present: int, slips: int) -> list[AnchoredRow]:
        """Return the rows that have all classes if those of some slips count as present, of which one may count."""
        with_slips, absent = present | slips, ~present
        numbers = [*numbers_of(with_slips)]
        here = frozenset(numbers)
        singles = _at(self._singles, numbers_of(present))
        rows = [row for group in singles for row in group.rows]
        for entry in _at(self._entries, numbers):
            if entry.groups.keys().isdisjoint(here):
                continue
            for groups in _at(entry.groups, numbers):
                for (required, slipping, those), leads in groups:
                    missing = required & absent
                    may_slip = slipping & missing & with_slips and not missing & (missing - 1)
                    if leads and (not missing or may_slip):
                        rows += those
        return rows

    def _add(self, numbers: tuple[int, ...], group: _Group) -> None:
        """Add a group of two classes or more: of three rarest, two are present if but one class is not."""
        first, second, *others = numbers
        self._entry(first).add(second, group, leads=True)
        if others:
            self._entry(first).add(others[0], group, leads=False)
            self._entry(second).add(others[0], group, leads=False)
        elif group.slipping:
            self._entry(first).helpful |= bit_of(second)
            self._entry(second).helpful |= bit_of(first)

    def _entry(self, number: int) -> _Entry:
        return self._entries.setdefault(number, _Entry())


_Value = TypeVar("_Value")


def _at(values: Mapping[int, _Value], numbers: Iterable[int]) -> list[_Value]:
    """Return what is under those of some numbers that have anything."""
    return [values[number] for number in numbers if number in values]


def _group(rows: Sequence[AnchoredRow]) -> _Group:
    required = rows[0].required
    slipping = required if any(each.slips for each in rows) else 0
    return _Group(required, slipping, tuple(rows))


def row_ends(
    row: AnchoredRow, masks: SentenceMasks, guards: Sequence[Guard], *, slips: bool
) -> int:
    """Return the places behind the matches of a row that none of its frame's guards takes back."""
    frame, count = row.frame, masks.count
    plain = 1 if row.begins else (1 << count) - 1
    for number in frame.anywhere:
        if masks.barred(number, guards[number]):
            return 0
    for number in frame.before:
        plain &= ~masks.barred(number, guards[number])
    slipped = 0
    blocks = masks.blocks([guards[number] for number in frame.between])
    first = True
    for part in row.parts:
        if not first:
            plain = spread(plain, part.gap, blocks)
            slipped = spread(slipped, part.gap, blocks) if slipped else 0
        plain, slipped = after(part.bit, plain, slipped, masks, slips=slips)
        if not (plain or slipped):
            return 0
        first = False
    ends = plain | slipped
    if row.ends:
        ends &= 1 << count
    for number in frame.after:
        ends &= ~masks.barred(number, guards[number])
    return ends


def spread(places: int, gap: int, blocks: Sequence[int] | None) -> int:
    """Return the places that are up to so many tokens behind some, over none that blocks them."""
    if blocks is None:
        for _ in range(gap):
            places |= places << 1
        return places
    reached = 0
    for length in range(gap + 1):
        reached |= (places & ~blocks[length]) << length
    return reached


def after(
    bit: int, plain: int, slipped: int, masks: SentenceMasks, *, slips: bool
) -> tuple[int, int]:
    """Return the places behind the members of a class that begin at some places, without and with a slip."""
    behind, behind_slipped = 0, 0
    for length, starts in masks.members(bit).items():
        clean = masks.is_clean(starts, length)
        behind |= (plain & clean) << length
        behind_slipped |= (slipped & clean) << length
    if slips and bit in masks.slips:
        behind_slipped |= (plain & masks.is_clean(masks.slips[bit], 1)) << 1
    return behind, behind_slipped


def plain_row(frame: Frame, row: Row) -> PlainRow:
    """Return a row as plain data: where it is closed, its classes with the gaps before them, what its frame needs."""
    parts = tuple((part.word_class, part.gap) for part in row.parts)
    return row.begins, row.ends, parts, frame.needs


def _guarded(number: int, table: FrameTable) -> Guarded:
    frame = table.frames[number]

    def on(side: Side) -> tuple[int, ...]:
        return tuple(each for each in frame.guards if table.guards[each].side is side)

    return Guarded(
        number,
        frame,
        before=on(Side.BEFORE),
        after=on(Side.AFTER),
        between=on(Side.BETWEEN),
        anywhere=on(Side.ANYWHERE),
        needs=bits_of(frame.needs),
    )


def _anchored(frame: Guarded, row: Row, guards: Sequence[Guard]) -> AnchoredRow:
    required = bits_of(part.word_class for part in row.parts)
    guarding = bits_of(number for each in frame.guards for number in guards[each].classes)
    return AnchoredRow(
        frame,
        begins=row.begins,
        ends=row.ends,
        parts=tuple(Part(bit_of(part.word_class), part.gap) for part in row.parts),
        required=required,
        wanted=required | guarding,
        slips=frame.frame.action is Action.OPT_OUT and len(row.parts) > 1,
    )


def frequency(word_class: WordClass) -> float:
    """Return how often words of a class stand in messages, as far as their lengths tell."""
    return sum(_LETTERS ** -len(each.removesuffix(STEM)) for each in word_class.members)


def union(rows: Iterable[AnchoredRow]) -> int:
    """Return the bits that rows and their guards ask for."""
    return bits_in(row.wanted for row in rows)


def bits_in(many: Iterable[int]) -> int:
    """Return all bits that are set in some numbers."""
    return reduce(or_, many, 0)
