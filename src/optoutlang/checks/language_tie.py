"""O502 language-tie: several languages claim a keyword or phrase, and nothing says which one answers.

The smallest tag then decides, which nobody has chosen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optoutlang.checks.rows import filler_of, without_filler
from optoutlang.checks.subject import Subject, named
from optoutlang.diagnostics import codes
from optoutlang.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.matcher.language import lookup
from optoutlang.model.effective import Table
from optoutlang.model.ruleset import PROTECTED_KEYS, Claim, Phrase

Statement = Claim | Phrase


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each keyword and phrase whose languages tie in some context."""
    for scope in subject.scopes:
        table = subject.tables[scope]
        for claims in _claims(subject, scope):
            by_language: dict[str, Statement] = {}
            for claim in sorted(claims, key=lambda each: each.place.sort_key):
                by_language.setdefault(claim.language, claim)
            if len(by_language) > 1 and not _is_settled(table, by_language):
                yield _diagnostic(by_language, scope)


def _claims(subject: Subject, scope: str | None) -> Iterator[tuple[Statement, ...]]:
    table = subject.tables[scope]
    for keyword in table.keywords.values():
        if keyword.key not in PROTECTED_KEYS:
            yield keyword.claims
    for phrases in (table.sentences, table.phrases):
        if len({each.language for each in phrases}) > 1:
            filler = filler_of(subject, scope)
            rows: dict[object, list[Statement]] = defaultdict(list)
            for phrase in phrases:
                for row in without_filler(phrase, filler):
                    rows[phrase.action, row].append(phrase)
            yield from map(tuple, rows.values())


def _is_settled(table: Table, languages: dict[str, Statement]) -> bool:
    return any(lookup(tag, languages) is not None for tag in table.prefer)


def _diagnostic(by_language: dict[str, Statement], scope: str | None) -> Diagnostic:
    winner = min(by_language)
    first, second, *_ = sorted(by_language.values(), key=lambda each: each.place.sort_key)
    spelling = first.word if isinstance(first, Claim) else first.spelling
    tags = ", ".join(f"`{each}`" for each in sorted(by_language))
    return Diagnostic(
        codes.LANGUAGE_TIE,
        f"{tags} claim `{spelling}`{named(scope)}; `{winner}` answers only for its place in the alphabet",
        Label(first.place, f"claimed in `{first.language}`"),
        (Label(second.place, f"claimed in `{second.language}`"),),
        help="add a `prefer` that lists the languages, the first choice first",
    )
