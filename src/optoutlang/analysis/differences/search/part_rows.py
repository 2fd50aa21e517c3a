"""Rows of phrases and exceptions as one automaton: what fires, and what is excepted, at each of its nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from optoutlang.analysis.differences.reading import Row
from optoutlang.analysis.differences.search.token_trie import ROOT, TokenTrie
from optoutlang.runtime.matcher.steps import Priority
from optoutlang.runtime.terms import REQUESTS

RANKS = range(len(REQUESTS))


class Fired(NamedTuple):
    """A sentence or phrase that fired: its priority, its place left out, and the number of its outcome."""

    priority: Priority
    number: int


class Firing(NamedTuple):
    """A phrase at the node where it ends: its action's rank, how many tokens it has, and what it fires."""

    rank: int
    length: int
    fired: Fired


Ending = TypeVar("Ending")


class PartRows:
    """The rows that one reading of a message is searched for.

    `trie` has all rows; `phrases` and `exceptions` (rank and length) are what ends at each node, the longest first;
    `in_progress` is, for each rank and node, how long the longest exception is that has begun there; `live` leads from
    a node at which every row ends to where the message stands for what follows.
    """

    __slots__ = (
        "exceptions",
        "in_progress",
        "live",
        "longest_exception",
        "never",
        "phrases",
        "trie",
    )

    def __init__(
        self,
        rows: Iterable[Row],
        phrases: Mapping[Row, Sequence[Firing]],
        exceptions: Mapping[Row, Sequence[int]],
    ) -> None:
        known = sorted(rows)
        self.trie = TokenTrie(known)
        self.phrases = self._inherited({self.trie.end(row): each for row, each in phrases.items()})
        self.exceptions = self._inherited(
            {
                self.trie.end(row): [(rank, len(row)) for rank in ranks]
                for row, ranks in exceptions.items()
            }
        )
        self.in_progress = self._exceptions_in_progress(exceptions)
        self.longest_exception = max(map(len, exceptions), default=0)
        self.never = max(map(len, known), default=0)
        self.live = self._live_nodes()

    def since(self, ago: int, node: int) -> int:
        """Return how long ago an exception ended, one token later; before all rows in progress, it no longer counts."""
        return self.never if ago + 1 >= min(self.trie.depth[node], self.never) else ago + 1

    def _inherited(self, ending: Mapping[int, Sequence[Ending]]) -> dict[int, tuple[Ending, ...]]:
        """Return what ends at each node: its own first, which are the longest, then its fallback's."""
        table: dict[int, tuple[Ending, ...]] = {}
        for node in self.trie.order:
            here = (*ending.get(node, ()), *table.get(self.trie.fallback[node], ()))
            if here:
                table[node] = here
        return table

    def _exceptions_in_progress(
        self, exceptions: Mapping[Row, Sequence[int]]
    ) -> tuple[dict[int, int], ...]:
        begun: tuple[set[int], ...] = tuple(set() for _ in RANKS)
        for row, ranks in exceptions.items():
            for node in self.trie.beginnings(row):
                for rank in ranks:
                    begun[rank].add(node)
        table: tuple[dict[int, int], ...] = tuple({} for _ in RANKS)
        for node in self.trie.order[1:]:
            for rank in RANKS:
                inherited = table[rank].get(self.trie.fallback[node], 0)
                table[rank][node] = self.trie.depth[node] if node in begun[rank] else inherited
        return table

    def _live_nodes(self) -> list[int]:
        live = [ROOT] * len(self.trie.order)
        for node in self.trie.order:
            live[node] = node if self.trie.children[node] else live[self.trie.fallback[node]]
        return live
