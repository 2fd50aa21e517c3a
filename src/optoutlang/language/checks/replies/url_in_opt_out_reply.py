"""O407 url-in-opt-out-reply: whoever has just opted out should get a confirmation, and nothing to tap."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.replies.links import hosts, is_shortener
from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.runtime.terms.action import Action


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each opt-out reply of the root file with a link (short links have O406)."""
    for reply in subject.ruleset.replies:
        if subject.is_root(reply) and reply.action is Action.OPT_OUT:
            host = next((each for each in hosts(reply.text or "") if not is_shortener(each)), None)
            if host is not None:
                yield Diagnostic(
                    codes.URL_IN_OPT_OUT_REPLY,
                    f"this opt-out reply links to `{host}`",
                    Label(reply.place),
                    notes=("a confirmation may hold no marketing: 47 CFR 64.1200(a)(12)",),
                    help="confirm that no more messages come, and say how to come back",
                )
