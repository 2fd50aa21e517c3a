"""One match of a row, with the tokens of each of its parts, and what takes it back: for explanations alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from optoutlang.runtime.matcher.frame_places import Place
from optoutlang.runtime.matcher.frames import AnchoredRow, Guarded, after, row_ends, spread
from optoutlang.runtime.matcher.lexicon import Lexicon, Member, bits_of
from optoutlang.runtime.matcher.sentence_masks import SentenceMasks
from optoutlang.runtime.program import Guard
from optoutlang.runtime.terms import Action
from optoutlang.runtime.terms.side import Side


@dataclass(frozen=True, slots=True)
class FrameMatch:
    """A frame whose words stand in a message, from token `start` to before token `end` of those outside quotes.

    `parts` has the name of each part's class and the words that stand for it. `lost` says what takes the match back;
    None if nothing does.
    """

    action: Action
    keyword: str
    rule: str
    language: str
    start: int
    end: int
    parts: tuple[tuple[str, str], ...]
    lost: str | None


class RowMatch(NamedTuple):
    """A row that stands in a sentence: from where to where each of its parts goes, in the tokens that are read."""

    row: AnchoredRow
    place: Place
    parts: tuple[tuple[int, int], ...]

    @property
    def frame(self) -> Guarded:
        """The frame of the row."""
        return self.row.frame

    @property
    def start(self) -> int:
        """The first token."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """Behind the last token."""
        return self.parts[-1][1]


def unguarded(row: AnchoredRow) -> AnchoredRow:
    """Return a row without the guards of its frame."""
    return replace(row, frame=replace(row.frame, before=(), after=(), between=(), anywhere=()))


def traced(
    row: AnchoredRow,
    place: Place,
    masks: SentenceMasks,
    guards: Sequence[Guard],
    *,
    slips: bool,
) -> RowMatch | None:
    """Return the match of a row that ends first, None if there is none."""
    ends = row_ends(row, masks, guards, slips=slips)
    if not ends:
        return None
    blocks = masks.blocks([guards[number] for number in row.frame.between])
    plain = 1 if row.begins else (1 << masks.count) - 1
    for number in row.frame.before:
        plain &= ~masks.barred(number, guards[number])
    begins, behind = [], [(plain, 0)]
    for number, part in enumerate(row.parts):
        here = behind[-1]
        if number:
            here = spread(here[0], part.gap, blocks), spread(here[1], part.gap, blocks)
        begins.append(here)
        behind.append(after(part.bit, *here, masks, slips=slips))
    end = (ends & -ends).bit_length() - 1
    slipped = not _has(behind[-1][0], end)
    spans = []
    for number in reversed(range(len(row.parts))):
        part = row.parts[number]
        start, was_slipped = _start(part.bit, end, begins[number], masks, slipped=slipped)
        spans.append((start, end))
        slipped = was_slipped
        if number:
            before = behind[number][slipped]
            reached = (
                start - gap
                for gap in range(part.gap + 1)
                if _has(before, start - gap) and not (blocks and _has(blocks[gap], start - gap))
            )
            end = next(reached)
    return RowMatch(row, place, tuple(reversed(spans)))


def taken_back_by(
    match: RowMatch, lexicon: Lexicon, guards: Sequence[Guard]
) -> tuple[Guard, str] | None:
    """Return the first guard that takes a match back, with the words that do; None if none does."""
    members = list(lexicon.members(match.place.tokens))
    for number in match.frame.guards:
        guard = guards[number]
        bits = bits_of(guard.classes)
        for member in members:
            if member.bits & bits and _is_within(member, match, guard):
                words = match.place.tokens[member.start : member.start + member.length]
                return guard, " ".join(words)
    return None


def _start(
    bit: int, end: int, begins: tuple[int, int], masks: SentenceMasks, *, slipped: bool
) -> tuple[int, bool]:
    """Return where the member begins that ends at a place, and whether a slip stands before it."""
    for length, starts in masks.members(bit).items():
        start = end - length
        if start >= 0 and _has(begins[slipped] & masks.is_clean(starts, length), start):
            return start, slipped
    return end - 1, False


def _is_within(member: Member, match: RowMatch, guard: Guard) -> bool:
    start, end = member.start, member.start + member.length
    filler = match.place.filler
    if guard.side is Side.ANYWHERE:
        return True
    if guard.side is Side.BETWEEN:
        gaps = zip(match.parts, match.parts[1:], strict=False)
        return any(before[1] <= start and end <= behind[0] for before, behind in gaps)
    if guard.side is Side.BEFORE:
        between = range(end, match.start)
        return end <= match.start and len(between) - _count(filler, between) < guard.distance
    between = range(match.end, start)
    return start >= match.end and len(between) - _count(filler, between) < guard.distance


def _count(filler: frozenset[int], among: range) -> int:
    return sum(each in filler for each in among)


def _has(places: int, place: int) -> bool:
    return place >= 0 and bool(places >> place & 1)
