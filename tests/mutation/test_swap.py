"""Swapped code is what runs, wherever a function is called from; what a swap cannot do is refused."""

from __future__ import annotations

from collections.abc import Callable
from types import CodeType, ModuleType

import pytest

from tests.mutation.swap import Living, Swap, place

FILE = "small.py"
BEFORE = """
from functools import cache, cached_property

LIMIT = 10

def plain(x):
    return x + 1

def with_default(x=1):
    return x

def outer(xs):
    def inner(x):
        return [y + 1 for y in (x,)][0]
    return [inner(x) for x in xs]

def maker(n):
    return lambda: n + 1

@cache
def cached(x):
    return x + 1

class Thing:
    name = "thing"

    @property
    def shown(self):
        return 1

    @cached_property
    def kept(self):
        return 2

    @classmethod
    def made(cls):
        return 3

by_lambda = lambda x: x + 4
made = maker(1)
"""


def code(source: str) -> CodeType:
    return compile(source, FILE, "exec", dont_inherit=True)


@pytest.fixture
def module() -> ModuleType:
    made = ModuleType("small")
    exec(code(BEFORE), vars(made))  # noqa: S102
    return made


def living(*begun: tuple[str, str, int]) -> Living:
    return Living(frozenset({FILE}), frozenset(begun))


def swap_of(old: str, new: str, *begun: tuple[str, str, int]) -> Swap | None:
    assert old in BEFORE
    return living(*begun).swap(code(BEFORE), code(BEFORE.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new", "call", "expected"),
    [
        ("    return x + 1\n\ndef with", "    return x + 9\n\ndef with", lambda m: m.plain(1), 10),
        ("y + 1", "y + 9", lambda m: m.outer([1]), [10]),
        ("x + 1\n\nclass", "x + 9\n\nclass", lambda m: m.cached(1), 10),
        ("return 1", "return 9", lambda m: m.Thing().shown, 9),
        ("return 2", "return 9", lambda m: m.Thing().kept, 9),
        ("return 3", "return 9", lambda m: m.Thing.made(), 9),
        ("x + 4", "x + 9", lambda m: m.by_lambda(1), 10),
    ],
)
def test_a_swapped_function_does_what_the_mutant_does(
    module: ModuleType, old: str, new: str, call: Callable[[ModuleType], object], expected: object
) -> None:
    changed = swap_of(old, new)
    assert changed is not None
    assert {function.__module__ for function, _ in changed.codes} == {"small"}

    changed.apply()

    assert call(module) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("LIMIT = 10", "LIMIT = 11"),
        ('"thing"', '"other"'),
        ("(x=1)", "(x=2)"),
        ("maker(1)", "maker(2)"),
    ],
    ids=["a constant", "the body of a class", "a default", "a call at module level"],
)
@pytest.mark.usefixtures("module")
def test_what_is_no_function_is_not_swapped(old: str, new: str) -> None:
    assert swap_of(old, new) is None


@pytest.mark.usefixtures("module")
def test_a_function_that_has_run_is_not_swapped_nor_one_around_it() -> None:
    assert swap_of("n + 1", "n + 9") is not None
    assert swap_of("n + 1", "n + 9", (FILE, "maker", 17)) is None
    assert swap_of("n + 1", "n + 9", (FILE, "maker.<locals>.<lambda>", 18)) is None


def test_a_function_that_is_nowhere_is_not_swapped() -> None:
    nothing = Living(frozenset(), frozenset())
    assert nothing.swap(code(BEFORE), code(BEFORE.replace("x + 4", "x + 9"))) is None


@pytest.mark.usefixtures("module")
def test_other_lines_and_the_same_code_change_nothing() -> None:
    assert living().swap(code(BEFORE), code("\n" + BEFORE)) == Swap((), frozenset())


def test_all_functions_may_be_swapped_for_themselves(module: ModuleType) -> None:
    changed = living().same(code(BEFORE))
    changed.apply()

    assert place(module.plain.__code__) in changed.places
    assert (module.plain(1), module.outer([1]), module.Thing().kept) == (2, [2], 2)
