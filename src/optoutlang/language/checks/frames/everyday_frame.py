"""O718 everyday-frame: a frame of one part that an everyday word is enough for.

Classes are made for frames of several parts, where their words explain one
another. Alone, `stop` would opt out whoever stops by.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.phrases.everyday_words import EVERYDAY, SHORT
from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.frame_rows import Row, rows_of
from optoutlang.language.model.members import ClassTexts, class_texts
from optoutlang.language.model.statement import Frame, WordClass


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each such frame of the root file; one with needs, or at a sentence's edge, has more."""
    own = [each for each in subject.ruleset.of(Frame) if subject.is_root(each)]
    texts = class_texts(subject.ruleset.of(WordClass)) if own else {}
    for frame in own:
        if frame.needs or frame.begins or frame.ends:
            continue
        words = (word for row in rows_of(frame.pattern) for word in _alone(row, texts))
        word = next((each for each in words if each in EVERYDAY or len(each) <= SHORT), None)
        if word is not None:
            yield Diagnostic(
                codes.EVERYDAY_FRAME,
                f"this frame fires on every message with `{word}` in it",
                Label(frame.place),
                help="add a part, take the word out of the class, "
                "or say with `needs` what else the message must speak of",
            )


def _alone(row: Row, texts: ClassTexts) -> tuple[str, ...]:
    """Return the words of a row of one part that are one token."""
    if len(row) > 1:
        return ()
    part = row[0]
    found = (" ".join(part.literal),) if part.word_class is None else texts.get(part.word_class, ())
    return tuple(each for each in found if " " not in each)
