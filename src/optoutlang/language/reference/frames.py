"""Classes, guards and frames: what stands in a sentence, and what takes it back (docs/language.md §5.24 to §5.29)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from optoutlang.language.model.pattern import Choice, ClassName, Gap, Member, Pattern, Text
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import Frame, Guard, WordClass
from optoutlang.language.reference.layers import Table
from optoutlang.language.reference.phrases import (
    Reading,
    Tokens,
    filler_tokens,
    occurrences,
    readings,
)
from optoutlang.language.reference.text import tokens
from optoutlang.language.reference.tolerances import is_slip
from optoutlang.language.words.lists import lists
from optoutlang.language.words.ordinary import names, words
from optoutlang.runtime.terms.action import Action, Tolerance
from optoutlang.runtime.terms.side import Side


@dataclass(frozen=True, slots=True)
class Words:
    """A text of a class: its tokens; of a stem, the last one is the beginning of any word."""

    tokens: Tokens
    is_stem: bool = False

    def stand_at(self, sentence: Tokens, start: int) -> bool:
        """Tell whether a sentence has these words at a place."""
        part = sentence[start : start + len(self.tokens)]
        if self.is_stem and len(part) == len(self.tokens):
            return part[:-1] == self.tokens[:-1] and part[-1].startswith(self.tokens[-1])
        return part == self.tokens


@dataclass(frozen=True, slots=True)
class RowPart:
    """What may stand at one place of a row, and how many other tokens may stand before it."""

    choices: frozenset[Words]
    gap: int


@dataclass(frozen=True, slots=True)
class Match:
    """A row in a sentence: for each part where it begins and ends, and whether one of them is a slip."""

    parts: tuple[tuple[int, int], ...]
    is_slipped: bool

    @property
    def start(self) -> int:
        """Its first token."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """The place behind its last token."""
        return self.parts[-1][1]


def frames_that_match(table: Table, text: str) -> list[Frame]:
    """Return the frames of a context of which a match in a message counts, and whose needs are met."""
    frames = [frame for frame in table.frames if _is_met(table, frame, text)]
    return [frame for frame in frames if any(_matches(table, frame, text))]


def _is_met(table: Table, frame: Frame, text: str) -> bool:
    """Tell whether each class of a frame's needs has a member in some sentence, in one of the two readings."""
    return all(
        any(
            _places(classes_of(table).members(name), _tokens(sentence))
            for reading in readings(table, text)
            for sentence in reading
        )
        for name in frame.needs
    )


def _matches(table: Table, frame: Frame, text: str) -> Iterator[Match]:
    """Yield the matches of a frame that no guard takes back and no exception overlaps."""
    as_written, without_filler = both = readings(table, text)
    exceptions = [
        each
        for way, reading in enumerate(both)
        for each in occurrences(table.exceptions, reading, way)
        if each.phrase.action is frame.action
    ]
    guards = [each for each in table.ruleset.of(Guard) if (each.file, each.name) in frame.guards]
    for reading in both:
        for number, sentence in enumerate(reading):
            meaningful = {place for place, _ in without_filler[number]}
            filler = [reading is as_written and place not in meaningful for place, _ in sentence]
            for row in classes_of(table).rows(frame.pattern):
                for match in matches_of(table, frame, row, _tokens(sentence)):
                    if not any(
                        takes_back(table, guard, match, _tokens(sentence), filler)
                        for guard in guards
                    ) and not any(
                        sentence[match.start][0] < each.end
                        and each.start <= sentence[match.end - 1][0]
                        for each in exceptions
                    ):
                        yield match


def _tokens(sentence: Reading) -> Tokens:
    return tuple(token for _, token in sentence)


# Classes.


