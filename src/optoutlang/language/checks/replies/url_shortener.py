"""O406 url-shortener: a reply with a public short link, which carriers drop without a word."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.replies.links import hosts, is_shortener
from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each reply of the root file with a public short link."""
    for reply in subject.ruleset.replies:
        if subject.is_root(reply):
            short = next((each for each in hosts(reply.text or "") if is_shortener(each)), None)
            if short is not None:
                yield Diagnostic(
                    codes.URL_SHORTENER,
                    f"`{short}` is a public link shortener",
                    Label(reply.place),
                    notes=("carriers may drop such a message without telling anybody",),
                    help="write the address of your own site",
                )
