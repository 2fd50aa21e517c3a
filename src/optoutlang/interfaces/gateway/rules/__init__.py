"""The rules of a gateway: compiled at the start, looked at while it runs, exchanged between two events."""

from __future__ import annotations

from optoutlang.interfaces.gateway.rules.build import Built, RefusedError, build
from optoutlang.interfaces.gateway.rules.load import load_rules

__all__ = ["Built", "RefusedError", "build", "load_rules"]
