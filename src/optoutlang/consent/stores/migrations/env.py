"""Alembic's entry: migrate over the connection that `create.create_store` gives."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    version_table="consent_version",
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
