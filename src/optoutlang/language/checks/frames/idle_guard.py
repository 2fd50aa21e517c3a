"""O717 idle-guard: a guard that can take back no match of any frame that names it.

Nothing stands before a frame that begins a sentence, nothing behind one that
ends it, and nothing between parts without a gap that is wide enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.frame_rows import rows_of
from optoutlang.language.model.members import class_texts
from optoutlang.language.model.pattern import ClassName
from optoutlang.language.model.statement import Frame, Guard, WordClass
from optoutlang.runtime.terms.side import Side

_REASONS = {
    Side.BEFORE: "each frame that names it begins a sentence",
    Side.AFTER: "each frame that names it ends a sentence",
    Side.BETWEEN: "no frame that names it has a gap for its words",
}


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each guard of the root file that never applies; one that nothing names has another."""
    ruleset = subject.ruleset
    if not any(map(subject.is_root, ruleset.of(Guard))):
        return
    texts = class_texts(ruleset.of(WordClass))
    frames: dict[ClassName, list[Frame]] = defaultdict(list)
    for frame in ruleset.of(Frame):
        for name in frame.guards:
            frames[name].append(frame)
    for guard in ruleset.of(Guard):
        naming = frames[guard.key]
        if not subject.is_root(guard) or not naming:
            continue
        lengths = (len(text.split()) for name in guard.classes for text in texts.get(name, ()))
        shortest = min(lengths, default=1)
        if not any(_may_apply(guard.side, frame, shortest) for frame in naming):
            yield Diagnostic(
                codes.IDLE_GUARD,
                f"guard `{guard.name}` takes nothing back: {_REASONS[guard.side]}",
                Label(guard.place),
                tuple(Label(each.place, "a frame that names it") for each in naming[:1]),
                help="take it out of `unless`, or let it look elsewhere",
            )


def _may_apply(side: Side, frame: Frame, shortest: int) -> bool:
    match side:
        case Side.BEFORE:
            return not frame.begins
        case Side.AFTER:
            return not frame.ends
        case Side.BETWEEN:
            return any(part.gap >= shortest for row in rows_of(frame.pattern) for part in row)
        case Side.ANYWHERE:
            return True
