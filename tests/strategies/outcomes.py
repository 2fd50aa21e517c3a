"""What a ruleset makes of a message, from the matcher and from the reference interpreter."""

from __future__ import annotations

from dataclasses import replace

from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.reference import decide
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.terms.decision import Decision
from optoutlang.testing.messages import Context


def compiled_decision(
    matcher: Matcher, text: str, context: Context, payload: str | bytes | None = None
) -> Decision | None:
    """Return the matcher's decision, with its digest left empty as the reference leaves it."""
    decision = matcher.match(
        text, country=context.country, language=context.language, payload=payload
    )
    if decision is None:
        return None
    assert decision.digest == matcher.digest
    return replace(decision, digest="")


def reference_decision(
    ruleset: Ruleset, text: str, context: Context, payload: str | None = None
) -> Decision | None:
    """Return the reference interpreter's decision."""
    return decide(
        ruleset, text, country=context.country, language=context.language, payload=payload
    )


def without_rule(decision: Decision | None) -> Decision | None:
    """Return a decision that does not say on which line it stands."""
    return None if decision is None else replace(decision, digest="", rule="")
