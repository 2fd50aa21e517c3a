"""Names say what a thing is, and docstrings are sentences of plain English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "optoutlang"
MODULES = sorted(SOURCE.rglob("*.py"))

PARTICIPLES = {"held", "said", "told"}
"""These name what happened to a thing, not what it is."""

QUESTION = re.compile(r"(What|Which|How|Whether)\b")


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def names(tree: ast.Module) -> Iterator[str]:
    """Yield the names that a module gives to functions, classes, parameters, variables and attributes."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.ClassDef(name=name) | ast.arg(arg=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name


@cache
def parsed(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_no_name_is_a_participle_that_hides_what_it_is(module: Path) -> None:
    given = {each.lstrip("_").lower() for each in names(parsed(module))}
    assert not given & PARTICIPLES


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_docstring_says_what_is_there_and_asks_no_question(module: Path) -> None:
    docstring = ast.get_docstring(parsed(module))
    assert docstring
    assert not QUESTION.match(docstring)


def test_the_names_that_a_module_gives_are_seen() -> None:
    program = (
        "def a(b, *, c=1):\n    d = self.e = 1\n    for f in x: pass\nclass G:\n    h: int = 1\n"
    )
    assert set(names(ast.parse(program))) == {"a", "b", "c", "d", "e", "f", "G", "h"}
