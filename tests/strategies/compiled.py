"""Generated rule files through the real pipeline: text, driver, program, artefact, matcher."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import assume
from hypothesis import strategies as st

from optoutlang.diagnostics.diagnostic import Diagnostic, Severity
from optoutlang.driver.compile import Checked, check_path, compile_checked
from optoutlang.matcher.artefact import from_bytes, to_bytes
from optoutlang.matcher.matcher import Matcher
from optoutlang.matcher.program import Program
from optoutlang.model.ruleset import Ruleset
from tests.strategies.rulesets import libraries
from tests.strategies.sources import ROOT, Library, texts_of, without_lines

ROUNDS = 12
"""How often mistakes are taken out before a draw is given up; two or three rounds are usual."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A library without mistakes, its checked model, and the program made of it."""

    library: Library
    ruleset: Ruleset
    diagnostics: tuple[Diagnostic, ...]
    program: Program

    def matcher(self) -> Matcher:
        """Return a matcher made from the artefact's bytes, as an embedder has it."""
        return Matcher(from_bytes(to_bytes(self.program)))


def check(library: Library) -> Checked:
    """Check a library as the command line does: files in a folder."""
    with TemporaryDirectory() as folder:
        for name, text in texts_of(library).items():
            Path(folder, name).write_text(text, encoding="utf-8")
        return check_path(Path(folder, ROOT))


def errors(checked: Checked) -> tuple[Diagnostic, ...]:
    """Return the diagnostics that keep a ruleset from compiling."""
    return tuple(each for each in checked.diagnostics if each.code.severity is Severity.ERROR)


def compile_library(library: Library) -> Compiled:
    """Compile a library that has no mistakes."""
    checked = check(library)
    program = compile_checked(checked)
    assert checked.ruleset is not None
    return Compiled(library, checked.ruleset, checked.diagnostics, program)


def mended(library: Library) -> Library | None:
    """Leave out, statement by statement, what the compiler calls an error; None if that does not end."""
    for _ in range(ROUNDS):
        found = errors(check(library))
        if not found:
            return library
        library = _without_errors(library, found)
    return None


def _without_errors(library: Library, found: tuple[Diagnostic, ...]) -> Library:
    lines: dict[str, set[int]] = {name: set() for name in library}
    for each in found:
        places = [label.place for label in (each.primary, *each.related)]
        ours = [place for place in places if place.source.name in library]
        assert ours, f"an error without a place in the generated files: {each.message}"
        lines[ours[0].source.name].add(ours[0].start.line)
    return {name: without_lines(items, lines[name]) for name, items in library.items()}


@st.composite
def compiled(draw: st.DrawFn) -> Compiled:
    """Draw a ruleset that compiles."""
    library = mended(draw(libraries()))
    assume(library is not None)
    assert library is not None
    return compile_library(library)
