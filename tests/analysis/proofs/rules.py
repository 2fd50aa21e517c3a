"""Small rules to prove things of, with the real compiler or one that has a bug."""

from __future__ import annotations

from collections.abc import Callable

from optoutlang.analysis.proofs.subject import Subject
from optoutlang.language.compiler.from_model import from_model
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.runtime.program import Program
from tests.builders.rulesets import CORE, ruleset_of

Compiler = Callable[[Ruleset], Program]

EVERYDAY = """
    filler "please"
    language fi { opt-out { keywords SEIS, "NOIN SEIS" sentences "alta", "ei viestejä" } }
    language sw { opt-out { keywords SIMAMA, ACHA } }
    language es { opt-out { keywords BASTA, "NO MÁS" phrases "no mas" } opt-in { keywords SÍ, ALTA } }
    language vi { opt-out { keywords DỪNG } help { keywords GIÚP phrases "dung" } }
    country SE { language pt { opt-out { keywords PARE } } }
    country MX { opt-out { keywords SEIS } help { keywords ACHA } }
"""
"""Keywords that are everyday words of others, in the base and in countries, in one token and in several."""


def subject(text: str, *, compiler: Compiler = from_model) -> Subject:
    """Return what `prove` asks about: rules in one file, on top of the protected words in another."""
    files = (("core.optout", f"ruleset core\n{CORE}"), ("rules.optout", f"ruleset rules\n{text}"))
    return Subject.of(ruleset_of(*files), compiler=compiler)


def everyday_subject(text: str = EVERYDAY, *, compiler: Compiler = from_model) -> Subject:
    """Return the same of rules in a pack that ignores everyday words, below an empty root file."""
    files = (
        ("core.optout", f"ruleset core\n{CORE}"),
        ("pack.optout", f"ruleset pack\nignore everyday-words\n{text}"),
        ("root.optout", "ruleset root"),
    )
    return Subject.of(ruleset_of(*files), compiler=compiler)
