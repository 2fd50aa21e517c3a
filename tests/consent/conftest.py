"""What tests of the stores and of the torture share: a PostgreSQL server."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import NoReturn

import pytest

from tests.consent.stores.server import NoServerError, server_url

REQUIRED = "OPTOUT_TEST_POSTGRESQL"
"""Set to `required` in CI: what was not tested must not pass for tested."""


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Yield the URL of a server; where none can be had, skip, and fail where one was named or is required."""
    with ExitStack() as stack:
        try:
            url = stack.enter_context(server_url())
        except NoServerError as error:
            do_without(str(error), os.environ)
        yield url


def do_without(reason: str, environment: Mapping[str, str]) -> NoReturn:
    """Skip a test that needs a server, or fail it where that would hide that nothing was tested."""
    if environment.get("DATABASE_URL") or environment.get(REQUIRED) == "required":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
