"""The stores under test: each test of the contract runs with every kind."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from optoutlang.consent import MemoryStore
from optoutlang.consent.stores.create import create_store
from optoutlang.consent.stores.keys import Keys
from optoutlang.consent.stores.port import Store
from optoutlang.consent.stores.privacy import Privacy
from optoutlang.consent.stores.sql.database import Database
from optoutlang.consent.stores.sql.store import SqlStore
from tests.consent.stores.empty import empty
from tests.consent.stores.server import with_schema

KEYS = Keys(index=b"i" * 32, texts=(b"t" * 32,))
IN_DATABASES = (
    *("sqlite", "postgresql", "sqlite under keys"),
    # Outside coverage: each line of it runs with one of the others.
    pytest.param("postgresql under keys", marks=pytest.mark.slow),
)
KINDS = ("memory", *IN_DATABASES)


@dataclass(slots=True)
class Place:
    """Where a store is: it can be opened once more, as another process would."""

    kind: str
    location: str | None = None
    privacy: Privacy | None = None
    memory: MemoryStore = field(default_factory=MemoryStore)
    opened: list[SqlStore] = field(default_factory=list)

    def open(self) -> Store:
        if self.location is None:
            return self.memory
        return self.open_sql()

    def open_sql(self) -> SqlStore:
        assert self.location is not None
        store = SqlStore(Database(self.location), self.privacy)
        self.opened.append(store)
        return store

    def close(self) -> None:
        for each in self.opened:
            each.close()


@pytest.fixture(scope="session")
def schemas(postgresql: str) -> dict[str, str]:
    """Return the URLs of two schemas of this worker: for a readable store, and for one under keys."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    urls = {
        each: with_schema(postgresql, f"{each}_{worker}_{os.getpid()}")
        for each in ("readable", "private")
    }
    for each, url in urls.items():
        create_store(url, privacy=KEYS if each == "private" else None).close()
    return urls


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return two empty stores to copy: a readable one, and one under keys."""
    folder = tmp_path_factory.mktemp("stores")
    paths = {each: folder / f"{each}.db" for each in ("readable", "private")}
    for each, path in paths.items():
        create_store(str(path), privacy=KEYS if each == "private" else None).close()
    return paths


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Yield where an empty store is."""
    yield from make_place(request.param, tmp_path, request)


@pytest.fixture(params=IN_DATABASES)
def sql_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Yield where an empty store in a database is."""
    yield from make_place(request.param, tmp_path, request)


def make_place(kind: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[Place]:
    keys = KEYS if kind.endswith("under keys") else None
    how = "private" if keys else "readable"
    if kind == "memory":
        yield Place(kind)
        return
    location = str(folder / "consent.db")
    if kind.startswith("postgresql"):
        location = request.getfixturevalue("schemas")[how]
    else:
        shutil.copy(request.getfixturevalue("files")[how], location)
    place = Place(kind, location, keys)
    if kind.startswith("postgresql"):
        empty(place.open_sql())
    yield place
    place.close()


@pytest.fixture
def store(place: Place) -> Store:
    return place.open()
