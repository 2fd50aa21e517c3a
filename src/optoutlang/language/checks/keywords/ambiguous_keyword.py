"""O204 ambiguous-keyword: statements of equal strength that disagree about a keyword.

Whichever won, it would win by chance: by the order of statements, files or
countries, which may mean nothing (docs/language.md §4).
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.layers import Taker
from optoutlang.language.model.ruleset import Claim, Only, Removal


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each pair of statements, once for all contexts."""
    seen: set[frozenset[tuple[str, int, int]]] = set()
    for scope, resolution in subject.resolved():
        for claim, rival in resolution.contested:
            pair = frozenset({claim.place.sort_key, rival.place.sort_key})
            if pair not in seen:
                seen.add(pair)
                yield _diagnostic(subject, scope, claim, rival)


def _diagnostic(subject: Subject, scope: str | None, claim: Claim, rival: Taker) -> Diagnostic:
    one, other = sorted(
        (claim, rival), key=lambda each: (not subject.is_root(each), each.place.sort_key)
    )
    same_file = one.file == other.file
    return Diagnostic(
        codes.AMBIGUOUS_KEYWORD,
        f"statements of equal strength disagree about `{claim.word}`{named(scope)}",
        Label(one.place, _said(one, claim)),
        (Label(other.place, _said(other, claim)),),
        help="keep one of the two" if same_file else _settle(subject, claim, scope),
    )


def _said(statement: Taker, claim: Claim) -> str:
    match statement:
        case Claim():
            return f"means {statement.action.value} here"
        case Removal():
            return "removed here"
        case Only():
            return f"left out here by `only keywords`, but listed as `{claim.word}`"


def _settle(subject: Subject, claim: Claim, scope: str | None) -> str:
    block = f"`country {scope} {{ … }}` of " if scope else ""
    return f"say in {block}`{subject.ruleset.root.text.path}` what `{claim.word}` means"
