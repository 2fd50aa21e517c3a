"""O314 negating-filler: filler that is a negation, or ends with one: `not`, `please don't`, `nicht`.

Filler is skipped in messages, so that `do not stop` would be `do stop`.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.edits import dropping
from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.statement import FillerPhrase
from optoutlang.language.words.negations import ends_negating


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each filler of the root file that negates in a language of its context."""
    for filler in subject.ruleset.of(FillerPhrase):
        if not subject.is_root(filler):
            continue
        for language in _languages(subject, filler):
            if ends_negating(filler.tokens, language):
                yield Diagnostic(
                    codes.NEGATING_FILLER,
                    f"filler `{filler.word}` says the opposite of what stands beside it",
                    Label(filler.place),
                    notes=("filler is skipped: with it, a message that denies a request makes it",),
                    help="take it out",
                    fix=dropping(filler.place, filler.word),
                )
                break


def _languages(subject: Subject, filler: FillerPhrase) -> tuple[str, ...]:
    """Return the languages in which filler is read: its file's own, and those that its scope prefers.

    A ruleset may hold a hundred languages, and a word of one is a negation in another.
    """
    file = subject.ruleset.files[filler.file]
    return (file.language, *subject.tables[filler.scope].prefer)
