"""Messages in data frames of Spark, in batches and streams (docs/batch.md); needs the extra `spark`.

from optoutlang import spark

spark.match(frame, "rules.optoutc", text="body", country="country")
"""

from __future__ import annotations

from optoutlang.runtime.terms.extra import needs_extra

with needs_extra("spark", "Spark"):
    from optoutlang.runtime.batch.spark import decision_type, match

__all__ = [
    "decision_type",
    "match",
]
