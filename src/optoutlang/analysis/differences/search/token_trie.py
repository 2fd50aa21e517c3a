"""Rows of tokens as an automaton: where in which rows a message stands (Aho and Corasick 1975)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from optoutlang.analysis.differences.reading import Row

ROOT = 0


class TokenTrie:
    """Nodes are numbers from 0, the root; each stands for the longest end of a message that begins a row.

    `order` are all nodes, parents and fallbacks before those that need them,
    `depth` is how many tokens a node stands for.
    """

    __slots__ = ("_ends", "_explicit", "children", "depth", "fallback", "order")

    def __init__(self, rows: Iterable[Row]) -> None:
        self.children: list[dict[str, int]] = [{}]
        self.depth = [0]
        self._ends: dict[Row, int] = {}
        for row in rows:
            self._ends[row] = self._add(row)
        self.fallback = [ROOT] * len(self.children)
        self.order = self._breadth_first()
        self._explicit: dict[int, frozenset[str]] = {ROOT: frozenset()}

    def end(self, row: Row) -> int:
        """Return the node at which a row ends."""
        return self._ends[row]

    def beginnings(self, row: Row) -> Iterator[int]:
        """Yield the nodes of a row before its end, the root left out."""
        node = ROOT
        for token in row[:-1]:
            node = self.children[node][token]
            yield node

    def step(self, node: int, token: str) -> int:
        """Return the node after one more token."""
        while node and token not in self.children[node]:
            node = self.fallback[node]
        return self.children[node].get(token, ROOT)

    def explicit(self, node: int) -> frozenset[str]:
        """Return the tokens that go on with a row which the message has begun."""
        found = self._explicit.get(node)
        if found is None:
            found = frozenset(self.children[node]) | self.explicit(self.fallback[node])
            self._explicit[node] = found
        return found

    def _add(self, row: Row) -> int:
        node = ROOT
        for token in row:
            below = self.children[node].setdefault(token, len(self.children))
            if below == len(self.children):
                self.children.append({})
                self.depth.append(self.depth[node] + 1)
            node = below
        return node

    def _breadth_first(self) -> list[int]:
        order = [ROOT]
        for node in order:
            for token, below in self.children[node].items():
                if node:
                    self.fallback[below] = self.step(self.fallback[node], token)
                order.append(below)
        return order
