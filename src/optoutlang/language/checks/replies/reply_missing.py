"""O503 reply-missing: keywords or phrases in a language that has no reply of its own for them."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.effective import Table
from optoutlang.language.model.statement import Claim, Frame, Phrase, Sentence
from optoutlang.runtime.program import PROTECTED_KEYS
from optoutlang.runtime.terms.action import Action
from optoutlang.runtime.terms.language import lookup


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each action and language of the root file that another language answers."""
    ruleset = subject.ruleset
    seen: set[tuple[str | None, Action, str]] = set()
    statements: tuple[Claim | Phrase | Frame, ...] = (
        *ruleset.of(Claim),
        *ruleset.of(Sentence),
        *ruleset.of(Phrase),
        *ruleset.of(Frame),
    )
    for each in statements:
        table = subject.tables[each.scope]
        if not subject.is_root(each) or _is_protected(each) or _is_answered(each, table):
            continue
        where = (each.scope, each.action, each.language)
        if where in seen:
            continue
        seen.add(where)
        tags = [tag for action, tag in table.replies if action is each.action]
        if lookup(each.language, tags) is None:
            yield _diagnostic(each, table)


def _is_protected(statement: Claim | Phrase | Frame) -> bool:
    return isinstance(statement, Claim) and statement.key in PROTECTED_KEYS


def _is_answered(statement: Claim | Phrase | Frame, table: Table) -> bool:
    """Tell whether a keyword has a reply of its own in its language."""
    if not isinstance(statement, Claim):
        return False
    wanted = (statement.action, statement.key)
    tags = [tag for action, tag, key in table.keyword_replies if (action, key) == wanted]
    return lookup(statement.language, tags) is not None


def _diagnostic(statement: Claim | Phrase | Frame, table: Table) -> Diagnostic:
    tags = [tag for action, tag in table.replies if action is statement.action]
    base = lookup(table.prefer[-1], tags)
    instead = f"the `{base}` reply is sent" if base is not None else "nothing is sent"
    return Diagnostic(
        codes.REPLY_MISSING,
        f"no {statement.action.value} reply in `{statement.language}`{named(table.scope)}: {instead}",
        Label(statement.place, f"`{statement.language}` begins here"),
        help=f"add a `reply` in `{statement.language}`, or `reply none`",
    )
