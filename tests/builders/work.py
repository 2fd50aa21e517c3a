"""Counts the work of a call, where seconds would depend on the machine: the same call is the same number anywhere.

Counted are

- the lines of the package that run, with each round of a loop, a generator or
  a comprehension (`sys.settrace`);
- the calls of what is written in C (`sys.setprofile`), and if it is a method of
  a string, the characters of this string: those methods that the run time uses
  are linear in it;
- the steps of each regular expression (`regex_steps`).

Not counted is what C does without a call that Python reports: a slice, a join,
`in`, a hash, a search of pyahocorasick. A loop that does these with ever longer
texts is seen as its rounds alone; benchmarks/speed/kinds/growth.py, which measures the time
that the same shapes take, sees the rest.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, ModuleType
from typing import TypeAlias

import optoutlang
from tests.builders.regex_steps import CountedPattern
from tests.builders.shapes import Shape

PACKAGE = str(Path(optoutlang.__file__).parent)
MAKES_A_PATTERN = "re.Pattern[str]"
"""What a cached function says that it returns if it makes a pattern when the first text needs it."""

Trace: TypeAlias = "Callable[[FrameType, str, object], Trace | None]"

_COUNTED: dict[re.Pattern[str], CountedPattern] = {}


def work(call: Callable[[], object]) -> int:
    """Return how much work a call is.

    It is called three times: first to have tables and patterns made, which is
    no work of the message; then for the steps of patterns; then for the rest.
    """
    call()
    return _steps(call) + _lines_and_characters(call)


def _steps(call: Callable[[], object]) -> int:
    before = sum(each.steps for each in _COUNTED.values())
    with _counted_patterns(), _traced(None, None):
        call()
    return sum(each.steps for each in _COUNTED.values()) - before


@contextmanager
def _traced(
    trace: Trace | None, profile: Callable[[FrameType, str, object], None] | None
) -> Iterator[None]:
    """Let these be called, and not what measures coverage: it would slow the count down."""
    before = sys.gettrace(), sys.getprofile()
    sys.settrace(trace)
    sys.setprofile(profile)
    try:
        yield
    finally:
        sys.setprofile(before[1])
        sys.settrace(before[0])


@contextmanager
def _counted_patterns() -> Iterator[None]:
    """Put counted patterns for those of the package's modules, and for those that cached functions make."""
    places = [
        (module, name, value, stand_in)
        for module in _modules()
        for name, value in vars(module).items()
        if (stand_in := _stand_in(value)) is not None
    ]
    for module, name, _, stand_in in places:
        setattr(module, name, stand_in)
    try:
        yield
    finally:
        for module, name, value, _ in places:
            setattr(module, name, value)


def _modules() -> list[ModuleType]:
    return [module for name, module in sys.modules.items() if name.startswith("optoutlang.")]


def _stand_in(value: object) -> object:
    if isinstance(value, re.Pattern):
        return _counted(value)
    made = getattr(getattr(value, "__wrapped__", None), "__annotations__", {}).get("return")
    if made == MAKES_A_PATTERN and callable(value):
        make: Callable[[str], re.Pattern[str]] = value
        return lambda upto: _counted(make(upto))
    return None


def _counted(pattern: re.Pattern[str]) -> CountedPattern:
    if pattern not in _COUNTED:
        _COUNTED[pattern] = CountedPattern(pattern)
    return _COUNTED[pattern]


def _lines_and_characters(call: Callable[[], object]) -> int:
    count = 0

    def line(_frame: FrameType, event: str, _argument: object) -> Trace:
        nonlocal count
        count += event == "line"
        return line

    def trace(frame: FrameType, _event: str, _argument: object) -> Trace | None:
        return line if _is_ours(frame) else None

    def profile(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        if event == "c_call" and _is_ours(frame):
            receiver = getattr(argument, "__self__", None)
            count += 1 + (len(receiver) if isinstance(receiver, str) else 0)

    with _traced(trace, profile):
        call()
    return count


def _is_ours(frame: FrameType) -> bool:
    return frame.f_code.co_filename.startswith(PACKAGE)


def growth(call: Callable[[str], object], shape: Shape, *, shorter: int = 128) -> float:
    """Return how many times the work a character of a message of a shape is in one twice as long.

    1 for work that is linear in the message, up to 2 for work that grows with the square of its length.
    """
    short, long = shape.message(shorter), shape.message(2 * shorter)
    few, more = work(lambda: call(short)), work(lambda: call(long))
    # What the compiled core answers alone is no work that is counted here.
    return more / len(long) / (max(few, 1) / len(short))
