"""Messages in columns of Arrow (docs/batch.md); needs the extra `arrow`.

import pyarrow as pa
from optoutlang import arrow

arrow.match("rules.optoutc", pa.array(["STOP", "hello"]), country="US").to_pylist()
"""

from __future__ import annotations

from optoutlang.runtime.terms.extra import needs_extra

with needs_extra("arrow", "a column of Arrow"):
    from optoutlang.runtime.batch.arrow import ROWS, decision_type, match, match_batches

__all__ = [
    "ROWS",
    "decision_type",
    "match",
    "match_batches",
]
