"""O401 reply-too-long: a reply is longer than the limit of a context that sends it (docs/language.md §6).

A reply that no context sends, because each has a stronger one, must keep to the limit of its own scope.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.reply_limits import limit_in
from optoutlang.language.model.reply_settings import ReplyLimit
from optoutlang.language.model.runtime_variables import greatest_lengths
from optoutlang.language.model.statement import ReplyText
from optoutlang.runtime.program import REPLY_LIMIT, reply_length
from optoutlang.runtime.terms.reply_text import longest_text, variables_in


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each reply that is too long somewhere, by the lowest of the limits there."""
    limits = {scope: limit_in(subject.ruleset, scope) for scope in subject.scopes}
    declared = greatest_lengths(subject.ruleset)
    for reply in subject.ruleset.of(ReplyText):
        if reply.text is None:
            continue
        length = reply_length(longest_text(reply.text, declared))
        sending = [
            scope
            for scope in subject.contexts(reply.scope)
            if subject.tables[scope].answering(reply) is reply
        ]
        scope = min(sending or [reply.scope], key=lambda each: _most(limits[each]))
        if length > _most(limits[scope]):
            has_variables = bool(variables_in(reply.text, declared))
            yield _diagnostic(subject, reply, length, limits[scope], has_variables=has_variables)


def _most(limit: ReplyLimit | None) -> int:
    return REPLY_LIMIT if limit is None else limit.most


def _diagnostic(
    subject: Subject,
    reply: ReplyText,
    length: int,
    limit: ReplyLimit | None,
    *,
    has_variables: bool,
) -> Diagnostic:
    where = f" in {limit.scope}" if limit is not None and limit.scope else ""
    up_to = "up to " if has_variables else ""
    shorten = f"take out {length - _most(limit)}; variables count with their values"
    if not subject.is_root(reply):
        shorten = "state a shorter reply in this file, or a higher limit"
    elif limit is not None and limit.scope != reply.scope:
        shorten += f", or state a shorter reply in `country {limit.scope} {{ }}`"
    return Diagnostic(
        codes.REPLY_TOO_LONG,
        f"this reply has {up_to}{length} characters; {_most(limit)} is the most{where}",
        Label(reply.place),
        () if limit is None else (Label(limit.place, "the limit"),),
        help=shorten,
    )
