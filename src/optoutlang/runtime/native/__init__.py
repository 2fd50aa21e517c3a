"""The compiled core: what says in C that a message means nothing, where it was built (docs/decisions/0020).

It stands beside the steps and may only leave out those that find nothing; without it the steps give the same answers.
"""

from __future__ import annotations

import os

from optoutlang.runtime.native.tables import MAX_FILLER_SETS, Classes, Row, Tables

try:
    from optoutlang.runtime.native import prefilter  # the matcher takes it from here
except ImportError:  # not built: no compiler was there
    IS_BUILT = False
    from optoutlang.runtime.native.no_fast_path import FastPath
else:
    IS_BUILT = True
    FastPath = prefilter.FastPath  # type: ignore[misc,assignment]  # of the same face

PURE = "OPTOUTLANG_PURE"
"""The environment variable that forces the steps in Python alone, if it is set and not empty."""


def is_used() -> bool:
    """Tell whether matchers that are made now use the compiled core."""
    return IS_BUILT and not os.environ.get(PURE)


__all__ = [
    "IS_BUILT",
    "MAX_FILLER_SETS",
    "PURE",
    "Classes",
    "FastPath",
    "Row",
    "Tables",
    "is_used",
]
