"""O716 unused-class: a class or guard of the root file that no class, guard or frame names."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.members import classes_in
from optoutlang.language.model.pattern import ClassName
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import Frame, Guard, WordClass


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each class and guard that nothing uses."""
    ruleset = subject.ruleset
    classes = frozenset(_used_classes(ruleset))
    guards = {name for frame in ruleset.of(Frame) for name in frame.guards}
    for each in ruleset.of(WordClass):
        if subject.is_root(each) and each.key not in classes:
            yield _diagnostic(each, "write it in braces in a frame, or take the class out")
    for guard in ruleset.of(Guard):
        if subject.is_root(guard) and guard.key not in guards:
            yield _diagnostic(guard, "name it behind `unless`, or take the guard out")


def _used_classes(ruleset: Ruleset) -> Iterator[ClassName]:
    for frame in ruleset.of(Frame):
        yield from (*classes_in(frame.pattern), *frame.needs)
    for guard in ruleset.of(Guard):
        yield from guard.classes
    for each in ruleset.of(WordClass):
        for pattern in each.members:
            yield from classes_in(pattern)


def _diagnostic(statement: WordClass | Guard, cure: str) -> Diagnostic:
    return Diagnostic(
        codes.UNUSED_CLASS,
        f"nothing uses {statement.label} `{statement.name}`",
        Label(statement.place),
        help=cure,
    )
