"""Names say what a thing is, and docstrings are sentences of plain English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "optoutlang"
MODULES = sorted(SOURCE.rglob("*.py"))

PARTICIPLES = {"held", "said", "told"}
"""These name what happened to a thing, not what it is."""

NAMED_BY_PARTICIPLES = frozenset(
    """
    analysis/adequacy/probes.py
    analysis/adequacy/set_cover.py
    analysis/adequacy/slices.py
    analysis/differences/search/alphabet.py
    analysis/differences/search/filler_automaton.py
    analysis/differences/search/keyword_automaton.py
    analysis/differences/search/part_automaton.py
    analysis/differences/search/product.py
    analysis/differences/search/witness.py
    analysis/proofs/meetings.py
    analysis/proofs/properties/additions.py
    analysis/proofs/properties/differences.py
    analysis/proofs/properties/exact_first.py
    analysis/proofs/properties/reachability.py
    analysis/proofs/properties/readings.py
    analysis/proofs/properties/replies.py
    analysis/proofs/rules.py
    interfaces/cli/commands/fuzz.py
    interfaces/reports/contents.py
    interfaces/reports/coverage.py
    interfaces/reports/differences.py
    interfaces/reports/figures.py
    interfaces/reports/statements.py
    language/checks/keywords/ambiguous_keyword.py
    language/checks/keywords/useless_keyword.py
    language/checks/languages/language_tie.py
    language/checks/phrases/filler_holds_keyword.py
    language/checks/phrases/repeated_phrase.py
    language/checks/subject.py
    language/compiler/from_model.py
    language/compiler/phrases.py
    language/driver/compile.py
    language/driver/load.py
    language/model/effective.py
    language/model/layers.py
    language/model/variables.py
    runtime/matcher/quotes.py
    """.split()
)
"""Modules that still have such names. This list only gets shorter."""

ASKING = frozenset(
    """
    analysis/adequacy/__init__.py
    analysis/adequacy/cover.py
    analysis/adequacy/impact.py
    analysis/adequacy/nearness.py
    analysis/adequacy/validity.py
    analysis/differences/__init__.py
    analysis/differences/change.py
    analysis/proofs/__init__.py
    analysis/proofs/properties/__init__.py
    analysis/proofs/properties/code_points.py
    analysis/proofs/properties/verdict.py
    analysis/proofs/prove.py
    analysis/proofs/subject.py
    interfaces/cli/exits.py
    interfaces/cli/rules.py
    interfaces/reports/contents.py
    interfaces/reports/mutation.py
    interfaces/reports/scan_summary.py
    language/checks/__init__.py
    language/checks/subject.py
    language/model/__init__.py
    language/model/effective.py
    language/model/findings.py
    language/model/layers.py
    language/syntax/recovery/progress.py
    language/syntax/recovery/wording.py
    language/syntax/statements.py
    runtime/matcher/answers.py
    runtime/terms/action.py
    """.split()
)
"""Modules whose docstring still begins with a question word. This list only gets shorter."""

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


def parsed(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_no_name_is_a_participle_that_hides_what_it_is(module: Path) -> None:
    given = {each.lstrip("_").lower() for each in names(parsed(module))}
    assert not given & PARTICIPLES or name_of(module) in NAMED_BY_PARTICIPLES


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_docstring_says_what_is_there_and_asks_no_question(module: Path) -> None:
    docstring = ast.get_docstring(parsed(module))
    assert docstring
    assert not QUESTION.match(docstring) or name_of(module) in ASKING


def test_the_names_that_a_module_gives_are_seen() -> None:
    program = (
        "def a(b, *, c=1):\n    d = self.e = 1\n    for f in x: pass\nclass G:\n    h: int = 1\n"
    )
    assert set(names(ast.parse(program))) == {"a", "b", "c", "d", "e", "f", "G", "h"}
