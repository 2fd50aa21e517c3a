"""O316 filler-in-phrase: filler among a rule's own words.

Filler is skipped in messages, never in rules (docs/language.md §5): a rule with
`please` in it needs a message with `please` there, and other filler beside it
keeps the message from matching. A reading is left alone if the rule, or another
one of its kind and action, has the same words without the filler.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optoutlang.language.checks.phrases.rows import Row, filler_of
from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.pattern import rows
from optoutlang.language.model.statement import ExceptionPhrase, Phrase, Sentence
from optoutlang.runtime.program import Filler
from optoutlang.runtime.terms.action import Action


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each rule of the root file with a reading that filler would shorten."""
    ruleset = subject.ruleset
    fillers: dict[str | None, Filler] = {}
    for kind in (Sentence, Phrase, ExceptionPhrase):
        rules = ruleset.of(kind)
        own = [each for each in rules if subject.is_root(each)]
        stated = _stated(rules) if own else {}
        for rule in own:
            if rule.scope not in fillers:
                fillers[rule.scope] = filler_of(subject, rule.scope)
            row = _shortened(rule, fillers[rule.scope], stated[rule.action])
            if row is not None:
                yield _diagnostic(rule, row, fillers[rule.scope])


def _stated(rules: tuple[Phrase, ...]) -> dict[Action, set[Row]]:
    stated: dict[Action, set[Row]] = defaultdict(set)
    for rule in rules:
        stated[rule.action].update(rows(rule.pattern))
    return stated


def _shortened(rule: Phrase, filler: Filler, stated: set[Row]) -> Row | None:
    """Return a row that holds filler and is not stated without it."""
    for row in rows(rule.pattern):
        short = tuple(filler.taken_out(row))
        if short and short != row and short not in stated:  # O303 tells of rows of filler alone
            return row
    return None


def _diagnostic(rule: Phrase, row: Row, filler: Filler) -> Diagnostic:
    noun = "exception" if isinstance(rule, ExceptionPhrase) else rule.label
    kept = filler.kept(row)
    skipped = next(place for place in range(len(row)) if place not in kept)
    return Diagnostic(
        codes.FILLER_IN_PHRASE,
        f"`{row[skipped]}` is filler{named(rule.scope)}, and a word of this {noun}",
        Label(rule.place, f"`{' '.join(row)}`" if rule.pattern.count > 1 else ""),
        notes=(
            "only a message with this very word there matches, and with no other filler inside",
        ),
        help=f"take the word out, or write `[{row[skipped]}]` if it may be absent",
    )
