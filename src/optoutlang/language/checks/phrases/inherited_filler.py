"""O833 inherited-filler: filler that a used file has already, where this one states it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from optoutlang.language.checks.edits import dropping
from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.layers import stronger
from optoutlang.language.model.statement import FillerPhrase


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each filler of the root file that weaker statements give its context anyway."""
    ruleset = subject.ruleset
    given = {scope: _by_tokens(table.fillers) for scope, table in subject.tables.items()}
    for filler in filter(subject.is_root, ruleset.of(FillerPhrase)):
        same = given[filler.scope].get(filler.tokens, ())
        inherited = next((each for each in same if stronger(ruleset, filler, each)), None)
        if inherited is not None:
            yield Diagnostic(
                codes.INHERITED_FILLER,
                f"`{filler.word}` is filler already",
                Label(filler.place, "this changes nothing"),
                (Label(inherited.place, "inherited from here"),),
                help="take it out; or leave it, so that it stays whatever the other file says later",
                fix=dropping(filler.place, filler.word),
            )


def _by_tokens(fillers: Iterable[FillerPhrase]) -> dict[tuple[str, ...], tuple[FillerPhrase, ...]]:
    """Return the first filler of each file and scope by its tokens: of one file and scope, all are equally strong."""
    levels: dict[tuple[str, ...], dict[tuple[int, str | None], FillerPhrase]] = {}
    for each in fillers:
        levels.setdefault(each.tokens, {}).setdefault((each.file, each.scope), each)
    return {tokens: tuple(firsts.values()) for tokens, firsts in levels.items()}
