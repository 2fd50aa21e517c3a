"""Make, upgrade and open stores."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, insert, inspect, select

from optoutlang.consent.stores.port import StoreError
from optoutlang.consent.stores.privacy import Privacy, Readable
from optoutlang.consent.stores.sql.database import Database
from optoutlang.consent.stores.sql.store import SqlStore
from optoutlang.consent.stores.sql.tables import META

_LOCK = 0x0970_0C05
"""The advisory lock under which PostgreSQL lets one process migrate at a time."""


def create_store(location: str, *, privacy: Privacy | None = None) -> SqlStore:
    """Make a store, or bring one to the present schema; what is in it stays.

    `location` is the path of a file (SQLite), or a `postgresql://` URL.

    Raises:
        StoreError: it cannot be made there, or was made by a later version or with other keys.
    """
    database = Database(location)
    privacy = privacy or Readable()
    with database.translated():
        _upgrade(database.engine, privacy)
    return SqlStore(database, privacy)


def open_store(location: str, *, privacy: Privacy | None = None) -> SqlStore:
    """Open a store that was made before.

    Raises:
        StoreError: there is none, its schema is an older or later one, or it was made with other keys.
    """
    database = Database(location)
    path = database.engine.url.database or ""
    file = Path(path)
    if not database.statements.postgresql and not (file.is_file() and file.stat().st_size):
        raise StoreError(
            f"there is no store `{path}`: `optout consent init --store {path}` makes one"
        )
    with database.translated():
        _require_present(database.engine)
    return SqlStore(database, privacy)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    return config


def _upgrade(engine: Engine, privacy: Privacy) -> None:
    config = _config()
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"BEGIN; SELECT pg_advisory_xact_lock({_LOCK})")
        else:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")  # the file remembers it
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise StoreError(
                "the store was made by a later version of optoutlang: upgrade optoutlang"
            ) from error
        known = connection.execute(select(META.c.value).where(META.c.name == "privacy")).first()
        if known is None:
            connection.execute(insert(META).values(name="privacy", value=privacy.fingerprint))
        connection.exec_driver_sql("COMMIT")


def _require_present(engine: Engine) -> None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("consent_version"):
            raise StoreError(
                "this is no store, or an empty one: `optout consent init` makes it one"
            )
        [version] = connection.exec_driver_sql("SELECT version_num FROM consent_version").one()
        if version != ScriptDirectory.from_config(_config()).get_current_head():
            raise StoreError(
                f"the store has the schema {version}: `optout consent init` brings it to the present one; "
                "if it was made by a later version of optoutlang, upgrade that"
            )
