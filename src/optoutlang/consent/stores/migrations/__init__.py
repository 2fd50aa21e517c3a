"""The migrations of the stores' schema, by Alembic."""
