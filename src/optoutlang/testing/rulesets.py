"""Generated rule files through the real pipeline: text, driver, program, artefact, matcher."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import assume
from hypothesis import strategies as st

from optoutlang.language.diagnostics.diagnostic import Diagnostic, Severity
from optoutlang.language.driver.compile import Checked, check_path, check_text, compile_checked
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.program import Program
from optoutlang.runtime.program.artefact import from_bytes, to_bytes
from optoutlang.testing.library import ROOT, Library, text_of, texts_of, without_lines
from optoutlang.testing.statements import libraries

ROUNDS = 12
"""How often mistakes are taken out before a draw is given up; two or three rounds are usual."""


@dataclass(frozen=True, slots=True, repr=False)
class GeneratedRuleset:
    """Rule files without mistakes: as data, as the checked model, and as the program made of them.

    `library` holds the files' statements by file name, `diagnostics` what is
    said of them that is no error. A failing test prints the files.
    """

    library: Library
    ruleset: Ruleset = field(compare=False)
    diagnostics: tuple[Diagnostic, ...] = field(compare=False)
    program: Program = field(compare=False)

    @property
    def files(self) -> Mapping[str, str]:
        """The text of each file by its name; the root is `root.optout`, and uses the others."""
        return texts_of(self.library)

    def matcher(self) -> Matcher:
        """Return a matcher made from the artefact's bytes, as an embedder has it."""
        return Matcher(from_bytes(to_bytes(self.program)))

    def __repr__(self) -> str:
        return "\n".join(f"# {name}\n{text}" for name, text in self.files.items())


def check(library: Library) -> Checked:
    """Check a library as the command line does."""
    if len(library) == 1:
        return check_text(text_of(library[ROOT]), name=ROOT)
    with TemporaryDirectory() as folder:
        for name, text in texts_of(library).items():
            Path(folder, name).write_text(text, encoding="utf-8")
        return check_path(Path(folder, ROOT))


def errors(checked: Checked) -> tuple[Diagnostic, ...]:
    """Return the diagnostics that keep a ruleset from compiling."""
    return tuple(each for each in checked.diagnostics if each.code.severity is Severity.ERROR)


def compile_library(library: Library) -> GeneratedRuleset:
    """Compile a library.

    Raises:
        CompileError: it has mistakes.
    """
    return _compiled(library, check(library))


def compile_sound(library: Library) -> GeneratedRuleset | None:
    """Compile a library, or return None if it has mistakes; it is checked once."""
    checked = check(library)
    return None if errors(checked) else _compiled(library, checked)


def _compiled(library: Library, checked: Checked) -> GeneratedRuleset:
    program = compile_checked(checked)
    assert checked.ruleset is not None  # noqa: S101 - what compiles has a model
    return GeneratedRuleset(library, checked.ruleset, checked.diagnostics, program)


@st.composite
def rulesets(draw: st.DrawFn, *, are_framed: bool = False) -> GeneratedRuleset:
    """Draw a small ruleset that compiles: up to four files in which few words meet in many statements.

    Few have frames, or all if `are_framed`.
    """
    library = draw(libraries(are_framed=are_framed))
    checked = check(library)
    for _ in range(ROUNDS):
        if checked.ruleset is None:
            library = _without_errors(library, errors(checked))
            checked = check(library)
    assume(checked.ruleset is not None)
    return _compiled(library, checked)


def _without_errors(library: Library, diagnostics: tuple[Diagnostic, ...]) -> Library:
    """Leave out the statements that the compiler calls an error."""
    lines: dict[str, set[int]] = {name: set() for name in library}
    for each in diagnostics:
        places = [label.place for label in (each.primary, *each.related)]
        ours = next(place for place in places if place.source.name in library)
        lines[ours.source.name].add(ours.start.line)
    return {name: without_lines(items, lines[name]) for name, items in library.items()}
