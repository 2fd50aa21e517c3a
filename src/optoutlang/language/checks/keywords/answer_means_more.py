"""O219 answer-means-more: a keyword of an answer that opts out, opts in or asks for help.

An answer is weaker than all of these, whichever file states them, so that such
a message would never get it. A country's statement may take a word of a base
answer for itself: that is how overrides work.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.edits import dropping
from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.layers import stronger
from optoutlang.language.model.statement import AnswerKeyword, Claim


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each keyword of an answer that has a meaning which no stronger statement gives it."""
    for keyword in subject.ruleset.of(AnswerKeyword):
        for scope in subject.contexts(keyword.scope):
            claimed = subject.tables[scope].keywords.get(keyword.key)
            if claimed is None:
                continue
            claim = claimed.claims[0]
            if not stronger(subject.ruleset, claim, keyword):
                yield _diagnostic(keyword, claim)
                break


def _diagnostic(keyword: AnswerKeyword, claim: Claim) -> Diagnostic:
    action = claim.action.value
    return Diagnostic(
        codes.ANSWER_MEANS_MORE,
        f"`{keyword.word}` means {action}{named(claim.scope)}: answer `{keyword.name}` can never have it",
        Label(keyword.place, "an answer is weaker than every request"),
        (Label(claim.place, f"{action} here"),),
        help=f"choose another word, or write `remove {keyword.word}` in `{action}` first",
        fix=dropping(keyword.place, keyword.word),
    )
