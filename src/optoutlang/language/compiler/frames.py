"""Frames as the program has them: classes written out and shared, rows of numbers (docs/language.md §5).

A class is written into the program once, however many frames name it, and a run of literal words is a class of that one
member. A class without members stands nowhere: a row that has it is left out, and a frame without rows is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from optoutlang.language.compiler.origins import Origins
from optoutlang.language.compiler.slips import written_slips
from optoutlang.language.model import statement
from optoutlang.language.model.frame_rows import RowPart, rows_of
from optoutlang.language.model.members import class_texts
from optoutlang.language.model.pattern import ClassName
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.withdrawals import Withdrawals
from optoutlang.language.words.lists import lists
from optoutlang.language.words.ordinary import names, words
from optoutlang.runtime.canonical.slips import SHORTEST
from optoutlang.runtime.program import Frame, FrameTable, Guard, Part, Row, WordClass
from optoutlang.runtime.program.frames import STEM, guard_key
from optoutlang.runtime.terms import Action

_Row = tuple[tuple[WordClass, int], ...]
"""Classes, each with the gap before it."""


class _Draft(NamedTuple):
    """A frame with its rows, guards and needs written out; the guards' classes have members."""

    stated: statement.Frame
    rows: tuple[_Row, ...]
    guards: tuple[tuple[statement.Guard, tuple[WordClass, ...]], ...]
    needs: tuple[WordClass, ...]

    def classes(self) -> Iterator[WordClass]:
        """Yield every class that it refers to."""
        yield from (each for row in self.rows for each, _ in row)
        yield from self.needs
        for _, classes in self.guards:
            yield from classes


class Frames:
    """The frames of a ruleset: `table` has them all; where some context tolerates typos, `slips` is true."""

    def __init__(self, ruleset: Ruleset, origins: Origins, *, slips: bool) -> None:
        texts = class_texts(ruleset.of(statement.WordClass))
        shared = _SharedClasses()
        classes = {name: shared.of(name[1], those) for name, those in texts.items() if those}
        guards = {each.key: each for each in ruleset.of(statement.Guard)}
        stated = _words(classes.values()).union(_literals(ruleset.of(statement.Frame)))
        self._withdrawals = Withdrawals(ruleset)
        drafts = [*_drafts(self._counting(ruleset), classes, guards, shared)]
        ordered_classes = _ordered(drafts, classes.values())
        numbers = {id(each): number for number, each in enumerate(ordered_classes)}
        guarding = [_guards(each, numbers) for each in drafts]
        distinct = sorted({guard for those in guarding for guard in those}, key=guard_key)
        places = {guard: number for number, guard in enumerate(distinct)}
        frames = [
            _frame(draft, numbers, _sorted(places[each] for each in those), origins)
            for draft, those in zip(drafts, guarding, strict=True)
        ]
        ordered = sorted(set(frames), key=lambda each: each.sort_key)
        self.table = FrameTable(
            classes=ordered_classes,
            guards=tuple(distinct),
            frames=tuple(ordered),
            ordinary=_ordinary(drafts, ordered_classes, stated) if slips else frozenset(),
        )
        number_of = {frame: number for number, frame in enumerate(ordered)}
        self._by_scope: dict[str | None, set[int]] = defaultdict(set)
        self._of_base: list[tuple[statement.Frame, int]] = []
        for draft, frame in zip(drafts, frames, strict=True):
            self._by_scope[draft.stated.scope].add(number_of[frame])
            if draft.stated.scope is None:
                self._of_base.append((draft.stated, number_of[frame]))

    def numbers(self, scope: str | None) -> tuple[int, ...]:
        """Return the numbers of the frames that the base states, or a country itself."""
        return tuple(sorted(self._by_scope.get(scope, ())))

    def absent(self, country: str) -> frozenset[int]:
        """Return the numbers of the base's frames that a country takes back."""
        if country not in self._withdrawals.scopes:  # as in nearly all: no frame needs to be asked
            return frozenset()
        kept = {number for stated, number in self._of_base if not self._taken(stated, country)}
        own = self._by_scope.get(country, set())
        return frozenset(number for _, number in self._of_base) - kept - own

    def _taken(self, stated: statement.Frame, scope: str | None) -> bool:
        return self._withdrawals.taker(stated, scope) is not None

    def _counting(self, ruleset: Ruleset) -> Iterator[statement.Frame]:
        """Yield the frames that nothing takes back where they are stated."""
        stated = ruleset.of(statement.Frame)
        yield from (each for each in stated if not self._taken(each, each.scope))


