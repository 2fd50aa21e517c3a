"""Relevance: the places in token sequences that the search must look at when both readings have the same filler.

Rows that both readings have alike decide alike, unless a row or an exception in
which they differ stands in the message too. So a place of a message matters if
something that differs can still come to stand in it; for any other place, what
it is worth is all that matters, and one row of the least length speaks for all
rows of that worth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from optoutlang.analysis.differences.reading import Reading, Row
from optoutlang.analysis.differences.search.part_automaton import PartAutomaton
from optoutlang.analysis.differences.search.part_rows import Fired


def telling_nodes(old: Reading, new: Reading, automaton: PartAutomaton) -> frozenset[int] | None:
    """Return the nodes to look at while both readings stand alike; None for all nodes.

    `automaton` reads one of the two with the rows of both.
    """
    changed = _changed(old, new)
    speaking = _speaking(old, changed, automaton)
    if speaking is None:
        return None
    nodes = _leading_to((automaton.trie.end(row) for row in changed), automaton)
    for row in speaking:
        nodes.update(automaton.trie.beginnings(row), (automaton.trie.end(row),))
    return frozenset(nodes)


def _changed(old: Reading, new: Reading) -> set[Row]:
    """Return the rows that mean, or except, something else."""
    rows: set[Row] = set()
    for ours, theirs in ((old.phrases, new.phrases), (old.exceptions, new.exceptions)):
        both = ours.keys() | theirs.keys()
        rows |= {row for row in both if ours.get(row) != theirs.get(row)}
    return rows


def _leading_to(ends: Iterable[int], automaton: PartAutomaton) -> set[int]:
    """Return the nodes from which one of some nodes is reached by tokens that go on with a row."""
    trie = automaton.trie
    wanted = set(ends)
    before: dict[int, list[int]] = defaultdict(list)
    for node in trie.order:
        if trie.fallback[node] in wanted:
            wanted.add(node)
        if node:
            for token in trie.explicit(node):
                before[trie.step(node, token)].append(node)
    for child in trie.children[0].values():
        before[child].append(0)
    todo = list(wanted)
    while todo:
        fresh = [node for node in before[todo.pop()] if node not in wanted]
        wanted.update(fresh)
        todo += fresh
    return wanted


def _speaking(old: Reading, changed: set[Row], automaton: PartAutomaton) -> list[Row] | None:
    """Return rows that speak for all unchanged rows of their worth; None if some worth has none that can.

    Beside what a message has begun, a row stands by itself if it does not go on
    with that; so there are more of them, with different heads, than tokens that
    any place goes on with.
    """
    enough = 1 + max(map(len, map(automaton.trie.explicit, automaton.trie.order)))
    worths: dict[Fired, list[Row]] = defaultdict(list)
    for row, fired in automaton.fired_by_rows():
        if row in old.phrases and row not in changed:
            worths[fired].append(row)
    speaking: list[Row] = []
    for fired, rows in worths.items():
        rows.sort(key=lambda row: (len(row), row))
        heads: dict[str, Row] = {}
        for row in rows:
            if len(row) > len(rows[0]) or len(heads) == enough:
                break
            if row[0] not in heads and automaton.alone(row) == fired:
                heads[row[0]] = row
        if not heads:
            return None
        speaking += heads.values()
    return speaking
