"""Checking takes work in proportion to the file and to its mistakes, counted in calls and not in seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from cProfile import Profile

import pytest

from optoutlang.language.diagnostics import text
from optoutlang.language.driver.compile import check_text
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.parse import parse

SMALL, LARGE = 100, 300
MOST = LARGE / SMALL * 1.1
"""How much more work three times the text may be; work with the square of it would be nine times as much."""

SHAPES: dict[str, Callable[[int], str]] = {
    "unclosed blocks": lambda n: "country MX {\n" * n,
    "unclosed blocks on one line": lambda n: "country MX { " * n,
    "unclosed sections": lambda n: "country MX { opt-out { keywords a }\n" * n,
    "unclosed blocks, indented": lambda n: "".join(" " * i + "help {\n" for i in range(n)),
    "closing braces": lambda n: "} " * n,
    "closed too early": lambda n: "opt-out {\n}\n  keywords a\n}\n" * n,
    "closed at an odd place": lambda n: "opt-out {\n  keywords a\n    }\n" * n,
    "unknown statements": lambda n: "opt-out {\n" + "  frobnicate stop\n" * n + "}",
    "unknown blocks": lambda n: "frob { a b }\n" * n,
    "unknown blocks on one line": lambda n: "frob { a b } " * n,
    "unclosed strings": lambda n: 'opt-out {\n  keywords "a\n}\n' * n,
    "unclosed strings of fillers": lambda n: 'filler "a\n' * n,
    "strings that swallow braces": lambda n: 'opt-out { keywords "a }\n' * n,
    "strings that swallow opening braces": lambda n: 'opt-out "{\n keywords a }\n' * n,
    "missing commas": lambda n: "opt-out {\n" + "  keywords a b\n" * n + "}",
    "missing commas in one list": lambda n: "opt-out { keywords " + "a b, " * n + "c }",
    "words without commas": lambda n: "opt-out { keywords " + "a " * n + "}",
    "bare words": lambda n: "a " * n,
    "bare words as a text": lambda n: 'test "t" { ' + "a " * n + "}",
    "bare words as messages": lambda n: 'test "t" {\n' + "a b -> none\n" * n + "}",
    "strings": lambda n: '"a" ' * n,
    "cases with a wrong arrow": lambda n: 'test "t" { ' + '"a" => none\n' * n + "}",
    "cases without an arrow": lambda n: 'test "t" {\n' + '"a" none\n' * n + "}",
    "cases with an unknown action": lambda n: 'test "t" {\n' + '"a" -> frob\n' * n + "}",
    "marks": lambda n: "= , -> " * n,
    "uses without a pack": lambda n: "use \n" * n,
    "text without quotes": lambda n: "use " + "a " * n,
    "empty lists": lambda n: "opt-out {\n" + "  keywords\n  phrases\n" * n + "}",
    "stray commas": lambda n: "opt-out {\n" + "  keywords a,\n  phrases b,\n" * n + "}",
    "second rulesets": lambda n: "ruleset a\n" * n,
    "misplaced statements": lambda n: "opt-out {\n" + '  use "us"\n' * n + "}",
    "one keyword of two actions": lambda n: "opt-out { keywords a }\nhelp { keywords a }\n" * n,
    "one keyword, added and removed": lambda n: "opt-out {\n" + "keywords a\nremove a\n" * n + "}",
    "one keyword in two languages": lambda n: (
        "language es { opt-out { keywords a } } language fr { opt-out { keywords a } }\n" * n
    ),
    "many only": lambda n: "\n".join(f"opt-out {{ only keywords w{i} }}" for i in range(n)),
    "one filler": lambda n: "filler a\n" * n,
    "one filler in a country": lambda n: "country MX {\n" + "  filler a\n" * n + "}",
    "one filler, taken back": lambda n: "filler a\nremove filler a\n" * n,
    "one class": lambda n: "class c is a, b\n" * n,
    "one frame": lambda n: "class c is a, b\nopt-out {\n" + '  frames "[c] x"\n' * n + "}",
    "one phrase": lambda n: "opt-out {\n" + '  phrases "a b"\n' * n + "}",
    "one phrase, taken back": lambda n: (
        "opt-out {\n" + '  phrases "a b"\n  remove phrases "a b"\n' * n + "}"
    ),
    "many phrases, taken back": lambda n: (
        "opt-out {\n"
        + "".join(f'  phrases "a{i}"\n  remove phrases "a{i}"\n' for i in range(n))
        + "}"
    ),
    "a protected phrase, taken back": lambda n: (
        "opt-out {\n" + "  phrases stop\n  remove phrases stop\n" * n + "}"
    ),
    "one exception": lambda n: 'opt-out {\n  phrases "a b"\n' + '  except "c a b"\n' * n + "}",
    "one sentence": lambda n: "opt-out {\n" + '  sentences "a [b]"\n' * n + "}",
    "one reply": lambda n: "opt-out {\n" + '  reply "a"\n' * n + "}",
    "one reply to a keyword": lambda n: (
        "opt-out {\n  keywords a\n" + '  reply to a "b"\n' * n + "}"
    ),
    "one answer": lambda n: 'answer x {\n  keywords a\n  reply "b"\n}\n' * n,
    "one topic": lambda n: "topic x {\n  keywords a\n}\n" * n,
    "one button": lambda n: "opt-out {\n" + '  buttons "a"\n' * n + "}",
    "one preference": lambda n: "prefer es\n" * n,
    "one tolerance": lambda n: "opt-out {\n" + "  tolerate typos\n" * n + "}",
    "one variable": lambda n: 'let a = "b"\n' * n,
    "one test case": lambda n: 'test "t" {\n' + '  "a" -> none\n' * n + "}",
    "unknown variables": lambda n: "help {\n" + '  reply "{a}"\n' * n + "}",
}


def work(function: Callable[[], object]) -> int:
    """Return how many calls, of Python and of C, a function makes."""
    profile = Profile()
    trace = sys.gettrace()
    sys.settrace(None)  # what measures coverage would slow the count down
    try:
        profile.runcall(function)
    finally:
        sys.settrace(trace)
    return sum(entry.callcount for entry in profile.getstats())


def growth(function: Callable[[str], object], shape: str) -> float:
    """Return how much more work LARGE pieces of a shape are than SMALL ones."""
    small, large = (SHAPES[shape](count) for count in (SMALL, LARGE))
    function(small)  # the tables of the parser and of characters are made on first use
    return work(lambda: function(large)) / work(lambda: function(small))


def render(source: str) -> str:
    """Return the findings about a text as the command prints them."""
    return text.render(check_text(source).diagnostics)


def test_the_count_sees_work_with_the_square_of_the_text() -> None:
    def quadratic(source: str) -> list[bool]:
        return [source.startswith("x", at) for at in range(len(source)) for _ in source]

    assert growth(lambda source: quadratic(source[::10]), "closing braces") > 2 * MOST


@pytest.mark.parametrize("shape", SHAPES)
def test_parsing_is_linear_in_the_text_and_its_mistakes(shape: str) -> None:
    assert growth(lambda source: parse(SourceText("any.optout", source)), shape) < MOST


@pytest.mark.parametrize("shape", SHAPES)
def test_checking_and_showing_are_linear_in_the_text_and_its_mistakes(shape: str) -> None:
    assert growth(render, shape) < MOST
