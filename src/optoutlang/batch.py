"""Iterables of messages, decided in memory that does not grow with them (docs/batch.md).

Beside it stand `optoutlang.arrow`, `optoutlang.polars`, `optoutlang.duckdb` and `optoutlang.spark`, which need extras.
"""

from __future__ import annotations

from optoutlang.runtime.batch.fields import NAMES as FIELDS
from optoutlang.runtime.batch.stream import match

__all__ = ["FIELDS", "match"]
