"""O811 protected-text: a sentence or phrase that may be STOP, START or HELP alone is taken back or excepted.

The protected words keep their meaning wherever they are a whole sentence of a
message, as they do where they are all of it (docs/language.md §4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.layers import stronger
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import ExceptionSentence, Phrase, Sentence, Statement
from optoutlang.language.model.withdrawal import Withdrawal, written_as
from optoutlang.language.model.withdrawals import is_protected, is_protected_text, level, reaches


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each statement that tries."""
    ruleset = subject.ruleset
    protected = _protected(ruleset) if ruleset.of(Withdrawal) else {}
    for each in ruleset.of(Withdrawal):
        for phrase in protected.get((each.kind, each.written), {}).values():
            if (
                reaches(each, phrase)
                and phrase.scope in (None, each.scope)
                and stronger(ruleset, each, phrase)
            ):
                yield Diagnostic(
                    codes.PROTECTED_TEXT,
                    f"`{each.spelling}` may be a protected word and can never be removed",
                    Label(each.place),
                    (Label(phrase.place, "one of its texts is STOP, START or HELP"),),
                    help="take single texts of it out with `except sentences`",
                )
                break
    for exception in ruleset.of(ExceptionSentence):
        if any(is_protected_text(exception.action, text) for text in exception.texts()):
            yield Diagnostic(
                codes.PROTECTED_TEXT,
                f"`{exception.spelling}` would take a protected word out of sentences",
                Label(exception.place),
                help="STOP, START and HELP keep their meaning in every ruleset",
            )


def _protected(
    ruleset: Ruleset,
) -> Mapping[tuple[type[Statement], str], Mapping[object, Phrase]]:
    """Return the first sentence or phrase of each level that may be a protected word, by kind and text."""
    first: dict[tuple[type[Statement], str], dict[object, Phrase]] = {}
    for phrase in (*ruleset.of(Sentence), *ruleset.of(Phrase)):
        if is_protected(phrase):
            same = first.setdefault((type(phrase), written_as(phrase)), {})
            same.setdefault(level(phrase), phrase)
    return first