class Classes:
    """The classes and rows of a ruleset, each written out when it is first asked for."""

    def __init__(self, ruleset: Ruleset) -> None:
        self._ruleset = ruleset
        self._members: dict[ClassName, frozenset[Words]] = {}
        self._rows: dict[Pattern, list[tuple[RowPart, ...]]] = {}
        self._words: list[frozenset[Words]] | None = None

    def members(self, name: ClassName) -> frozenset[Words]:
        """Return every text of a class."""
        if name not in self._members:
            stated = (
                each for each in self._ruleset.of(WordClass) if (each.file, each.name) == name
            )
            self._members[name] = frozenset(
                each for it in stated for pattern in it.members for each in _texts(self, pattern)
            )
        return self._members[name]

    def rows(self, pattern: Pattern) -> list[tuple[RowPart, ...]]:
        """Return the rows of a frame."""
        if pattern not in self._rows:
            self._rows[pattern] = rows(self, pattern)
        return self._rows[pattern]

    def all(self) -> list[frozenset[Words]]:
        """Return every class, and the words between the classes of every frame."""
        if self._words is None:
            stated = self._ruleset.of(WordClass)
            self._words = [self.members((each.file, each.name)) for each in stated]
            self._words += [
                part.choices
                for frame in self._ruleset.of(Frame)
                for row in self.rows(frame.pattern)
                for part in row
            ]
        return self._words


class _Same:
    """A ruleset that is equal to itself alone; to compare two is slow."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.ruleset is other.ruleset

    def __hash__(self) -> int:
        return id(self.ruleset)


@lru_cache(maxsize=4)
def _classes(same: _Same) -> Classes:
    return Classes(same.ruleset)


def classes_of(table: Table) -> Classes:
    """Return the classes of a context's ruleset; they are kept for the next message."""
    return _classes(_Same(table.ruleset))


def _texts(classes: Classes, pattern: Pattern) -> Iterator[Words]:
    """Yield the texts of a member, those of classes in braces put in their places."""
    for row in written_out(pattern):
        for chosen in product(*(_spellings(classes, part) for part in row)):
            text = "".join(chosen).strip()
            is_stem = text.endswith("*")
            found = tokens(text.rstrip("*"))
            if found:
                yield Words(found, is_stem)


def _spellings(classes: Classes, part: Text | Member | Gap) -> list[str]:
    if isinstance(part, Text):
        return [part.text]
    if isinstance(part, Member):
        return [
            " ".join(each.tokens) + ("*" if each.is_stem else "")
            for each in classes.members(part.name)
        ]
    raise TypeError(f"{part} in a class")


def _places(choices: frozenset[Words], sentence: Tokens) -> list[tuple[int, int]]:
    """Return where in a sentence a text of a class stands."""
    return [
        (start, start + len(each.tokens))
        for start in range(len(sentence))
        for each in choices
        if each.stand_at(sentence, start)
    ]


# Rows.


def written_out(pattern: Pattern) -> list[tuple[Text | Member | Gap, ...]]:
    """Return all that a pattern stands for, without alternatives and options."""
    written: list[tuple[Text | Member | Gap, ...]] = [()]
    for part in pattern.parts:
        endings: list[tuple[Text | Member | Gap, ...]] = []
        if isinstance(part, Choice):
            for option in part.options:
                endings += written_out(option)
        else:
            endings = [(part,)]
        written = [beginning + ending for beginning in written for ending in endings]
    return written


def rows(classes: Classes, pattern: Pattern) -> list[tuple[RowPart, ...]]:
    """Return the rows of a frame: its classes, and the words between them as classes of one text."""
    found = []
    for written in written_out(pattern):
        row: list[RowPart] = []
        gap, text = 0, ""
        for part in (*written, Gap(1)):  # any part that is no text ends the words before it
            if isinstance(part, Text):
                text += part.text
                continue
            if tokens(text):
                row.append(RowPart(frozenset({Words(tokens(text))}), gap))
                gap = 0
            text = ""
            if isinstance(part, Member):
                row.append(RowPart(classes.members(part.name), gap))
                gap = 0
            elif isinstance(part, Gap):
                gap += part.most
        found.append(tuple(row))
    return found


# Matches.


