"""The plain webhook: a documented JSON form for whoever has no provider of ours (docs/gateway.md)."""

from __future__ import annotations

from optoutlang.providers.plain.provider import Plain

__all__ = ["Plain"]
