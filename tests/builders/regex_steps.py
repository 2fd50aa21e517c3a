"""Counts what a regular expression does: a backtracking matcher over the syntax tree that `re` itself parses.

Theory of operation. `re` runs in C, where no trace sees it, so that a pattern
may read a message once from each of its characters and look like one call. The
matcher here does what `re` does in the way in which it does it: alternatives in
order, repeats as long as they can be and one less after the other, a search
from one place after the other. Each character at which it looks is a step, each
place that it tests, and each time that it gives back. `re` has short cuts, so
that it needs fewer steps; it never needs more. Answers come from `re`, and each
time it is asserted that both match the same spans.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from importlib import import_module
from itertools import islice
from typing import Protocol, cast

Part = Callable[[str, int], Iterator[int]]
"""A part of a pattern: yields where it may end in a text if it begins at a place, what is tried first before."""


class _Tree(Protocol):
    """What the parser of `re` returns: a row of operations and their arguments."""

    def __iter__(self) -> Iterator[tuple[object, object]]: ...

    def getwidth(self) -> tuple[int, int]: ...


class CountedPattern:
    """A compiled pattern that answers as before and counts its `steps`; it has the methods that the run time uses."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        self.steps = 0
        self._groups: dict[int, str] = {}

    @cached_property
    def _whole(self) -> Part:
        return self._row(_parsed(self.pattern), self.pattern.flags)

    def search(self, text: str) -> re.Match[str] | None:
        return self._checked(self.pattern.search(text), next(self._spans(text), None))

    def match(self, text: str, place: int = 0) -> re.Match[str] | None:
        end = next(self._whole(text, place), None)
        span = None if end is None else (place, end)
        return self._checked(self.pattern.match(text, place), span)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        ends = (end for end in self._whole(text, 0) if end == len(text))
        span = next(((0, end) for end in ends), None)
        return self._checked(self.pattern.fullmatch(text), span)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        for match, span in zip(self.pattern.finditer(text), self._spans(text), strict=True):
            assert match.span() == span, self.pattern.pattern
            yield match

    def findall(self, text: str) -> list[str]:
        return [match.group() for match in self.finditer(text)]

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str, *, count: int = 0) -> str:
        list(islice(self.finditer(text), count or None))
        return self.pattern.sub(new, text, count=count)

    def split(self, text: str) -> list[str]:
        list(self.finditer(text))
        return self.pattern.split(text)

    def _checked(
        self, match: re.Match[str] | None, span: tuple[int, int] | None
    ) -> re.Match[str] | None:
        assert (match and match.span()) == span, self.pattern.pattern
        return match

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield what a search from one place after the other finds; nothing of no length, which nobody looks for."""
        place = 0
        while place <= len(text):
            end = next(self._whole(text, place), None)
            if end is None:
                place += 1
                continue
            assert end > place, self.pattern.pattern
            yield place, end
            place = end

    # The parts of a pattern.

    def _row(self, tree: _Tree, flags: int) -> Part:
        parts = [self._part(str(operation), argument, flags) for operation, argument in tree]
        if len(parts) == 1:
            return parts[0]

        def ends(text: str, place: int, index: int = 0) -> Iterator[int]:
            if index == len(parts):
                yield place
                return
            for end in parts[index](text, place):
                yield from ends(text, end, index + 1)

        return ends

    def _part(self, operation: str, argument: object, flags: int) -> Part:
        written = _written(operation, argument)
        if written is not None:
            return self._character(re.compile(written, flags))
        make = cast("Callable[[object, int], Part]", getattr(self, f"_{operation.lower()}"))
        return make(argument, flags)

    def _character(self, test: re.Pattern[str]) -> Part:
        known: dict[str, bool] = {}

        def ends(text: str, place: int) -> Iterator[int]:
            self.steps += 1
            char = text[place : place + 1]
            if char not in known:
                known[char] = test.match(char) is not None
            if known[char]:
                yield place + 1

        return ends

    def _branch(self, argument: object, flags: int) -> Part:
        _, trees = cast("tuple[None, Sequence[_Tree]]", argument)
        options = [self._row(tree, flags) for tree in trees]

        def ends(text: str, place: int) -> Iterator[int]:
            for option in options:
                yield from option(text, place)

        return ends

    def _subpattern(self, argument: object, flags: int) -> Part:
        group, more, less, tree = cast("tuple[int | None, int, int, _Tree]", argument)
        inside = self._row(tree, (flags | more) & ~less)
        if group is None:
            return inside
        number = group

        def ends(text: str, place: int) -> Iterator[int]:
            for end in inside(text, place):
                self._groups[number] = text[place:end]
                yield end

        return ends

    def _groupref(self, argument: object, _: int) -> Part:
        group = cast(int, argument)

        def ends(text: str, place: int) -> Iterator[int]:
            wanted = self._groups[group]
            self.steps += len(wanted)
            if text.startswith(wanted, place):
                yield place + len(wanted)

        return ends

    def _max_repeat(self, argument: object, flags: int) -> Part:
        least, most, tree = cast("tuple[int, int, _Tree]", argument)
        one = self._row(tree, flags)

        def ends(text: str, place: int) -> Iterator[int]:
            reached = [place]
            tried = [one(text, place)]
            while True:
                end = next(tried[-1], None) if len(reached) <= int(most) else None
                if end is not None and end > reached[-1]:
                    reached.append(end)
                    tried.append(one(text, end))
                    continue
                if len(reached) > least:
                    self.steps += 1
                    yield reached[-1]
                tried.pop()
                reached.pop()
                if not reached:
                    return

        return ends

    def _possessive_repeat(self, argument: object, flags: int) -> Part:
        repeat = self._max_repeat(argument, flags)

        def ends(text: str, place: int) -> Iterator[int]:
            end = next(repeat(text, place), None)
            if end is not None:
                yield end

        return ends

    def _at(self, argument: object, flags: int) -> Part:
        assert str(argument) == "AT_BEGINNING", argument

        def ends(text: str, place: int) -> Iterator[int]:
            self.steps += 1
            if place == 0 or (flags & re.MULTILINE and text[place - 1] == "\n"):
                yield place

        return ends

    def _assert_not(self, argument: object, flags: int) -> Part:
        there = self._assert(argument, flags)

        def ends(text: str, place: int) -> Iterator[int]:
            if next(there(text, place), None) is None:
                yield place

        return ends

    def _assert(self, argument: object, flags: int) -> Part:
        direction, tree = cast("tuple[int, _Tree]", argument)
        inside = self._row(tree, flags)
        least, most = tree.getwidth()
        assert direction > 0 or least == most, "`re` knows no other look-behind"
        back = least if direction < 0 else 0

        def ends(text: str, place: int) -> Iterator[int]:
            if place >= back and next(inside(text, place - back), None) is not None:
                yield place

        return ends


def _parsed(pattern: re.Pattern[str]) -> _Tree:
    """Return the syntax tree of a pattern, from the private parser of `re` (CPython 3.11 and later)."""
    return cast(_Tree, import_module("re._parser").parse(pattern.pattern, pattern.flags))


def _written(operation: str, argument: object) -> str | None:
    """Return the pattern of what matches one character; None for all else."""
    if operation == "LITERAL":
        return _escaped(argument)
    if operation == "ANY":
        return "."
    if operation == "NOT_LITERAL":
        return f"[^{_escaped(argument)}]"
    if operation == "IN":
        items = cast("Sequence[tuple[object, object]]", argument)
        return f"[{''.join(_item(str(kind), item) for kind, item in items)}]"
    return None


_CATEGORIES = {
    f"CATEGORY_{negation}{name}": (letter.upper() if negation else letter)
    for name, letter in (("SPACE", r"\s"), ("WORD", r"\w"), ("DIGIT", r"\d"))
    for negation in ("", "NOT_")
}


def _item(kind: str, item: object) -> str:
    if kind == "RANGE":
        first, last = cast("tuple[int, int]", item)
        return f"{_escaped(first)}-{_escaped(last)}"
    if kind == "CATEGORY":
        return _CATEGORIES[str(item)]
    return "^" if kind == "NEGATE" else _escaped(item)


def _escaped(code: object) -> str:
    return f"\\U{cast(int, code):08x}"
