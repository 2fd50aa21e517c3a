"""The rules of a gateway at its start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from optoutlang import Matcher
from optoutlang.interfaces.gateway.gateway import RuleSets
from optoutlang.interfaces.gateway.rules.build import build
from optoutlang.interfaces.gateway.settings.model import Rules

STANDARD = "standard"


@dataclass(frozen=True, slots=True)
class Loaded:
    """The rules, and for each (`standard`, or `service <name>`) the files that it was made of."""

    rules: RuleSets
    files: Mapping[str, tuple[str, ...]]


def sources(rules: Rules) -> dict[str, str]:
    """Return where each of the rules comes from, by the name under which the log and the audit know it."""
    return {
        STANDARD: rules.standard,
        **{f"service {name}": each for name, each in rules.custom.items()},
    }


def load_rules(rules: Rules, *, proved: bool = False) -> Loaded:
    """Compile all rules of the settings.

    Raises:
        RefusedError: one of them must not be used.
    """
    built = {name: build(each, proved=proved) for name, each in sources(rules).items()}
    matchers = {name: Matcher.from_bytes(each.artefact) for name, each in built.items()}
    for each in matchers.values():
        each.prepare()  # before messages come in
    return Loaded(assembled(matchers), {name: each.files for name, each in built.items()})


def assembled(matchers: Mapping[str, Matcher]) -> RuleSets:
    """Return rules by their names as the gateway wants them."""
    custom = {
        name.removeprefix("service "): each for name, each in matchers.items() if name != STANDARD
    }
    return RuleSets(matchers[STANDARD], custom)
