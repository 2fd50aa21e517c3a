"""Rule files as data: statements and blocks that can be printed, shuffled and left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count


@dataclass(frozen=True, slots=True)
class Block:
    """A head such as `country MX`, and what stands in its braces."""

    head: str
    items: tuple[Item, ...]


Item = str | Block
"""A statement is its text, on one line."""

Library = dict[str, tuple[Item, ...]]
"""Files by name; `ROOT` is the one that is compiled."""

ROOT = "root.optout"


def text_of(items: tuple[Item, ...]) -> str:
    """Print a file: every statement, head and closing brace on a line of its own."""
    return "".join(f"{line}\n" for line in _lines(items, ""))


def _lines(items: tuple[Item, ...], indent: str) -> Iterator[str]:
    for item in items:
        if isinstance(item, str):
            yield indent + item
        else:
            yield f"{indent}{item.head} {{"
            yield from _lines(item.items, indent + "  ")
            yield indent + "}"


def texts_of(library: Library) -> dict[str, str]:
    """Print every file of a library."""
    return {name: text_of(items) for name, items in library.items()}


def without_lines(items: tuple[Item, ...], lines: set[int]) -> tuple[Item, ...]:
    """Leave out the statements, and the blocks whose head, stand on these lines of the printed file."""
    return _without(items, lines, count(1))


def _without(items: tuple[Item, ...], lines: set[int], line: Iterator[int]) -> tuple[Item, ...]:
    kept: list[Item] = []
    for item in items:
        here = next(line)
        if isinstance(item, Block):
            inner = _without(item.items, lines, line)
            next(line)  # the closing brace
            item = Block(item.head, inner)  # noqa: PLW2901 - the same block, thinned
        if here not in lines:
            kept.append(item)
    return tuple(kept)
