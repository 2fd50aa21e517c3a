"""O832 removed-in-vain: a keyword is removed, and a sentence or phrase of the action is the very same words.

A message of them alone opts out as before; `remove` is about keywords alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.pattern import rows
from optoutlang.language.model.statement import Claim, Phrase, Removal, Sentence
from optoutlang.language.syntax.strings import encode
from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.terms.rest import Rest


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each word that the root file removes, and that is still read as what it was."""
    for removal in subject.ruleset.of(Removal):
        if not subject.is_root(removal):
            continue
        rule = _same(subject, removal)
        if rule is not None:
            is_sentence = isinstance(rule, Sentence)
            kind = "sentences " if is_sentence else ""
            yield Diagnostic(
                codes.REMOVED_IN_VAIN,
                f"`{removal.word}` still means {removal.action.value}{named(removal.scope)}, by a {rule.label}",
                Label(removal.place, "`remove` is about keywords alone"),
                (Label(rule.place, f"the {rule.label}"),),
                help=f"add `except {kind}{encode(' '.join(tokens(removal.word)))}` to the section",
            )


def _same(subject: Subject, removal: Removal) -> Phrase | None:
    """Return a sentence or phrase that is the removed words, where the keyword was removed."""
    table, words = subject.tables[removal.scope], tuple(tokens(removal.word))
    if removal.key in table.keywords and table.keywords[removal.key].action is removal.action:
        return None  # it was not removed: another finding says so
    if not any(
        c.key == removal.key and c.action is removal.action for c in _claims(subject, removal)
    ):
        return None  # nothing was
    excepted = [each for each in table.exceptions if each.action is removal.action]
    for rule in (*table.sentences, *table.phrases):
        if rule.action is not removal.action or removal.language not in (None, rule.language):
            continue
        if isinstance(rule, Sentence):
            if rule.rest is Rest.NONE and words in rows(rule.pattern):
                return rule
        elif words in rows(rule.pattern) and not any(words in rows(e.pattern) for e in excepted):
            return rule
    return None


def _claims(subject: Subject, removal: Removal) -> Iterator[Claim]:
    return (each for each in subject.ruleset.of(Claim) if each.scope in (None, removal.scope))
