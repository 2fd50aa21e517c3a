"""O216 everyday-keyword: a keyword that people send as an answer to something else: `NO`, `OK`, `6`.

A keyword is the whole message, so that `CANCEL` and `END` do little harm; but
`no` is an answer to any question. Nothing is said of what the law wants
(`require keywords`), of what a used file claims as well, and of numbers and
letters inside `country`, where carriers print them: `回T退订` in China.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.edits import dropping
from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.statement import Claim
from optoutlang.language.words.answers import is_answer, is_mark


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each keyword of the root file that is an everyday answer."""
    claims = subject.ruleset.of(Claim)
    # The first file is the pack that every ruleset has: `YES` is a keyword wherever one looks.
    inherited = {
        (each.action, each.key) for each in claims if each.file == 0 or not subject.is_root(each)
    }
    for claim in claims:
        if (
            subject.is_root(claim)
            and not claim.required
            and (claim.action, claim.key) not in inherited
            and (is_answer(claim.key) or (is_mark(claim.key) and claim.scope is None))
        ):
            yield Diagnostic(
                codes.EVERYDAY_KEYWORD,
                f"`{claim.word}` is an everyday answer, and means {claim.action.value} here",
                Label(claim.place),
                notes=("whoever answers a question with it is taken at that word",),
                help="use a word that is said for this alone, or `require keywords` if the law names it",
                fix=dropping(claim.place, claim.word),
            )
