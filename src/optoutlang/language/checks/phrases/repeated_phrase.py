"""O308 repeated-phrase: a sentence, phrase or exception that says what an earlier one of its place says already."""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.edits import dropping
from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.statement import ExceptionPhrase, ExceptionSentence, Phrase, Sentence


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each sentence, phrase or exception of the root file with the tokens of an earlier one."""
    for noun, phrases in (
        ("sentence", subject.ruleset.of(Sentence)),
        ("phrase", subject.ruleset.of(Phrase)),
        ("exception", subject.ruleset.of(ExceptionPhrase)),
        ("exception", subject.ruleset.of(ExceptionSentence)),
    ):
        seen: dict[tuple[object, ...], Phrase] = {}
        own = [each for each in phrases if subject.is_root(each)]
        for phrase in sorted(own, key=lambda each: each.place.sort_key):
            texts = frozenset(phrase.texts())
            first = seen.setdefault((phrase.scope, phrase.action, phrase.language, texts), phrase)
            if first is not phrase:
                written = phrase.place.source.text[phrase.place.span.start : phrase.place.span.end]
                yield Diagnostic(
                    codes.REPEATED_PHRASE,
                    f"this {noun} is written twice",
                    Label(phrase.place),
                    (Label(first.place, "the first time"),),
                    fix=dropping(phrase.place, written.strip('"')),
                )
