"""O719 swallowed-class: a class that has every member of another one, each written again."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.members import class_texts, classes_in
from optoutlang.language.model.pattern import ClassName
from optoutlang.language.model.statement import WordClass

FEWEST = 2
"""How many members the smaller class has at least: one word may well be in two classes."""


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each class of the root file that holds another one without naming it."""
    classes = subject.ruleset.of(WordClass)
    if not any(map(subject.is_root, classes)):
        return
    texts = {name: frozenset(each) for name, each in class_texts(classes).items()}
    own = [each for each in classes if subject.is_root(each)]
    named = _named(classes)
    for outer in own:
        for inner in own:
            small, large = texts[inner.key], texts[outer.key]
            is_first = small < large or own.index(inner) < own.index(outer)
            if inner is outer or not small <= large or not is_first or len(small) < FEWEST:
                continue
            if inner.key not in named[outer.key] and outer.key not in named[inner.key]:
                yield Diagnostic(
                    codes.SWALLOWED_CLASS,
                    f"class `{outer.name}` has every member of class `{inner.name}`",
                    Label(outer.place),
                    (Label(inner.place, "the other class"),),
                    help=f'write `"{{{inner.name}}}"` in the place of these members',
                )


def _named(classes: tuple[WordClass, ...]) -> dict[ClassName, set[ClassName]]:
    """Return for each class those that it names, directly or not."""
    named = {
        each.key: {name for pattern in each.members for name in classes_in(pattern)}
        for each in classes
    }
    for _ in classes:
        for names in named.values():
            names |= {deeper for name in names for deeper in named.get(name, ())}
    return named
