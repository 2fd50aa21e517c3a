"""One sentence in one reading, as sets of places: what rows of frames are matched with.

Theory of operation. A set of places of a sentence is an int, place p being bit p, so that one operation moves or joins
all places at once: a row is matched from all places where it may begin together. Whatever the sentence says, that is a
number of operations that the row bounds, each linear in the sentence's length; for an ordinary sentence the ints fit
into a machine word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from optoutlang.runtime.matcher.lexicon import Lexicon, bits_of
from optoutlang.runtime.program import Guard
from optoutlang.runtime.program.frames import MAX_GAP
from optoutlang.runtime.terms.side import Side

Lengths = Mapping[int, int]
"""By length in tokens: where members of that length begin."""


class SentenceMasks:
    """The tokens of a sentence in one reading, and where members of classes stand in it.

    `filler` has the places of filler, in a sentence as written. `covered` are places that no match may include, and
    `cut` those that no match may have together with the place before.
    """

    __slots__ = ("_barred", "_members", "count", "covered", "cut", "filler", "slips", "tokens")

    def __init__(
        self, tokens: Sequence[str], lexicon: Lexicon, *, wanted: int, filler: Iterable[int] = ()
    ) -> None:
        self.tokens = tokens
        self.count = len(tokens)
        places: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for start, length, bits in lexicon.members(tokens):
            relevant = bits & wanted
            while relevant:
                bit = relevant & -relevant
                relevant ^= bit
                places[bit][length].append(start)
        self._members: dict[int, Lengths] = {
            bit: {length: self.mask(those) for length, those in by_length.items()}
            for bit, by_length in places.items()
        }
        self.filler = self.mask(filler)
        self.slips: Mapping[int, int] = {}
        self.covered = 0
        self.cut = 0
        self._barred: dict[int, int] = {}

    def mask(self, places: Iterable[int]) -> int:
        """Return places as an int."""
        row = bytearray(self.count // 8 + 1)
        for place in places:
            row[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(row, "little")

    def members(self, bit: int) -> Lengths:
        """Return where members of a class begin."""
        return self._members.get(bit, _NOWHERE)

    def barred(self, number: int, guard: Guard) -> int:
        """Return the places where no match may begin, or end for a guard behind it, because of a guard of a number."""
        known = self._barred.get(number)
        if known is None:
            known = self._barred[number] = self._worked_out(guard)
        return known

    def blocks(self, guards: Sequence[Guard]) -> tuple[int, ...] | None:
        """Return for each number of tokens where no gap of so many may begin; None if gaps may stand anywhere."""
        if not (guards or self.covered or self.cut):
            return None
        starts: dict[int, int] = defaultdict(int)
        for guard in guards:
            for number in guard.classes:
                for length, mask in self.members(bits_of((number,))).items():
                    starts[length] |= mask
        inside, unclean, blocked = 0, self.cut, []
        for length in range(MAX_GAP + 1):
            if length:
                inside |= inside >> 1 | starts[length]
                unclean = self.cut | self.covered | unclean >> 1
            blocked.append(inside | unclean)
        return tuple(blocked)

    def is_clean(self, starts: int, length: int) -> int:
        """Return those of some places from which members of a length may stand whole in a match."""
        if self.covered or self.cut:
            for place in range(length):
                starts &= ~(self.covered >> place)
                if place:
                    starts &= ~(self.cut >> place)
        return starts

    def _worked_out(self, guard: Guard) -> int:
        if guard.side is Side.BEFORE:
            lasts = 0
            for number in guard.classes:
                for length, mask in self.members(bits_of((number,))).items():
                    lasts |= mask << length - 1
            return self._within(lasts << 1, guard.distance, self.filler)
        firsts = 0
        for number in guard.classes:
            for mask in self.members(bits_of((number,))).values():
                firsts |= mask
        if guard.side is Side.ANYWHERE:
            return -1 if firsts else 0
        # The same from the other end: a place is then counted from behind the last token.
        size = self.count + 1
        filler = _reversed(self.filler, self.count) if self.filler else 0
        return _reversed(self._within(_reversed(firsts, size), guard.distance, filler), size)

    def _within(self, near: int, distance: int, filler: int) -> int:
        """Return the places up to so many words that are no filler behind those that are near."""
        if not near:
            return 0
        near = _through(near, filler)
        reached = near
        for _ in range(distance - 1):
            near = _through((near & ~filler) << 1, filler)
            reached |= near
        return reached & (2 << self.count) - 1


_NOWHERE: Lengths = {}


def _through(places: int, filler: int) -> int:
    """Return places, and all that are reached from them over filler alone: the carry runs through."""
    return places | ((places & filler) + filler) ^ filler if filler else places


def _reversed(places: int, size: int) -> int:
    return int(f"{places & (1 << size) - 1:0{size}b}"[::-1], 2) if size else 0
