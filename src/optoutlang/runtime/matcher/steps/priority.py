"""The one order of everything that may decide a message (docs/language.md §5).

Theory of operation. Of all that fires in a message the least priority decides,
so the order must be total: two candidates of one message never have the same
priority. It is, because

- the steps stand in one list, and each candidate has its step's place;
- in a step of keywords, `variant` tells once from repeated, and what is
  tolerated is numbered as it is tried; two keywords that a message repeats
  differ in length;
- two sentences or phrases of one action, length and form that end at one place of
  one reading have the same tokens, and so are one entry of the rules.

Why this order: a keyword is the whole message, so it says more than any part;
opt-out goes before help and opt-in because a missed opt-out costs more than a
needless one; a whole sentence says more than a phrase in it, and a longer
phrase more than a shorter one; `Stop.` among other sentences may be said of
something else, so it says least. `prove` checks that the order is total for a
ruleset (`precedence-total`), against the reference interpreter, which has an
order of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from optoutlang.runtime.terms.rest import Rest

WHOLE_SENTENCE = 0
PART_OF_SENTENCE = 1
KEYWORD_SENTENCE = 2
"""The parts of a message that a sentence and a phrase of the rules are: the whole goes before the part.

A keyword among other sentences goes last, so that it hides no phrase.
"""


FORMS: Mapping[Rest, int] = MappingProxyType({Rest.BEFORE: 0, Rest.BEHIND: 1, Rest.NONE: 2})
"""The `form` of a part of a sentence, by where the rule is open; a phrase's is that of no rest."""


class Priority(NamedTuple):
    """What orders candidates: of two, the one with the lesser priority decides.

    The fields count in their order; one that means nothing for a step is 0.
    Each has a name, so that nobody needs to know at which place it stands.
    """

    step: int
    """The place of the step in `STEPS`: an earlier step goes before all that a later one finds."""

    variant: int = 0
    """What the step itself tries first: a keyword once before one that is repeated, a stretch before a typo."""

    rank: int = 0
    """The rank of the action: opt-out, help, opt-in (`Action.rank`)."""

    part: int = 0
    """`WHOLE_SENTENCE`, `PART_OF_SENTENCE` or `KEYWORD_SENTENCE`."""

    length: int = 0
    """How long it is, in tokens or characters, negated: the longest goes first."""

    form: int = 0
    """A sentence that ends so goes before one that begins so, and that before a phrase (`FORMS`)."""

    place: int = 0
    """Where it ends, in tokens or sentences: the one that ends first goes first."""

    way: int = 0
    """`AS_WRITTEN` or `WITHOUT_FILLER`: whose words stand there as written goes first."""