class _SharedClasses:
    """The classes of a program, equal ones as one object: they are told apart by identity, as hashing takes long."""

    def __init__(self) -> None:
        self._classes: dict[tuple[str, tuple[str, ...]], WordClass] = {}
        self._literals: dict[tuple[str, ...], WordClass] = {}

    def of(self, name: str, members: tuple[str, ...]) -> WordClass:
        """Return the class of a name and members."""
        place = name, members
        if place not in self._classes:
            self._classes[place] = WordClass(name, members)
        return self._classes[place]

    def literal(self, words: tuple[str, ...]) -> WordClass:
        """Return the class of literal words."""
        known = self._literals.get(words)
        if known is None:
            text = " ".join(words)
            known = self._literals[words] = self.of(text, (text,))
        return known


def _drafts(
    stated: Iterable[statement.Frame],
    classes: Mapping[ClassName, WordClass],
    guards: Mapping[ClassName, statement.Guard],
    shared: _SharedClasses,
) -> Iterator[_Draft]:
    """Yield the frames that some message may match."""
    for frame in stated:
        rows = tuple(
            row
            for parts in rows_of(frame.pattern)
            if (row := tuple(_parts(parts, classes, shared))) and len(row) == len(parts)
        )
        needs = tuple(classes[each] for each in frame.needs if each in classes)
        if rows and len(needs) == len(frame.needs):
            written = (
                (guards[name], tuple(classes[k] for k in guards[name].classes if k in classes))
                for name in frame.guards
                if name in guards
            )
            yield _Draft(frame, rows, tuple(each for each in written if each[1]), needs)


def _parts(
    parts: Sequence[RowPart], classes: Mapping[ClassName, WordClass], shared: _SharedClasses
) -> Iterator[tuple[WordClass, int]]:
    for part in parts:
        if part.word_class is None:
            yield shared.literal(part.literal), part.gap
        elif part.word_class in classes:
            yield classes[part.word_class], part.gap


def _ordered(drafts: Iterable[_Draft], classes: Iterable[WordClass]) -> tuple[WordClass, ...]:
    """Return each class that is referred to, and those with stems, of which nothing is a slip, in order."""
    used = {id(each): each for draft in drafts for each in draft.classes()}
    if used:
        used |= {id(each): each for each in classes if each.has_stem}
    return tuple(sorted(used.values(), key=lambda each: (each.name, each.members)))


_Numbers = Mapping[int, int]
"""The number of each class, by identity."""


def _frame(draft: _Draft, numbers: _Numbers, guards: tuple[int, ...], origins: Origins) -> Frame:
    stated = draft.stated
    rows = {
        Row(stated.begins, stated.ends, tuple(Part(numbers[id(each)], gap) for each, gap in row))
        for row in draft.rows
    }
    needs = _sorted(numbers[id(each)] for each in draft.needs)
    return Frame(stated.action, origins.origin(stated), tuple(sorted(rows)), guards, needs)


def _guards(draft: _Draft, numbers: _Numbers) -> tuple[Guard, ...]:
    return tuple(
        Guard(each.name, _sorted(numbers[id(k)] for k in classes), each.side, each.distance)
        for each, classes in draft.guards
    )


def _sorted(numbers: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(numbers)))


def _ordinary(
    drafts: Iterable[_Draft], numbers: Iterable[WordClass], stated: Iterable[str]
) -> frozenset[str]:
    """Return the words that are no slip of a word of a frame although they are one slip away from it.

    They are the words of all lists, names, and of those `stated` in the rules the ones that the program does not have.
    """
    slipping = {
        id(each): each
        for draft in drafts
        if draft.stated.action is Action.OPT_OUT
        for row in draft.rows
        if len(row) > 1
        for each, _ in row
    }
    if not slipping:
        return frozenset()
    known = frozenset(stated), _listed()
    near: set[str] = set()
    for word in _words(slipping.values()):
        if len(word) >= SHORTEST:
            written = written_slips(word)
            near.update(*(each.intersection(written) - {word} for each in known))
    return frozenset(near - _words(numbers))


@cache
def _listed() -> frozenset[str]:
    """Return the names, and the words of all lists."""
    return names().union(*map(words, lists()))


def _literals(stated: Iterable[statement.Frame]) -> Iterator[str]:
    """Yield the words that stand alone between the classes of frames, also in rows that are left out."""
    for frame in stated:
        for row in rows_of(frame.pattern):
            yield from (part.literal[0] for part in row if len(part.literal) == 1)


def _words(classes: Iterable[WordClass]) -> set[str]:
    """Return the members of one token."""
    return {
        member
        for each in classes
        for member in each.members
        if " " not in member and not member.endswith(STEM)
    }
