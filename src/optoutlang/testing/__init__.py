"""For the tests of services that use optoutlang: Hypothesis strategies, and assertions that explain failures.

Strategies: `rulesets`, `messages`, `noise`, `spellings`, `contexts`. Assertions:
`assert_means`, `assert_opts_out` and the like. The pytest plugin, which runs the
`test` blocks of `.optout` files, needs no import. See docs/testing-your-service.md.
"""

from __future__ import annotations

from optoutlang.testing.assertions import (
    assert_means,
    assert_means_nothing,
    assert_opts_out,
    assert_suggests,
)
from optoutlang.testing.messages import Context, Kind, contexts, messages
from optoutlang.testing.noise import noise, spellings
from optoutlang.testing.rulesets import GeneratedRuleset, rulesets

__all__ = [
    "Context",
    "GeneratedRuleset",
    "Kind",
    "assert_means",
    "assert_means_nothing",
    "assert_opts_out",
    "assert_suggests",
    "contexts",
    "messages",
    "noise",
    "rulesets",
    "spellings",
]
