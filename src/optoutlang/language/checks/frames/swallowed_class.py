"""O719 swallowed-class: a class that has every member of another one, each written again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

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
    own = [each for each in classes if subject.is_root(each)]
    if not own:
        return
    texts = {name: frozenset(each) for name, each in class_texts(classes).items()}
    by_text: dict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(own):
        for text in texts[each.key]:
            by_text[text].append(number)
    named = {each.key: _named(each) for each in classes}
    for outer, inner in sorted(_holding(own, texts, by_text)):
        one, other = own[outer].key, own[inner].key
        if not _reaches(named, one, other) and not _reaches(named, other, one):
            yield _diagnostic(own[outer], own[inner])


def _holding(
    own: list[WordClass],
    texts: Mapping[ClassName, frozenset[str]],
    by_text: Mapping[str, list[int]],
) -> Iterator[tuple[int, int]]:
    """Yield the numbers of two classes of which the first has all texts of the second; of equal ones the later."""
    for inner, each in enumerate(own):
        small = texts[each.key]
        if len(small) < FEWEST:
            continue
        for outer in min((by_text[text] for text in small), key=len):
            large = texts[own[outer].key]
            if small < large or (small == large and inner < outer):
                yield outer, inner


def _named(word_class: WordClass) -> frozenset[ClassName]:
    return frozenset(name for pattern in word_class.members for name in classes_in(pattern))


def _reaches(
    named: Mapping[ClassName, frozenset[ClassName]], start: ClassName, goal: ClassName
) -> bool:
    """Tell whether a class names another one, directly or not."""
    seen, waiting = {start}, [start]
    while waiting:
        found = named.get(waiting.pop(), frozenset()) - seen
        seen |= found
        waiting += found
    return goal in seen


def _diagnostic(outer: WordClass, inner: WordClass) -> Diagnostic:
    return Diagnostic(
        codes.SWALLOWED_CLASS,
        f"class `{outer.name}` has every member of class `{inner.name}`",
        Label(outer.place),
        (Label(inner.place, "the other class"),),
        help=f'write `"{{{inner.name}}}"` in the place of these members',
    )
