"""Small rulesets from text, without packs and checks: what is written is all there is."""

from __future__ import annotations

from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.model.from_syntax import Loaded, from_syntax
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.parse import parse
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.program import Program
from optoutlang.runtime.terms.similar import SimilarModel

CORE = "opt-out { keywords STOP } opt-in { keywords START } help { keywords HELP }\n"
"""The protected words, which the standard pack brings to real rulesets."""


def ruleset_of(
    *files: tuple[str, str],
    uses: tuple[tuple[int, ...], ...] = (),
    similar: SimilarModel | None = None,
) -> Ruleset:
    """Return the ruleset of files, given by name and text, weakest first.

    `uses` says for each file the indices of those that it uses; by default
    each uses all before it. `similar` is the suggester.
    """
    graph = uses or tuple(tuple(range(index)) for index in range(len(files)))
    loaded = []
    for index, (name, text) in enumerate(files):
        tree, found = parse(SourceText(name, text))
        assert not found, [each.message for each in found]
        loaded.append(Loaded(tree, graph[index]))
    ruleset, found = from_syntax(tuple(loaded), similar=similar)
    assert not found, [each.message for each in found]
    return ruleset


def program(*texts: str) -> Program:
    """Return the program of the files `0.optout`, `1.optout` and so on, with the protected words in the first."""
    first, *others = texts
    files = [f"ruleset test {CORE}{first}", *others]
    named = ((f"{index}.optout", text) for index, text in enumerate(files))
    return from_model(ruleset_of(*named))


def matcher(*texts: str) -> Matcher:
    """Return the matcher of such a program."""
    return Matcher(program(*texts))
