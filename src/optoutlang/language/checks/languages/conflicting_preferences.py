"""O504 conflicting-preferences: files of equal strength prefer different languages in one scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.layers import strongest
from optoutlang.language.model.ruleset import Preference


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each pair of preferences that nothing stronger settles."""
    stated: dict[str | None, list[Preference]] = defaultdict(list)
    for each in subject.ruleset.preferences:
        stated[each.scope].append(each)
    for preferences in stated.values():
        first, *others = strongest(subject.ruleset, preferences)
        other = next((each for each in others if each.tags != first.tags), None)
        if other is not None:
            yield Diagnostic(
                codes.CONFLICTING_PREFERENCES,
                f"two preferences{named(first.scope)}, neither of which is stronger",
                Label(first.place, "one preference"),
                (Label(other.place, "the other"),),
                help=f"state `prefer` in `{subject.ruleset.root.text.path}`",
            )
