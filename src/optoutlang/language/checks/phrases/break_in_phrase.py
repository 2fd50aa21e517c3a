"""O315 break-in-phrase: a sentence, phrase, exception or frame with the end of a sentence inside: `no, stop`.

None of them reaches across the end of a sentence (docs/language.md §5), and a
comma is one: a message that is written as the rule is never matched by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from optoutlang.language.checks.phrases.regular_expression import sign_in
from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from optoutlang.language.model.pattern import Choice, Pattern, Text
from optoutlang.language.model.statement import ExceptionPhrase, Frame, Phrase, Sentence
from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.matcher.sentences import BREAKS, sentences

_ENDS = re.compile(f"[{re.escape(BREAKS)}]|- ")
_BRACKETS = "()[]"
_INSIDE = re.compile(
    rf"(?<=[\w)\]])\s*(?:[{re.escape(''.join(set(BREAKS) - set(_BRACKETS)))}]+|\s-+(?=\s))\s*(?=[\w(\[])"
)


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each rule of the root file that holds a sentence's end."""
    ruleset = subject.ruleset
    for phrase in (*ruleset.of(Sentence), *ruleset.of(Phrase), *ruleset.of(ExceptionPhrase)):
        if not subject.is_root(phrase) or not _has_ends(phrase.pattern):
            continue
        texts = phrase.pattern.texts()
        broken = [text for text in texts if _is_broken(text)]
        if broken and sign_in(phrase) is None:  # O313 tells of the marks of regular expressions
            noun = "exception" if isinstance(phrase, ExceptionPhrase) else phrase.label
            some = "" if len(broken) == len(texts) else "one way to read "
            yield Diagnostic(
                codes.BREAK_IN_PHRASE,
                f"{some}this {noun} holds the end of a sentence, which no rule reaches across",
                Label(
                    phrase.place, "" if len(broken) == 1 == len(texts) else f"`{broken[0].strip()}`"
                ),
                notes=("a comma, full stop, question mark or line break ends a sentence",),
                help="take the mark out, or write the two parts as two rules",
                fix=_fix(phrase),
            )
    for frame in ruleset.of(Frame):
        if (
            subject.is_root(frame)
            and _has_ends(frame.pattern)
            and any(map(_is_broken, _read(frame)))
        ):
            yield Diagnostic(
                codes.BREAK_IN_PHRASE,
                "this frame holds the end of a sentence, which no rule reaches across",
                Label(frame.place),
                notes=("a comma, full stop, question mark or line break ends a sentence",),
                help="take the mark out, or write the two parts as two frames",
            )


def _read(frame: Frame) -> Iterator[str]:
    """Yield the rows of a frame as texts, with some word for each class and gap."""
    for row in frame.pattern.written_out():
        yield "".join(part.text if isinstance(part, Text) else "x" for part in row)


def _has_ends(pattern: Pattern) -> bool:
    return any(
        any(map(_has_ends, part.options))
        if isinstance(part, Choice)
        else isinstance(part, Text) and bool(_ENDS.search(part.text))
        for part in pattern.parts
    )


def _is_broken(text: str) -> bool:
    return sum(1 for piece in sentences(text) if tokens(piece)) > 1


def _fix(phrase: Phrase) -> Fix | None:
    """Return the fix that takes the marks out; None where they come from a variable or an escape."""
    span = phrase.place.span
    written = phrase.place.source.text[span.start : span.end]
    plain = _INSIDE.sub(" ", written)
    if plain == written or "\\" in written or "{" in written:
        return None
    return Fix(f"write {plain}", (Edit(phrase.place, plain),))
