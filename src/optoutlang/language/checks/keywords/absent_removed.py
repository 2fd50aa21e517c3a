"""O205 absent-removed: `remove` of a keyword that nothing weaker claims.

Nothing happens, although the author meant something to: most often the word is
spelt differently, or belongs to another action or language.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.edits import dropping, replacing
from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.diagnostics.suggest import closest
from optoutlang.language.model.layers import stronger
from optoutlang.language.model.statement import (
    Claim,
    ExceptionPhrase,
    Phrase,
    Removal,
    Sentence,
)
from optoutlang.language.model.withdrawal import folded
from optoutlang.language.syntax.strings import encode
from optoutlang.runtime.program import PROTECTED_KEYS


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each word that is removed in vain; equal strength is another check's."""
    for removal in subject.ruleset.of(Removal):
        reached = [each for each in _inherited(subject, removal) if _matches(removal, each)]
        if not reached and not _has_equal(subject, removal):
            yield _diagnostic(subject, removal)


def _inherited(subject: Subject, removal: Removal) -> Iterator[Claim]:
    for claim in subject.ruleset.of(Claim):
        if claim.scope in (None, removal.scope) and stronger(subject.ruleset, removal, claim):
            yield claim


def _matches(removal: Removal, claim: Claim) -> bool:
    return claim.key == removal.key and _could_take(removal, claim)


def _could_take(removal: Removal, claim: Claim) -> bool:
    return claim.action is removal.action and removal.language in (None, claim.language)


def _has_equal(subject: Subject, removal: Removal) -> bool:
    return any(
        _matches(removal, claim) and claim.scope == removal.scope and claim.file != removal.file
        for claim in subject.ruleset.of(Claim)
        if not stronger(subject.ruleset, claim, removal)
    )


def _diagnostic(subject: Subject, removal: Removal) -> Diagnostic:
    inherited = list(_inherited(subject, removal))
    words = {
        each.word
        for each in inherited
        if _could_take(removal, each) and each.key not in PROTECTED_KEYS
    }
    near = closest(removal.word, sorted(words))
    other = next((each for each in inherited if each.key == removal.key), None)
    related: tuple[Label, ...] = ()
    text = _text(subject, removal)
    help_text = f"did you mean `{near}`?" if near else "take it out of the list"
    if other is not None and near is None:
        if other.action is not removal.action:
            help_text = (
                f"it is an {other.action.value} keyword: "
                f"write `{other.action.value} {{ remove {removal.word} }}`"
            )
        related = (Label(other.place, f"inherited for {other.action.value} in `{other.language}`"),)
    if text is not None and other is None:
        near = None
        kind = _NAMES[type(text)]
        help_text = f"it is a text of `{kind}`: write `remove {kind} {encode(text.spelling)}`"
        related = (Label(text.place, f"inherited for {text.action.value} in `{text.language}`"),)
    return Diagnostic(
        codes.ABSENT_REMOVED,
        f"`{removal.word}` is no inherited {removal.action.value} keyword{named(removal.scope)}",
        Label(removal.place, "there is nothing to remove"),
        related,
        help=help_text,
        fix=replacing(removal.place, near) if near else dropping(removal.place, removal.word),
    )


_NAMES: dict[type[Phrase], str] = {
    Sentence: "sentences",
    Phrase: "phrases",
    ExceptionPhrase: "except",
}


def _text(subject: Subject, removal: Removal) -> Phrase | None:
    """Return the weaker sentence, phrase or exception of the action that is written as the word is."""
    for kind in _NAMES:
        for each in subject.ruleset.of(kind):
            if (
                each.action is removal.action
                and folded(each.spelling) == folded(removal.word)
                and stronger(subject.ruleset, removal, each)
            ):
                return each
    return None
