"""Where frames are looked for: each sentence outside quotes, as written and without filler."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from optoutlang.runtime.matcher.readings import AS_WRITTEN, Reading
from optoutlang.runtime.matcher.search import ExceptionSpans
from optoutlang.runtime.matcher.sentence_masks import SentenceMasks


class Place(NamedTuple):
    """A sentence outside quotes in one reading.

    `offset` counts the tokens outside quotes before it, `filler` has the places of filler in it.
    """

    reading: Reading
    number: int
    offset: int
    filler: frozenset[int]

    @property
    def tokens(self) -> Sequence[str]:
        """The tokens that are read."""
        return self.reading.sentences[self.number]

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Return where tokens that are read, at least one, stand among all those outside quotes."""
        positions = self.reading.positions(self.number)
        return self.offset + positions[start], self.offset + positions[end - 1] + 1


def places(readings: Sequence[Reading]) -> Iterator[Place]:
    """Yield each sentence in each reading; one that has no filler once."""
    for reading in readings:
        offset = 0
        for number, written in enumerate(reading.written):
            if reading.is_searched(number):
                yield place_of(readings, reading, number, offset)
            offset += len(written)


def place_of(readings: Sequence[Reading], reading: Reading, number: int, offset: int) -> Place:
    """Return the place of a sentence in one of the readings of a message, so many tokens after the first."""
    filler: frozenset[int] = frozenset()
    if reading.way == AS_WRITTEN and readings[-1].kept is not None:
        kept = readings[-1].kept[number]
        if len(kept) < len(reading.written[number]):
            filler = frozenset(range(len(reading.written[number]))).difference(kept)
    return Place(reading, number, offset, filler)


def except_from(masks: SentenceMasks, place: Place, exceptions: ExceptionSpans) -> None:
    """Let no match include a token that an exception stands on, nor skip filler that one stands on."""
    count = masks.count
    written = [place.written(token, token + 1) for token in range(count)]
    covered = [k for k in range(count) if exceptions.overlapping(*written[k]) is not None]
    cut = [
        k
        for k in range(1, count)
        if written[k - 1][1] < written[k][0]
        and exceptions.overlapping(written[k - 1][1], written[k][0]) is not None
    ]
    masks.covered, masks.cut = masks.mask(covered), masks.mask(cut)
