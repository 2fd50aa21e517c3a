"""JSON Lines: an object a line, read strictly."""

from __future__ import annotations

import json
from collections.abc import Mapping

from optoutlang.runtime.terms.json import Json


class BadRowError(ValueError):
    """A row is no message; says why."""


def json_object(line: bytes) -> dict[str, Json]:
    """Return the object of one line.

    Raises:
        BadRowError: the line is not UTF-8, no JSON (RFC 8259) or no object.
    """
    try:
        value: Json = json.loads(
            line.rstrip(b"\r\n").decode("utf-8"), parse_constant=_refuse, parse_float=_finite
        )
    except UnicodeDecodeError as error:
        raise BadRowError("not UTF-8") from error
    except RecursionError as error:
        raise BadRowError("nested too deeply") from error
    except BadRowError:
        raise
    except ValueError as error:
        raise BadRowError(f"not JSON: {str(error).lower()}") from error
    if not isinstance(value, dict):
        raise BadRowError("not a JSON object")
    return value


def optional_text(fields: Mapping[str, object], name: str) -> str | None:
    """Return a field that is a string, null or not there.

    Raises:
        BadRowError: it is something else.
    """
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise BadRowError(f"`{name}` is no string")
    return value


def _refuse(name: str) -> float:
    raise BadRowError(f"not JSON: {name} is no JSON value")


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise BadRowError(f"a number is too large: {digits[:40]}")
    return number
