r"""No message holds the matcher up: work grows with a message's length, whatever is repeated in it.

Until somebody looked, `match` took time with the square of the number of line
breaks: `^` in a pattern with `re.MULTILINE` stood before `\s*`, which reads on
over all blank lines that follow, and was tried at each of them. The count sees
this, because the steps of patterns are part of it (tests/builders/work.py);
`test_the_count_sees_a_search_that_reads_blank_lines_anew` holds that.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from optoutlang import runtime
from optoutlang.runtime import native
from optoutlang.runtime.matcher.matcher import Matcher
from optoutlang.runtime.terms.action import MatchedBy
from tests.builders.regex_steps import CountedPattern
from tests.builders.rulesets import matcher
from tests.builders.shapes import COUNTRY, RULES, SHAPES, TAGS, Shape
from tests.builders.work import MAKES_A_PATTERN, growth, work

MOST = 1.1
"""How much more work each character of a message twice as long may be; 2 is the square."""

MODULES = sorted(Path(str(runtime.__file__)).parent.rglob("*.py"))
HARMLESS = {"IGNORECASE", "MULTILINE", "DOTALL", "VERBOSE", "ASCII", "Pattern", "Match", "escape"}


@pytest.fixture(scope="module")
def rules() -> Iterator[Matcher]:
    """Rules without the compiled core, whose work nothing here can count (benchmarks/speed/kinds/growth.py sees it)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(native.PURE, "1")
        yield matcher(RULES)


def test_no_two_shapes_are_one() -> None:
    all_shapes = (*SHAPES, *TAGS)
    assert len({each.name for each in all_shapes}) == len(all_shapes)
    assert len({(each.before, each.unit, each.behind) for each in all_shapes}) == len(all_shapes)


def test_a_shape_needs_something_to_repeat() -> None:
    with pytest.raises(ValueError, match="nothing to repeat"):
        Shape("empty", "", before="a")


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_the_work_of_match_and_explain_is_linear_in_the_message(
    rules: Matcher, shape: Shape
) -> None:
    assert growth(rules.match, shape) <= MOST
    assert growth(lambda text: rules.explain(text, country=COUNTRY), shape) <= MOST


@pytest.mark.parametrize("shape", TAGS, ids=lambda shape: shape.name)
def test_the_work_of_a_wanted_language_is_linear_in_its_tag(rules: Matcher, shape: Shape) -> None:
    """Of the work of the pattern and the rounds of loops, that is; benchmarks/speed/kinds/growth.py sees joins."""
    assert growth(lambda tag: ask_in(rules, tag), shape, shorter=400) <= MOST


def ask_in(rules: Matcher, tag: str) -> None:
    with suppress(ValueError):
        rules.explain("stop texting, take me off", language=tag)


def test_the_rules_let_shapes_fire(rules: Matcher) -> None:
    """Shapes that mean nothing would leave half of `explain` out."""
    fired = {
        each.matched_by
        for shape in SHAPES
        for length in (1, 128)
        for each in rules.explain(shape.message(length), country=COUNTRY).fired
    }
    assert fired == set(MatchedBy) - {
        MatchedBy.SIMILAR,
        MatchedBy.BUTTON,
    }  # which read no text by rules


# What counts.


def test_the_count_sees_a_search_that_reads_blank_lines_anew() -> None:
    """The pattern that once was in quotes.py, and the like of it with a possessive repeat: it is read anew too."""
    lines = Shape("line feed", "\n")
    for old in (r"^(?:>|-{3}|\s*(?:fwd|re)\s?[:：])", r"^(?:>|-{3}|\s*+(?:fwd|re)\s?[:：])"):
        pattern = CountedPattern(re.compile(old, re.IGNORECASE | re.MULTILINE))
        assert steps(pattern, lines.message(400)) > 3.5 * steps(pattern, lines.message(200))


def test_the_count_sees_a_repeat_that_gives_back_from_each_place() -> None:
    pattern = CountedPattern(re.compile("-+x"))
    assert steps(pattern, "-" * 400) > 3.5 * steps(pattern, "-" * 200)


def steps(pattern: CountedPattern, text: str) -> int:
    before = pattern.steps
    assert pattern.search(text) is None
    return pattern.steps - before


def test_the_same_call_is_the_same_work(rules: Matcher) -> None:
    text = "Fwd: x\n“never stop texting” please, take me off, 12345"
    assert work(lambda: rules.explain(text)) == work(lambda: rules.explain(text)) > 1_000


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_the_count_misses_no_pattern_of_the_run_time(module: Path) -> None:
    """Each is a module's, or made by a cached function that says so: there the count finds them."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    used = {
        each.attr
        for each in ast.walk(tree)
        if isinstance(each, ast.Attribute)
        and isinstance(each.value, ast.Name)
        and each.value.id == "re"
    }
    assert used - HARMLESS <= {"compile"}
    assert _compiled(tree) == sum(map(_compiled, filter(_is_counted, tree.body)))


def _is_counted(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.FunctionDef):
        cached = "cache" in map(ast.unparse, statement.decorator_list)
        return cached and ast.unparse(statement.returns or statement) == MAKES_A_PATTERN
    return isinstance(statement, ast.Assign)


def _compiled(tree: ast.AST) -> int:
    calls = (each for each in ast.walk(tree) if isinstance(each, ast.Call))
    return sum(ast.unparse(each.func) == "re.compile" for each in calls)
