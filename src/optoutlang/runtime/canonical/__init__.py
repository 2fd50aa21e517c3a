"""Canonical text: the one function through which rules and messages alike are read (docs/language.md §3)."""

from __future__ import annotations

from optoutlang.runtime.canonical.tables import TABLES_DIGEST, TABLES_VERSION, UNICODE_VERSION
from optoutlang.runtime.canonical.tokenize import canonical, key, tokens

__all__ = ["TABLES_DIGEST", "TABLES_VERSION", "UNICODE_VERSION", "canonical", "key", "tokens"]
