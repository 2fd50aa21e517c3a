"""A mutant without a new import: the functions that it changes get their new code where they are.

That is the mutant only if nothing else is changed and nothing was made of the
functions before. So a change at module level, in the body of a class or in a
default is refused, and so is a function that has run already.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from inspect import CO_OPTIMIZED
from types import CodeType, FunctionType

Place = tuple[str, str, int]
"""Where code stands: its file, its qualified name, its first line."""


@dataclass(frozen=True, slots=True)
class Swap:
    """New code for functions, all of them outside other functions, and where they stand."""

    codes: tuple[tuple[FunctionType, CodeType], ...]
    places: frozenset[Place]

    def apply(self) -> None:
        """Change the functions, for good."""
        for function, code in self.codes:
            function.__code__ = code


class Living:
    """The functions of source files that there are now; `begun` is the code that has run."""

    def __init__(self, filenames: frozenset[str], begun: frozenset[Place]) -> None:
        self._begun = begun
        self._functions: dict[CodeType, list[FunctionType]] = defaultdict(list)
        for each in gc.get_objects():
            if type(each) is FunctionType and each.__code__.co_filename in filenames:
                self._functions[each.__code__].append(each)

    def swap(self, before: CodeType, after: CodeType) -> Swap | None:
        """Return what makes a module's code that of its mutant; None if its functions alone cannot."""
        changed = list(_changed(before, after))
        return self._swap(changed) if all(self._may_change(*each) for each in changed) else None

    def same(self, before: CodeType) -> Swap:
        """Return what gives all functions of a module the code that they have."""
        return self._swap((each, each) for each in _functions(before))

    def _may_change(self, old: CodeType, new: CodeType) -> bool:
        has_run = not self._begun.isdisjoint(_places(old))
        return old in self._functions and old.co_freevars == new.co_freevars and not has_run

    def _swap(self, codes: Iterable[tuple[CodeType, CodeType]]) -> Swap:
        pairs = [(each, new) for old, new in codes for each in self._functions.get(old, ())]
        return Swap(tuple(pairs), frozenset(place(each.__code__) for each, _ in pairs))


def place(code: CodeType) -> Place:
    """Return where code stands."""
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _changed(before: CodeType, after: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """Yield the outermost functions that differ, and what differs outside of any, as it was and as it is."""
    if _own(before) != _own(after):
        yield before, after
        return
    for old, new in zip(_nested(before), _nested(after), strict=True):
        if not old.co_flags & CO_OPTIMIZED:
            yield from _changed(old, new)
        elif any(_changed_inside(old, new)):
            yield old, new


def _changed_inside(before: CodeType, after: CodeType) -> Iterator[bool]:
    """Yield True for whatever differs, however deep."""
    if _own(before) != _own(after):
        yield True
        return
    for old, new in zip(_nested(before), _nested(after), strict=True):
        yield from _changed_inside(old, new)


def _functions(code: CodeType) -> Iterator[CodeType]:
    """Yield the outermost functions in code."""
    for each in _nested(code):
        if each.co_flags & CO_OPTIMIZED:
            yield each
        else:
            yield from _functions(each)


def _places(code: CodeType) -> Iterator[Place]:
    yield place(code)
    for each in _nested(code):
        yield from _places(each)


def _nested(code: CodeType) -> list[CodeType]:
    return [each for each in code.co_consts if isinstance(each, CodeType)]


def _own(code: CodeType) -> tuple[object, ...]:
    """Return what code does itself, whatever line it stands on; of code inside it, the name."""
    return (
        code.co_code,
        [each.co_qualname if isinstance(each, CodeType) else repr(each) for each in code.co_consts],
        *(code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars, code.co_flags),
        *(
            code.co_argcount,
            code.co_posonlyargcount,
            code.co_kwonlyargcount,
            code.co_exceptiontable,
        ),
    )
