"""A short torture at every run of the tests; `make torture-gateway` is the long one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.consent.stores.server import with_schema
from tests.interfaces.gateway.torture.run import torture

pytestmark = pytest.mark.slow

KILLS = 3


@pytest.mark.thorough
def test_kills_lose_and_double_nothing_on_sqlite(tmp_path: Path) -> None:
    result = torture(str(tmp_path / "consent.db"), tmp_path, KILLS)
    assert (result.wrong, result.kills) == (0, KILLS), result
    assert result.opted_out > 0


@pytest.mark.thorough
def test_kills_lose_and_double_nothing_on_postgresql(tmp_path: Path, postgresql: str) -> None:
    result = torture(with_schema(postgresql, f"gateway_torture_{tmp_path.name}"), tmp_path, KILLS)
    assert (result.wrong, result.kills) == (0, KILLS), result
    assert result.opted_out > 0
