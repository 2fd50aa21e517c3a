"""Every small file: each choice of a few statements from an alphabet, compiled by the real passes and counted.

The alphabet is written as one source, a statement a line, and parsed once; a
file is a choice among its statements, each at most once. Order is no matter:
that is a property of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations, product

from optoutlang.language.checks.registry import check_statements
from optoutlang.language.checks.subject import subject_of
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Severity
from optoutlang.language.driver.load import load_text
from optoutlang.language.model.from_syntax import Loaded, from_syntax
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.parse import parse
from optoutlang.language.syntax.tree import File, Statement
from optoutlang.runtime.terms import Action

MODES = ("keywords", "only keywords", "require keywords", "remove")
OTHER = "A"
"""A word that no ruleset knows."""

COUNTRY = "MX"


def keyword_statements(words: tuple[str, ...], actions: tuple[Action, ...]) -> Iterator[str]:
    """Yield every keyword statement of one word, in the base and in a country."""
    for mode, action, word in product(MODES, actions, words):
        section = f"{action.value} {{ {mode} {word} }}"
        yield section
        yield f"country {COUNTRY} {{ {section} }}"


def other_statements(word: str, action: Action, rival: Action) -> Iterator[str]:
    """Yield what else may be said of a word with an action: for a rival one, as an exception, as filler."""
    for statement in (
        f'{rival.value} {{ phrases "{word}" }}',
        f'{rival.value} {{ sentences "{word}" }}',
        f'{action.value} {{ except "{word}" }}',
        f"{action.value} {{ reply none }}",
        f'filler "{word}"',
        "suggest sentences, phrases",
        f"{Action.OPT_OUT.value} {{ tolerate typos, lookalikes, stretches, numbers }}",
    ):
        yield statement
        yield f"country {COUNTRY} {{ {statement} }}"
    yield f"language es {{ {action.value} {{ remove {word} }} }}"
    yield f"language es {{ {rival.value} {{ keywords {word} }} }}"


def small_files(
    alphabet: tuple[str, ...], size: int
) -> Iterator[tuple[tuple[str, ...], Ruleset | None]]:
    """Yield every file of up to `size` statements, and its checked ruleset, None if it is refused."""
    source = SourceText("small.optout", "\n".join(alphabet))
    tree, found = parse(source)
    if found or len(tree.statements) != len(alphabet):
        raise ValueError("the alphabet does not parse as one statement a line")
    for count in range(size + 1):
        for chosen in combinations(range(len(alphabet)), count):
            statements = tuple(tree.statements[each] for each in chosen)
            yield tuple(alphabet[each] for each in chosen), _checked(source, statements)


def _checked(source: SourceText, statements: tuple[Statement, ...]) -> Ruleset | None:
    file = File(source, statements, ())
    ruleset, found = from_syntax((_standard(), Loaded(file, (0,))))
    return None if _refused(found) or _refused(check_statements(subject_of(ruleset))) else ruleset


def _refused(found: tuple[Diagnostic, ...]) -> bool:
    return any(each.code.severity is Severity.ERROR for each in found)


@cache
def _standard() -> Loaded:
    """Return the pack that every file uses: it holds the protected words."""
    return load_text("", name="small.optout").loaded[0]
