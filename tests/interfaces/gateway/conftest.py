"""What tests of the gateway share: a PostgreSQL server."""

from __future__ import annotations

from tests.consent.conftest import postgresql

__all__ = ["postgresql"]
