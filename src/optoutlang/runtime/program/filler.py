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
        if not self.may_touch(tokens):
            return tokens
        return [tokens[position] for position in self.kept(tokens)]

    def kept(self, tokens: Sequence[str]) -> list[int]:
        """Return the positions of the tokens that are no filler: leftmost first, the longest at each place."""
        kept = []
        position = 0
        while position < len(tokens):
            length = self._length_at(tokens, position)
            if not length:
                kept.append(position)
            position += length or 1
        return kept

    def _length_at(self, tokens: Sequence[str], position: int) -> int:
        for length in self._lengths.get(tokens[position], ()):
            if tuple(tokens[position : position + length]) in self._sequences:
                return length
        return 0
