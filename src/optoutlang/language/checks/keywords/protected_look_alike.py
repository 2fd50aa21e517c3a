"""O203 protected-look-alike: a keyword that looks like STOP, START or HELP and is another word.

Whoever reviews the file, or types the word from a poster, cannot tell them apart.
A slip of the finger that keeps its action is no disguise: `ST0P` and `СТОР` may opt out.
"""

from __future__ import annotations

from collections.abc import Iterator

from optoutlang.language.checks.keywords.look_alikes import TYPED, skeleton
from optoutlang.language.checks.subject import Subject
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.statement import Claim, Removal
from optoutlang.runtime.program import PROTECTED_KEYS


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each keyword or removal of the root file that hides a protected word."""
    statements: tuple[Claim | Removal, ...] = (
        *subject.ruleset.of(Claim),
        *subject.ruleset.of(Removal),
    )
    for each in statements:
        seen_as = skeleton(each.key)
        if subject.is_root(each) and hides_protected(each):
            odd = sorted(char for char in set(each.key) if char not in seen_as)
            named = ", ".join(f"`{char}` (U+{ord(char):04X})" for char in odd)
            yield Diagnostic(
                codes.PROTECTED_LOOK_ALIKE,
                f"`{each.word}` looks like {seen_as.upper()}, but has {named}",
                Label(each.place),
                help=f"{seen_as.upper()} itself needs no statement; take this word out if it was meant",
            )


def hides_protected(statement: Claim | Removal) -> bool:
    """Tell whether a statement's word looks like a protected word without being one."""
    key, seen_as = statement.key, skeleton(statement.key)
    if key in PROTECTED_KEYS or seen_as not in PROTECTED_KEYS:
        return False
    keeps = isinstance(statement, Claim) and statement.action is PROTECTED_KEYS[seen_as]
    return not (keeps and TYPED.intersection(key))
