"""O720 shadowed-frame: a frame that another one of its action and language covers, row for row.

A row covers another one of as many parts if each of its parts has all the
other's words and as wide a gap: it then matches in the same places, and is
taken back there by no guard that the other has not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.frame_rows import Row, RowPart, rows_of
from optoutlang.language.model.members import class_texts
from optoutlang.language.model.pattern import ClassName
from optoutlang.language.model.statement import Frame, WordClass

_Texts = Mapping[ClassName, frozenset[str]]


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each frame of the root file that can never be needed."""
    ruleset = subject.ruleset
    if not any(map(subject.is_root, ruleset.of(Frame))):
        return
    texts = {each: frozenset(them) for each, them in class_texts(ruleset.of(WordClass)).items()}
    frames = [(each, rows_of(each.pattern)) for each in ruleset.of(Frame)]
    for place, (frame, rows) in enumerate(frames):
        if not subject.is_root(frame):
            continue
        for other_place, (other, others) in enumerate(frames):
            if frame is other or not _is_as_general(other, frame):
                continue
            if not all(any(_covers(wide, row, texts) for wide in others) for row in rows):
                continue
            if other_place < place or not _is_covered(other, others, frame, rows, texts):
                yield _diagnostic(frame, other)
                break


def _is_covered(
    frame: Frame, rows: tuple[Row, ...], other: Frame, others: tuple[Row, ...], texts: _Texts
) -> bool:
    return _is_as_general(other, frame) and all(
        any(_covers(wide, row, texts) for wide in others) for row in rows
    )


def _is_as_general(wide: Frame, narrow: Frame) -> bool:
    """Tell whether a frame asks for the same, wherever another does, on no more conditions."""
    return (
        (wide.action, wide.language) == (narrow.action, narrow.language)
        and wide.scope in (None, narrow.scope)
        and set(wide.guards) <= set(narrow.guards)
        and set(wide.needs) <= set(narrow.needs)
        and wide.begins <= narrow.begins
        and wide.ends <= narrow.ends
    )


def _covers(wide: Row, narrow: Row, texts: _Texts) -> bool:
    return len(wide) == len(narrow) and all(
        ours.gap >= theirs.gap and _words(ours, texts) >= _words(theirs, texts)
        for ours, theirs in zip(wide, narrow, strict=True)
    )


def _words(part: RowPart, texts: _Texts) -> frozenset[str]:
    if part.word_class is None:
        return frozenset({" ".join(part.literal)})
    return texts.get(part.word_class, frozenset())


def _diagnostic(frame: Frame, other: Frame) -> Diagnostic:
    return Diagnostic(
        codes.SHADOWED_FRAME,
        "this frame says nothing that another one does not say",
        Label(frame.place),
        (Label(other.place, f"covers it: `{other.spelling}`"),),
        help="take it out, or give it fewer guards than the other",
    )
