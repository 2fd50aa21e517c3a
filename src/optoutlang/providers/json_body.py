"""JSON bodies of webhooks, read so that a wrong one is an error of the sender's and never ours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from optoutlang.providers.webhook import MalformedError

Value = None | bool | int | float | str | list["Value"] | dict[str, "Value"]


def read_object(body: bytes) -> dict[str, Value]:
    """Return the object that a body is.

    Raises:
        MalformedError: it is none, or nests too deep.
    """
    try:
        found: Value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise MalformedError("the body is no JSON") from error
    return as_object(found, "the body")


def as_object(value: Value, name: str) -> dict[str, Value]:
    """Return a value that has to be an object.

    Raises:
        MalformedError: it is none.
    """
    if not isinstance(value, dict):
        raise MalformedError(f"{name} is no JSON object")
    return value


def text(data: Mapping[str, Value], name: str, default: str | None = None) -> str:
    """Return a text of an object; without a default it has to be there and not be empty.

    Raises:
        MalformedError: it is missing or no text.
    """
    found = data.get(name)
    if found is None and default is not None:
        return default
    if not isinstance(found, str) or (default is None and not found.strip()):
        raise MalformedError(f"`{name}` is missing or no text")
    return found


def count(data: Mapping[str, Value], name: str) -> int:
    """Return a number of an object that is not negative; 0 where it is missing.

    Raises:
        MalformedError: it is something else.
    """
    found = data.get(name, 0)
    if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found < 1_000_000_000:
        raise MalformedError(f"`{name}` is no number")
    return found


def time(data: Mapping[str, Value], name: str, default: datetime) -> datetime:
    """Return a time of an object, in UTC where it has no zone.

    Raises:
        MalformedError: it is no time in ISO 8601.
    """
    found = data.get(name)
    if found is None:
        return default
    try:
        at = datetime.fromisoformat(str(found))
        at = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
        return at.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise MalformedError(f"`{name}` is no time in ISO 8601") from error
