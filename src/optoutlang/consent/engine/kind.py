"""Values of the wrong type: refused where a caller hands them in, as `wish="opt-out"` would else pass for an opt-in."""

from __future__ import annotations


def require_kind(value: object, kind: type, name: str) -> None:
    """Refuse a value that is not of a type; `name` says what the value is, as `the wish of an event`.

    Raises:
        TypeError: it is of another type.
    """
    if not isinstance(value, kind):
        raise TypeError(f"{name} is of the type {kind.__name__}, not {type(value).__name__}")
