"""O409 help-reply-without-contact: whoever asks for help gets no number, address or site to turn to."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.replies.links import names_contact
from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.runtime.terms.action import Action


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each help reply of the root file without a contact."""
    for reply in subject.ruleset.replies:
        silent = reply.text is None or names_contact(reply.text)
        if subject.is_root(reply) and reply.action is Action.HELP and not silent:
            yield Diagnostic(
                codes.HELP_REPLY_WITHOUT_CONTACT,
                "this help reply names no phone number, mail address or site",
                Label(reply.place),
                notes=("US carriers ask for a source of help: CTIA Messaging Principles 5.1.2",),
                help="add one",
            )
