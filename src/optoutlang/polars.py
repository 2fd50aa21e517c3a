"""The namespace `optout` of expressions of Polars (docs/batch.md); needs the extra `polars`.

import optoutlang.polars
import polars as pl

frame.with_columns(said=pl.col("body").optout.match("rules.optoutc", country=pl.col("country")))
"""

from __future__ import annotations

from optoutlang.runtime.terms.extra import needs_extra

with needs_extra("polars", "Polars"):
    from optoutlang.runtime.batch.polars import OptOutExpressions, OptOutSeries, decision_type

__all__ = [
    "OptOutExpressions",
    "OptOutSeries",
    "decision_type",
]
