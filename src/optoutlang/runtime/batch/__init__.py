"""Many messages at a time: iterables, Arrow, Polars, DuckDB, Spark. Only the first needs no extra."""
