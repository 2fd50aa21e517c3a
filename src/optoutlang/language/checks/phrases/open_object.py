"""O317 open-object: a phrase that stops before it says what it is about: `want to cancel`, `opt out of`.

A phrase decides wherever it stands, so that `I want to cancel my appointment`
is an opt-out. Which words leave the object open is a list for each language.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.pattern import rows
from optoutlang.language.model.statement import Phrase
from optoutlang.language.words.open_ends import is_open


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each phrase of the root file with a reading whose object is open."""
    for phrase in subject.ruleset.of(Phrase):
        if not subject.is_root(phrase):
            continue
        readings = [row for row in rows(phrase.pattern) if len(row) > 1]
        row = next((each for each in readings if is_open(each, phrase.language)), None)
        if row is not None:
            text = " ".join(row)
            yield Diagnostic(
                codes.OPEN_OBJECT,
                f"`{text}` leaves open what it is about",
                Label(phrase.place, "one way to read this" if len(readings) > 1 else ""),
                notes=(f"a phrase decides whatever follows: `{text} …` about anything else, too",),
                help="add what it is about, such as the messages, or write it in `sentences`",
            )
