"""O312 everyday-sentence: a sentence that is one everyday word, and no keyword of its action.

A sentence decides beside other sentences: `Text.` at the end of `How shall I
reach you? Text.` is a whole one. As a keyword the same word must be the whole
message. A sentence that stands for part of one (`… stop`) is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.phrases.shadowed_sentence import OPEN_ENDS
from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.pattern import rows
from optoutlang.language.model.statement import Sentence
from optoutlang.language.words.answers import everyday


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each sentence of the root file with a reading of one everyday word."""
    for sentence in subject.ruleset.of(Sentence):
        if not subject.is_root(sentence) or any(mark in sentence.spelling for mark in OPEN_ENDS):
            continue
        keywords = subject.tables[sentence.scope].keywords
        for row in rows(sentence.pattern):
            known = keywords.get("".join(row))
            is_known = known is not None and known.action is sentence.action
            if len(row) == 1 and not is_known and everyday(row[0], sentence.language):
                yield Diagnostic(
                    codes.EVERYDAY_SENTENCE,
                    f"a sentence that says only `{row[0]}` means {sentence.action.value}",
                    Label(
                        sentence.place, "one way to read this" if sentence.pattern.count > 1 else ""
                    ),
                    notes=("people say it about other things too, with more sentences around it",),
                    help="add words to it, or make it a keyword, which must be the whole message",
                )
                break
