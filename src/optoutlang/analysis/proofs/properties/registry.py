"""All properties, in the order in which they are reported."""

from __future__ import annotations

from optoutlang.analysis.proofs.properties import (
    additions,
    buttons,
    canonical_text,
    exact_first,
    irremovable,
    isolation,
    order,
    own_replies,
    precedence,
    protected_words,
    reachability,
    replies,
)
from optoutlang.analysis.proofs.properties.verdict import Property

ALL: tuple[Property, ...] = (
    protected_words.PROPERTY,
    exact_first.PROPERTY,
    irremovable.PROPERTY,
    additions.PROPERTY,
    isolation.PROPERTY,
    order.PROPERTY,
    precedence.PROPERTY,
    reachability.PROPERTY,
    replies.PROPERTY,
    own_replies.PROPERTY,
    buttons.PROPERTY,
    canonical_text.IDEMPOTENCE,
    canonical_text.APART,
)
