"""O209 required-elsewhere: the base removes a word that a country requires.

That is allowed and changes nothing in the country; the note says where the
word stays (docs/language.md §4).
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.layers import takes
from optoutlang.language.model.statement import Claim, Removal


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a note for each removal of the root file's base."""
    for removal in subject.ruleset.of(Removal):
        if removal.scope is not None or not subject.is_root(removal):
            continue
        requiring = [
            claim
            for claim in subject.ruleset.of(Claim)
            if claim.required and claim.scope is not None and takes(removal, claim)
        ]
        if requiring:
            countries = ", ".join(sorted({claim.scope for claim in requiring if claim.scope}))
            yield Diagnostic(
                codes.REQUIRED_ELSEWHERE,
                f"`{removal.word}` is removed, but stays in {countries}, where it is required",
                Label(removal.place),
                tuple(Label(claim.place, f"required in {claim.scope}") for claim in requiring),
                help=f"a message from {countries} that is `{removal.word}` alone still means "
                f"{removal.action.value}; a test case of it needs `from` another country",
            )
