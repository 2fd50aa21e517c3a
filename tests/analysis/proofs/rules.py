"""Small rules to prove things of, with the real compiler or one that has a bug."""

from __future__ import annotations

from collections.abc import Callable

from optoutlang.analysis.proofs.subject import Subject
from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.runtime.program.program import Program
from tests.language.compiler.rulesets import CORE, ruleset_of

Compiler = Callable[[Ruleset], Program]


def subject(text: str, *, compiler: Compiler = from_model) -> Subject:
    """Return what `prove` asks about: rules in one file, on top of the protected words in another."""
    files = (("core.optout", f"ruleset core\n{CORE}"), ("rules.optout", f"ruleset rules\n{text}"))
    return Subject.of(ruleset_of(*files), compiler=compiler)
