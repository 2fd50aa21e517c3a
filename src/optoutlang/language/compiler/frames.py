"""Frames as the program has them: classes written out and shared, rows of numbers (docs/language.md §5).

A class is written into the program once, however many frames name it, and a run of literal words is a class of that one
member. A class without members stands nowhere: a row that has it is left out, and a frame without rows is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from optoutlang.language.compiler.origins import Origins
from optoutlang.language.compiler.slips import slips
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
        classes = {name: WordClass(name[1], those) for name, those in texts.items() if those}
        guards = {each.key: each for each in ruleset.of(statement.Guard)}
        stated = _words(classes.values()).union(_literals(ruleset.of(statement.Frame)))
        self._withdrawals = Withdrawals(ruleset)
        drafts = [*_drafts(self._counting(ruleset), classes, guards)]
        numbers = _numbers(drafts, classes.values())
        written = [_frame(each, numbers, origins) for each in drafts]
        distinct = sorted({guard for _, those in written for guard in those}, key=guard_key)
        places = {guard: number for number, guard in enumerate(distinct)}
        frames = [_with_guards(frame, those, places) for frame, those in written]
        ordered = sorted(set(frames), key=lambda each: each.sort_key)
        self.table = FrameTable(
            classes=tuple(numbers),
            guards=tuple(distinct),
            frames=tuple(ordered),
            ordinary=_ordinary(drafts, numbers, stated) if slips else frozenset(),
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


def _drafts(
    stated: Iterable[statement.Frame],
    classes: Mapping[ClassName, WordClass],
    guards: Mapping[ClassName, statement.Guard],
) -> Iterator[_Draft]:
    """Yield the frames that some message may match."""
    for frame in stated:
        rows = tuple(
            row
            for parts in rows_of(frame.pattern)
            if (row := tuple(_parts(parts, classes))) and len(row) == len(parts)
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
    parts: Sequence[RowPart], classes: Mapping[ClassName, WordClass]
) -> Iterator[tuple[WordClass, int]]:
    for part in parts:
        if part.word_class is None:
            text = " ".join(part.literal)
            yield WordClass(text, (text,)), part.gap
        elif part.word_class in classes:
            yield classes[part.word_class], part.gap


def _numbers(drafts: Iterable[_Draft], classes: Iterable[WordClass]) -> dict[WordClass, int]:
    """Return the number of each class that is referred to, and of those with stems, of which nothing is a slip."""
    used = {each for draft in drafts for each in draft.classes()}
    if used:
        used.update(each for each in classes if each.has_stem)
    ordered = sorted(used, key=lambda each: (each.name, each.members))
    return {each: number for number, each in enumerate(ordered)}


def _frame(
    draft: _Draft, numbers: Mapping[WordClass, int], origins: Origins
) -> tuple[Frame, tuple[Guard, ...]]:
    """Return a frame without its guards, and these."""
    stated = draft.stated
    rows = {
        Row(stated.begins, stated.ends, tuple(Part(numbers[each], gap) for each, gap in row))
        for row in draft.rows
    }
    guards = tuple(
        Guard(each.name, _sorted(numbers[k] for k in classes), each.side, each.distance)
        for each, classes in draft.guards
    )
    needs = _sorted(numbers[each] for each in draft.needs)
    frame = Frame(stated.action, origins.origin(stated), tuple(sorted(rows)), needs=needs)
    return frame, guards


def _with_guards(frame: Frame, guards: Iterable[Guard], places: Mapping[Guard, int]) -> Frame:
    numbers = _sorted(places[each] for each in guards)
    return Frame(frame.action, frame.origin, frame.rows, numbers, frame.needs)


def _sorted(numbers: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(numbers)))


def _ordinary(
    drafts: Iterable[_Draft], numbers: Iterable[WordClass], stated: Iterable[str]
) -> frozenset[str]:
    """Return the words that are no slip of a word of a frame although they are one slip away from it.

    They are the words of all lists, names, and of those `stated` in the rules the ones that the program does not have.
    """
    slipping = {
        each
        for draft in drafts
        if draft.stated.action is Action.OPT_OUT
        for row in draft.rows
        if len(row) > 1
        for each, _ in row
    }
    if not slipping:
        return frozenset()
    near = set().union(*(slips(each) for each in _words(slipping) if len(each) >= SHORTEST))
    known = (names(), frozenset(stated), *map(words, lists()))
    return frozenset().union(*(near & each for each in known)) - _words(numbers)


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
