"""O307 everyday-phrase: a single everyday word as a whole phrase.

A phrase decides wherever it stands in a message, so `phrases "cancel"` would
opt out whoever cancels an appointment.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.phrases.everyday_words import EVERYDAY, SHORT
from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.pattern import rows
from optoutlang.language.model.statement import Phrase


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each phrase of the root file that is one everyday word."""
    for phrase in subject.ruleset.of(Phrase):
        if subject.is_root(phrase):
            single = (row for row in rows(phrase.pattern) if len(row) == 1)
            word = next((token for (token,) in single if _is_everyday(token)), None)
            if word is not None:
                yield _diagnostic(phrase, word)


def _is_everyday(token: str) -> bool:
    return token in EVERYDAY or len(token) <= SHORT


def _diagnostic(phrase: Phrase, word: str) -> Diagnostic:
    return Diagnostic(
        codes.EVERYDAY_PHRASE,
        f"this phrase fires on every message with `{word}` in it",
        Label(phrase.place),
        help="make it a keyword, which must be the whole message, or add words to it",
    )
