"""O404 conflicting-replies: files of equal strength state different replies for one scope, action and language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.layers import strongest
from optoutlang.language.model.statement import ReplyText


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each pair of replies that nothing stronger settles."""
    stated: dict[tuple[object, ...], list[ReplyText]] = defaultdict(list)
    for reply in subject.ruleset.of(ReplyText):
        stated[reply.scope, *reply.slot].append(reply)
    for replies in stated.values():
        first, *others = strongest(subject.ruleset, replies)
        other = next((each for each in others if each.text != first.text), None)
        if other is not None:
            to = f" to `{first.word}`" if first.key else ""
            yield Diagnostic(
                codes.CONFLICTING_REPLIES,
                f"two {first.action.value}{first.of} replies{to} in `{first.language}`{named(first.scope)},"
                " neither of which is stronger",
                Label(first.place, "one reply"),
                (Label(other.place, "the other"),),
                help=f"state the reply in `{subject.ruleset.root.text.path}`",
            )
