"""O825 reply-without-brand: a reply of the root file does not say who writes, although the file says who that is."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.statement import ReplyText


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each reply of a section of the root file that does not name the brand."""
    brand = subject.ruleset.brand
    if not brand:
        return
    for reply in subject.ruleset.of(ReplyText):
        if reply.text is None or reply.answer or not subject.is_root(reply):
            continue
        if not reply.names_brand and brand.casefold() not in reply.text.casefold():
            yield Diagnostic(
                codes.REPLY_WITHOUT_BRAND,
                f"this reply does not name `{brand}`",
                Label(reply.place),
                notes=("carriers ask for the name of the programme in every confirmation",),
                help="begin it with `{brand}: `",
            )
