"""Filler: words that carry no meaning, taken out before a message is read again (docs/language.md §5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence


class Filler:
    """The filler of one context, given as canonical texts of at least one token."""

    __slots__ = ("_lengths", "_sequences")

    def __init__(self, texts: Iterable[str]) -> None:
        self._sequences = frozenset(tuple(text.split(" ")) for text in texts)
        lengths: dict[str, set[int]] = defaultdict(set)
        for sequence in self._sequences:
            lengths[sequence[0]].add(len(sequence))
        self._lengths = {head: sorted(each, reverse=True) for head, each in lengths.items()}

    def may_touch(self, tokens: Sequence[str]) -> bool:
        """Tell whether some filler may stand in tokens: none does where no token begins any."""
        return not self._lengths.keys().isdisjoint(tokens)

    def taken_out(self, tokens: Sequence[str]) -> Sequence[str]:
        """Return the tokens without filler; the very same sequence if there is none in it."""
        kept = self.kept(tokens)
        return tokens if len(kept) == len(tokens) else [tokens[position] for position in kept]

    def kept(self, tokens: Sequence[str]) -> Sequence[int]:
        """Return the positions of the tokens that are no filler: leftmost first, the longest at each place."""
        if not self.may_touch(tokens):
            return range(len(tokens))
        kept = []
        known = self._lengths
        position, count = 0, len(tokens)
        while position < count:
            lengths = known.get(tokens[position])
            length = self._length_at(tokens, position, lengths) if lengths else 0
            if not length:
                kept.append(position)
            position += length or 1
        return kept

    def _length_at(self, tokens: Sequence[str], position: int, lengths: Iterable[int]) -> int:
        for length in lengths:
            if tuple(tokens[position : position + length]) in self._sequences:
                return length
        return 0
