"""O812 filler-beside-stop: filler or a tolerance is taken back, so that a message with STOP in it is none any more.

STOP alone always opts out. But where `please` is no filler, `please stop` is
two words that no rule has, and whoever writes it goes on getting messages.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.layers import stronger
from optoutlang.language.model.statement import FillerPhrase, Toleration
from optoutlang.language.model.withdrawal import Withdrawal, written_as
from optoutlang.language.model.withdrawals import reaches
from optoutlang.runtime.terms.action import Tolerance

_NEARLY_STOP = {
    Tolerance.TYPOS: "sotp",
    Tolerance.LOOKALIKES: "ST0P",
    Tolerance.STRETCHES: "stooop",
    Tolerance.NUMBERS: "stop 12345",
}


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each statement of the root file that takes filler or a tolerance back."""
    for each in subject.ruleset.of(Withdrawal):
        if not subject.is_root(each) or not _is_gone(subject, each):
            continue
        message = (
            f"{each.spelling} stop"
            if each.kind is FillerPhrase
            else _NEARLY_STOP[Tolerance(each.written)]
        )
        yield Diagnostic(
            codes.FILLER_BESIDE_STOP,
            f"`{message}` is no longer read as STOP{named(each.scope)}",
            Label(each.place),
            help="keep it, or be sure that people who write so are opted out by other rules",
        )


def _is_gone(subject: Subject, withdrawal: Withdrawal) -> bool:
    reached = (
        each
        for each in subject.ruleset.of(withdrawal.kind)
        if written_as(each) == withdrawal.written
        and reaches(withdrawal, each)
        and stronger(subject.ruleset, withdrawal, each)
    )
    if next(reached, None) is None:
        return False
    table = subject.tables[withdrawal.scope]
    if withdrawal.kind is FillerPhrase:
        return withdrawal.written not in {" ".join(each.tokens) for each in table.fillers}
    return withdrawal.kind is Toleration and withdrawal.written not in {
        each.value for each in table.tolerances
    }
