"""The parts of generated statements put together: weights, lists of words, blocks."""

from __future__ import annotations

from typing import TypeVar

from hypothesis import strategies as st

from optoutlang.testing.library import Block, Item

T = TypeVar("T")


def weighted(*choices: st.SearchStrategy[T]) -> st.SearchStrategy[T]:
    """Return one of some strategies: one that stands twice is drawn twice as often, where `one_of` counts it once."""
    return st.sampled_from(range(len(choices))).flatmap(choices.__getitem__)


def lists_of(values: tuple[str, ...], *, up_to: int) -> st.SearchStrategy[str]:
    """Return comma lists of distinct values."""
    chosen = st.lists(st.sampled_from(values), min_size=1, max_size=up_to, unique=True)
    return chosen.map(", ".join)


def blocks(
    heads: st.SearchStrategy[str], items: st.SearchStrategy[Item], *, up_to: int
) -> st.SearchStrategy[Block]:
    """Return blocks with some items."""
    return st.builds(Block, heads, st.lists(items, min_size=1, max_size=up_to).map(tuple))
