"""O810 absent-text: `remove sentences` and the like of a text that nothing weaker has.

Nothing happens, although the author meant something to: most often the text is
spelt otherwise, or stands in another section or language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
from optoutlang.language.model.withdrawals import level, reaches
from optoutlang.language.syntax.strings import encode


class _Levels:
    """The statements of a ruleset that can be taken back, by kind and level: many rarely stand in more than a few."""

    def __init__(self, subject: Subject) -> None:
        self._ruleset = subject.ruleset
        self._by_kind: dict[type[Statement], dict[object, dict[str, Statement]]] = {}

    def weaker(self, withdrawal: Withdrawal) -> Iterator[Mapping[str, Statement]]:
        """Yield each level that is weaker than a withdrawal: the first statement of each text."""
        kinds: tuple[type[Statement], ...] = (withdrawal.kind,)
        if withdrawal.kind is ExceptionPhrase:
            kinds = (ExceptionPhrase, ExceptionSentence)
        for kind in kinds:
            for texts in self._levels(kind).values():
                one = next(iter(texts.values()))
                if one.scope in (None, withdrawal.scope) and stronger(
                    self._ruleset, withdrawal, one
                ):
                    yield texts

    def reached(self, withdrawal: Withdrawal) -> list[Mapping[str, Statement]]:
        """Return those that the withdrawal would take back from, were a text its own."""
        return [
            texts
            for texts in self.weaker(withdrawal)
            if reaches(withdrawal, next(iter(texts.values())))
        ]

    def other_kind(self, withdrawal: Withdrawal) -> Statement | None:
        """Return a rule with the text that is of another kind, if there is one."""
        for kind in (Sentence, Phrase, Frame):
            if kind is not withdrawal.kind:
                for texts in self._levels(kind).values():
                    if withdrawal.written in texts:
                        return texts[withdrawal.written]
        return None

    def _levels(self, kind: type[Statement]) -> Mapping[object, Mapping[str, Statement]]:
        if kind not in self._by_kind:
            levels: dict[object, dict[str, Statement]] = {}
            for each in self._ruleset.of(kind):
                levels.setdefault(level(each), {}).setdefault(written_as(each), each)
            self._by_kind[kind] = levels
        return self._by_kind[kind]


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each text that is taken back in vain."""
    levels = _Levels(subject)
    for each in subject.ruleset.of(Withdrawal):
        reached = levels.reached(each)
        if not any(each.written in texts for texts in reached):
            yield _diagnostic(levels, each, reached)


def _diagnostic(
    levels: _Levels, withdrawal: Withdrawal, reached: list[Mapping[str, Statement]]
) -> Diagnostic:
    stated = (each for texts in reached for each in texts.values())
    near = closest(withdrawal.spelling, sorted({*filter(None, map(_spelling, stated))}))
    elsewhere = [
        texts[withdrawal.written]
        for texts in levels.weaker(withdrawal)
        if near is None and withdrawal.written in texts
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
    elif other := levels.other_kind(withdrawal):
        help_ = f"it is a {other.label} there: write `remove {other.label}s`"
    return Diagnostic(
        codes.ABSENT_TEXT,
        f"`{withdrawal.spelling}` is no inherited {_named(withdrawal)}{named(withdrawal.scope)}",
        Label(withdrawal.place, "there is nothing to remove"),
        tuple(Label(each.place, "inherited here") for each in elsewhere[:1]),
        help=help_,
        fix=fix,
    )


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