def matches_of(
    table: Table, frame: Frame, row: tuple[RowPart, ...], sentence: Tokens
) -> Iterator[Match]:
    """Yield every way in which a row stands in a sentence."""
    may_slip = (
        Tolerance.TYPOS in table.tolerances and frame.action is Action.OPT_OUT and len(row) > 1
    )
    for start in range(1 if frame.begins else len(sentence)):
        for match in _matches_from(table, row, sentence, start, may_slip=may_slip):
            if match.end == len(sentence) or not frame.ends:
                yield match


def _matches_from(
    table: Table, row: tuple[RowPart, ...], sentence: Tokens, start: int, *, may_slip: bool
) -> Iterator[Match]:
    """Yield every way in which a row stands in a sentence from a place on; its first part stands right there."""
    for end, is_slip_here in _ends(table, row[0], sentence, start, may_slip=may_slip):
        here = (start, end)
        if len(row) == 1:
            yield Match((here,), is_slip_here)
            continue
        for gap in range(row[1].gap + 1):
            rest = _matches_from(
                table, row[1:], sentence, end + gap, may_slip=may_slip and not is_slip_here
            )
            for match in rest:
                yield Match((here, *match.parts), is_slip_here or match.is_slipped)


def _ends(
    table: Table, part: RowPart, sentence: Tokens, start: int, *, may_slip: bool
) -> list[tuple[int, bool]]:
    """Return where a part ends that begins at a place, and whether it is a slip."""
    found = [
        (start + len(each.tokens), False) for each in part.choices if each.stand_at(sentence, start)
    ]
    if may_slip and start < len(sentence) and is_slip_of(table, sentence[start], part.choices):
        found.append((start + 1, True))
    return found


def is_slip_of(table: Table, token: str, choices: frozenset[Words]) -> bool:
    """Tell whether a token is one slip away from a word of five letters or more, and nothing by itself."""
    return (
        any(
            len(each.tokens) == 1
            and not each.is_stem
            and len(each.tokens[0]) >= 5
            and is_slip(token, each.tokens[0])
            for each in choices
        )
        and (token,) not in filler_tokens(table)
        and not is_word(token)
        and not is_in_some_class(table, token)
    )


def is_word(token: str) -> bool:
    """Tell whether a token is an ordinary word of some language, or a name."""
    return token in names() or any(token in words(name) for name in lists())


def is_in_some_class(table: Table, token: str) -> bool:
    """Tell whether a token is a member of a class, or a word between the classes of a frame, of the ruleset."""
    return any(
        len(each.tokens) == 1 and each.stand_at((token,), 0)
        for choices in classes_of(table).all()
        for each in choices
    )


# Guards.


def takes_back(
    table: Table, guard: Guard, match: Match, sentence: Tokens, filler: list[bool]
) -> bool:
    """Tell whether some word of a guard stands where it takes a match back."""
    standing = [
        place
        for name in guard.classes
        for place in _places(classes_of(table).members(name), sentence)
    ]
    return any(_is_near(guard, match, filler, *place) for place in standing)


def _is_near(guard: Guard, match: Match, filler: list[bool], start: int, end: int) -> bool:
    if guard.side is Side.BEFORE:
        return end <= match.start and end > _near_before(filler, match.start, guard.distance)
    if guard.side is Side.AFTER:
        return start >= match.end and start < _near_after(filler, match.end, guard.distance)
    if guard.side is Side.BETWEEN:
        return any(
            start >= before[1] and end <= behind[0]
            for before, behind in zip(match.parts, match.parts[1:], strict=False)
        )
    return True


def _near_before(filler: list[bool], start: int, distance: int) -> int:
    """Return where the shortest stretch begins that ends at a place and has so many tokens that are no filler."""
    while start > 0 and distance > 0:
        start -= 1
        distance -= not filler[start]
    return start


def _near_after(filler: list[bool], end: int, distance: int) -> int:
    """Return where the shortest stretch ends that begins at a place and has so many tokens that are no filler."""
    while end < len(filler) and distance > 0:
        distance -= not filler[end]
        end += 1
    return end
