"""The words of frames' classes: which classes the tokens of a sentence are of, and where their members stand.

Theory of operation. Each class is a bit. A token's classes are one look-up, of the token itself or, for a token that no
class lists, of the stems that begin with its first three letters. Members of several tokens are a tree, entered by
their first token. So what a sentence costs that has no word of any frame is a look-up or two a token.

A token that is no word of a class may be a slip of one (`canonical.slips`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import islice
from operator import or_
from typing import NamedTuple

from optoutlang.runtime.canonical.slips import SHORTEST, SlipIndex, is_slip
from optoutlang.runtime.program import FrameTable
from optoutlang.runtime.program.frames import SHORTEST_STEM, STEM

HEAD = 1
"""The bit of a token that begins members of several tokens; the class of number n has bit n + 1."""

MOST_APART = 6
"""So many classes are asked one by one whether a token is like their words; of more, all words are asked at once."""


class Member(NamedTuple):
    """Members of the classes whose `bits` are set, from token `start` on, `length` tokens long."""

    start: int
    length: int
    bits: int


class _Node:
    """What may follow the first tokens of members: bits of those that end here, stems, and further tokens."""

    __slots__ = ("bits", "following", "stems")

    def __init__(self) -> None:
        self.bits = 0
        self.stems: dict[str, int] = {}
        self.following: dict[str, _Node] = {}


class Lexicon:
    """The members of all classes of a program; immutable, and safe to share between threads."""

    __slots__ = (
        "_edges",
        "_heads",
        "_ordinary",
        "_pairs",
        "_slip_bits",
        "_slips",
        "_stem_heads",
        "_stems",
        "_words",
        "slipping",
    )

    def __init__(self, table: FrameTable, *, slipping: int) -> None:
        """Read the classes of a table; words of those whose bits are `slipping` may be slips.

        Of these bits `self.slipping` has those whose classes have a word that is long enough.
        """
        words: dict[str, int] = defaultdict(int)
        stems: dict[str, int] = defaultdict(int)
        self._heads: dict[str, _Node] = {}
        for number, each in enumerate(table.classes):
            bit = bit_of(number)
            for member in each.members:
                if " " in member:
                    self._add_sequence(member.split(" "), bit)
                elif member.endswith(STEM):
                    stems[member[:-1]] |= bit
                else:
                    words[member] |= bit
        self._slip_bits = {word: bits & slipping for word, bits in words.items() if bits & slipping}
        self._slips = SlipIndex(self._slip_bits)
        edges: dict[int, list[str]] = defaultdict(list)
        for word in self._slips:
            for number in numbers_of(self._slip_bits[word]):
                edges[bit_of(number)].append(word)
        self._edges = {
            bit: (frozenset(each[:2] for each in those), frozenset(each[-2:] for each in those))
            for bit, those in edges.items()
        }
        self.slipping = sum(edges)
        self._ordinary = table.ordinary
        self._stems: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for stem, bits in sorted(stems.items()):
            self._stems[stem[:SHORTEST_STEM]].append((stem, bits))
        shared: dict[int, int] = {}
        for token in {*words, *self._heads}:
            bits = words[token] | self._stem_bits(token) | (HEAD if token in self._heads else 0)
            words[token] = shared.setdefault(bits, bits)
        self._words = dict(words)
        self._pairs = frozenset(
            (token, following)
            for token, node in self._heads.items()
            for following in node.following
        )
        self._stem_heads = frozenset(token for token, node in self._heads.items() if node.stems)

    def present(self, tokens: Sequence[str]) -> int:
        """Return the bits of the classes that have a member among tokens that stand in a row.

        `HEAD` is set too if some token begins members of several.
        """
        found = reduce(or_, filter(None, map(self._words.get, tokens)), 0)
        stems = self._stems
        if stems:
            known = self._words
            for token in [token for token in tokens if token[:SHORTEST_STEM] in stems]:
                if token not in known:
                    found |= self._stem_bits(token)
        if found & HEAD and self._may_hold_sequences(tokens):
            for member in self._sequences(tokens):
                found |= member.bits
        return found

    def members(self, tokens: Sequence[str]) -> Iterator[Member]:
        """Yield every member of any class among tokens that stand in a row."""
        begins = False
        for place, token in enumerate(tokens):
            bits = self._bits(token)
            begins = begins or bool(bits & HEAD)
            if bits > HEAD:
                yield Member(place, 1, bits & ~HEAD)
        if begins:
            yield from self._sequences(tokens)

    def slips(self, tokens: Sequence[str], helpful: int) -> list[tuple[int, int]]:
        """Return the places of slips, each with those of some bits whose classes have a member that it is a slip of.

        A word that is known is no slip.
        """
        words = self._words
        unknown = [
            (place, token)
            for place, token in enumerate(tokens)
            if len(token) >= SHORTEST - 1 and words.get(token, 0) <= HEAD
        ]
        if helpful.bit_count() <= MOST_APART:
            unknown = self._near(unknown, helpful)
        found = ((place, self._meant(token, helpful)) for place, token in unknown)
        return [each for each in found if each[1]]

    def _near(self, tokens: list[tuple[int, str]], helpful: int) -> list[tuple[int, str]]:
        """Return those of some tokens that begin or end as a word of some classes does: a slip leaves either."""
        begins: set[str] = set()
        ends: set[str] = set()
        while helpful:
            bit = helpful & -helpful
            helpful ^= bit
            begin, end = self._edges[bit]
            begins |= begin
            ends |= end
        return [pair for pair in tokens if pair[1][:2] in begins or pair[1][-2:] in ends]

    def _meant(self, token: str, helpful: int) -> int:
        bits = 0
        if token not in self._ordinary and not self._stem_bits(token):
            known = self._slip_bits
            for word in self._slips.near(token):
                those = known[word] & helpful
                if those & ~bits and is_slip(token, word):
                    bits |= those
        return bits

    def _may_hold_sequences(self, tokens: Sequence[str]) -> bool:
        """Tell whether two tokens beside each other may begin a member of several."""
        pairs = zip(tokens, islice(tokens, 1, None), strict=False)
        return not (self._pairs.isdisjoint(pairs) and self._stem_heads.isdisjoint(tokens))

    def _bits(self, token: str) -> int:
        bits = self._words.get(token)
        return self._stem_bits(token) if bits is None else bits

    def _stem_bits(self, token: str) -> int:
        bits = 0
        for stem, those in self._stems.get(token[:SHORTEST_STEM], ()):
            if token.startswith(stem):
                bits |= those
        return bits

    def _sequences(self, tokens: Sequence[str]) -> Iterator[Member]:
        """Yield the members of several tokens."""
        last = len(tokens) - 1
        for start, head in enumerate(map(self._heads.get, tokens)):
            if head is None or start == last:
                continue
            if tokens[start + 1] in head.following or head.stems:
                yield from _members_of(head, tokens, start)

    def _add_sequence(self, words: Sequence[str], bit: int) -> None:
        node = self._heads.setdefault(words[0], _Node())
        for word in words[1:-1]:
            node = node.following.setdefault(word, _Node())
        last = words[-1]
        if last.endswith(STEM):
            stem = last[: -len(STEM)]
            node.stems[stem] = node.stems.get(stem, 0) | bit
        else:
            node.following.setdefault(last, _Node()).bits |= bit


def bit_of(number: int) -> int:
    """Return the bit of a class."""
    return 2 << number


def bits_of(numbers: Iterable[int]) -> int:
    """Return the bits of classes."""
    bits = 0
    for number in numbers:
        bits |= bit_of(number)
    return bits


def numbers_of(bits: int) -> Iterator[int]:
    """Yield the numbers of the classes that some bits are of, in order.

    They are found in the digits: taking bits out of a number of thousands copies it for each of them.
    """
    digits = f"{bits:b}"[::-1]
    place = digits.find("1")
    while place >= 0:
        yield place - 1
        place = digits.find("1", place + 1)


def _members_of(head: _Node, tokens: Sequence[str], start: int) -> Iterator[Member]:
    """Yield the members of several tokens that begin at a place with the token of a node."""
    node: _Node | None = head
    end, count = start + 1, len(tokens)
    while node is not None and end < count:
        word = tokens[end]
        end += 1
        bits = 0
        for stem, those in node.stems.items():
            if word.startswith(stem):
                bits |= those
        node = node.following.get(word)
        if node is not None:
            bits |= node.bits
        if bits:
            yield Member(start, end - start, bits)
