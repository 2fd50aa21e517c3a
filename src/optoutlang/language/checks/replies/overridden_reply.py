"""O410 overridden-reply: a base reply of the root file that some countries do not send.

A country statement of a used file is stronger than a base statement of this
one (docs/language.md §4). That is meant, but an author who sets a reply once
hardly expects it.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.statement import ReplyText


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a note for each base reply of the root file that a country of a used file overrides."""
    for reply in subject.ruleset.of(ReplyText):
        if reply.scope is not None or not subject.is_root(reply):
            continue
        others = list(_overriding(subject, reply))
        if others:
            to = f" to `{reply.word}`" if reply.key else ""
            countries = ", ".join(str(each.scope) for each in others)
            yield Diagnostic(
                codes.OVERRIDDEN_REPLY,
                f"this {reply.action.value}{reply.of} reply{to} in `{reply.language}` is not sent in {countries}",
                Label(reply.place),
                tuple(Label(each.place, f"sent in {each.scope}") for each in others[:1]),
                help=f"say it again in `country {countries} {{ }}` if it shall be sent there, too",
            )


def _overriding(subject: Subject, reply: ReplyText) -> Iterator[ReplyText]:
    for country in subject.ruleset.countries:
        sent = subject.tables[country].answering(reply)
        if sent is not None and sent.scope == country and not subject.is_root(sent):
            yield sent
