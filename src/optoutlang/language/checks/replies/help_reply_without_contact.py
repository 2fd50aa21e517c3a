"""O409 help-reply-without-contact: whoever asks for help gets no number, address or site to turn to."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.replies.links import names_contact
from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.statement import ReplyText
from optoutlang.runtime.program import PROTECTED_KEYS
from optoutlang.runtime.terms.action import Action

ANSWERED = ("", *PROTECTED_KEYS)
"""The replies to HELP itself: what another word is answered with may say something else."""


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each help reply of the root file without a contact."""
    for reply in subject.ruleset.of(ReplyText):
        silent = reply.text is None or names_contact(reply.text)
        usual = reply.key in ANSWERED
        if subject.is_root(reply) and reply.action is Action.HELP and usual and not silent:
            yield Diagnostic(
                codes.HELP_REPLY_WITHOUT_CONTACT,
                "this help reply names no phone number, mail address or site",
                Label(reply.place),
                notes=("US carriers ask for a source of help: CTIA Messaging Principles 5.1.2",),
                help="add one",
            )
