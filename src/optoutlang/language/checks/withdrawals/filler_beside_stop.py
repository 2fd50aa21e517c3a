"""O812 filler-beside-stop: filler or a tolerance is taken back, so that a message with STOP in it is none any more.

STOP alone always opts out. But where `please` is no filler, `please stop` is
two words that no rule has, and whoever writes it goes on getting messages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.layers import stronger
from optoutlang.language.model.statement import FillerPhrase, Statement, Toleration
from optoutlang.language.model.withdrawal import Withdrawal, written_as
from optoutlang.language.model.withdrawals import level, reaches
from optoutlang.runtime.terms.action import Tolerance

_NEARLY_STOP = {
    Tolerance.TYPOS: "sotp",
    Tolerance.LOOKALIKES: "ST0P",
    Tolerance.STRETCHES: "stooop",
    Tolerance.NUMBERS: "stop 12345",
}


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each statement of the root file that takes filler or a tolerance back."""
    stated = _by_text(subject)
    remaining = {
        scope: {" ".join(each.tokens) for each in table.fillers}
        for scope, table in subject.tables.items()
    }
    for each in subject.ruleset.of(Withdrawal):
        weaker = (
            other
            for other in stated.get((each.kind, each.written), {}).values()
            if reaches(each, other) and stronger(subject.ruleset, each, other)
        )
        if not subject.is_root(each) or next(weaker, None) is None:
            continue
        kept = (
            remaining[each.scope]
            if each.kind is FillerPhrase
            else {tolerance.value for tolerance in subject.tables[each.scope].tolerances}
        )
        if each.written in kept:
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


def _by_text(subject: Subject) -> Mapping[tuple[type[Statement], str], Mapping[object, Statement]]:
    """Return the first filler and tolerance of each level, by kind and text."""
    first: dict[tuple[type[Statement], str], dict[object, Statement]] = {}
    for kind in (FillerPhrase, Toleration):
        for each in subject.ruleset.of(kind):
            first.setdefault((kind, written_as(each)), {}).setdefault(level(each), each)
    return first
