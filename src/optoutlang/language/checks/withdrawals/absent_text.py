"""O810 absent-text: `remove sentences` and the like of a text that nothing weaker has.

Nothing happens, although the author meant something to: most often the text is
spelt otherwise, or stands in another section or language.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from optoutlang.language.diagnostics.suggest import closest
from optoutlang.language.model.layers import stronger
from optoutlang.language.model.statement import (
    ExceptionPhrase,
    ExceptionSentence,
    FillerPhrase,
    Frame,
    Phrase,
    ReplyText,
    Sentence,
    Statement,
    Toleration,
)
from optoutlang.language.model.withdrawal import Withdrawal, written_as
from optoutlang.language.model.withdrawals import reaches
from optoutlang.language.syntax.strings import encode


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each text that is taken back in vain."""
    for each in subject.ruleset.of(Withdrawal):
        weaker = [other for other in _weaker(subject, each) if reaches(each, other)]
        if not any(written_as(other) == each.written for other in weaker):
            yield _diagnostic(subject, each, weaker)


def _weaker(subject: Subject, withdrawal: Withdrawal) -> Iterator[Statement]:
    kinds: tuple[type[Statement], ...] = (withdrawal.kind,)
    if withdrawal.kind is ExceptionPhrase:
        kinds = (ExceptionPhrase, ExceptionSentence)
    for kind in kinds:
        for other in subject.ruleset.of(kind):
            if other.scope in (None, withdrawal.scope) and stronger(
                subject.ruleset, withdrawal, other
            ):
                yield other


def _diagnostic(subject: Subject, withdrawal: Withdrawal, weaker: list[Statement]) -> Diagnostic:
    near = closest(withdrawal.spelling, sorted({*filter(None, map(_spelling, weaker))}))
    elsewhere = [
        each
        for each in _weaker(subject, withdrawal)
        if near is None and written_as(each) == withdrawal.written
    ]
    help_ = "take it out of the list"
    fix = None
    if near is not None:
        help_ = f"did you mean `{near}`?"
        bare = withdrawal.kind is Toleration
        edit = Edit(withdrawal.place, near if bare else encode(near))
        fix = Fix(f"write `{near}`", (edit,))
    elif elsewhere:
        help_ = "take it back where it is stated: in that section and language"
    elif other := _other_kind(subject, withdrawal):
        help_ = f"it is a {other.label} there: write `remove {other.label}s`"
    return Diagnostic(
        codes.ABSENT_TEXT,
        f"`{withdrawal.spelling}` is no inherited {_named(withdrawal)}{named(withdrawal.scope)}",
        Label(withdrawal.place, "there is nothing to remove"),
        tuple(Label(each.place, "inherited here") for each in elsewhere[:1]),
        help=help_,
        fix=fix,
    )


def _other_kind(subject: Subject, withdrawal: Withdrawal) -> Statement | None:
    """Return a weaker rule with the text that is of another kind, if there is one."""
    for kind in (Sentence, Phrase, Frame):
        for each in subject.ruleset.of(kind):
            if kind is not withdrawal.kind and written_as(each) == withdrawal.written:
                return each
    return None


def _named(withdrawal: Withdrawal) -> str:
    kind = "exception" if withdrawal.kind is ExceptionPhrase else withdrawal.kind.label
    if withdrawal.kind is Toleration:
        kind = "tolerance"
    action = withdrawal.action
    return kind if action is None or withdrawal.kind is Toleration else f"{action.value} {kind}"


def _spelling(statement: Statement) -> str | None:
    match statement:
        case Phrase() | Frame():
            return statement.spelling
        case FillerPhrase():
            return statement.word
        case ReplyText():
            return statement.text
        case Toleration():
            return statement.tolerance.value
        case _:
            return None
