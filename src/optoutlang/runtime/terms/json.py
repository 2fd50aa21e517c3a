"""JSON values, as the standard library reads and writes them."""

from __future__ import annotations

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
"""A value that `json.dumps` takes and `json.loads` returns."""
