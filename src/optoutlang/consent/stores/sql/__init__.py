"""The stores on SQLite and PostgreSQL: one set of tables, through SQLAlchemy Core."""
