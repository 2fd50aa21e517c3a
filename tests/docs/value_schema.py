"""The JSON Schema of the consent engine's values, made from their types: `python -m tests.docs.pages` writes it."""

from __future__ import annotations

import types
from dataclasses import MISSING, fields
from datetime import datetime
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from optoutlang.consent.engine.wire import _TYPES as VALUES

Schema = dict[str, Any]

PLAIN = {str: "string", int: "integer", bool: "boolean", type(None): "null"}
TIME: Schema = {"type": "string", "format": "date-time"}


def value_schema() -> Schema:
    """Return the schema of anything that `optout.consent.engine.wire.encode` gives for a value of a named type."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:optoutlang:schema:consent-value:1",
        "title": "A value of the consent engine: what optout consent history and review --json write, a line each, and "
        "the effect of a dead letter",
        "anyOf": [_reference(name) for name in sorted(VALUES)],
        "$defs": {name: _object(kind) for name, kind in sorted(VALUES.items())},
    }


def _object(kind: type) -> Schema:
    hints = get_type_hints(kind)
    members = {each.name: _member(hints[each.name]) for each in fields(kind)}
    required = [each.name for each in fields(kind) if each.default is MISSING]
    return {
        "type": "object",
        "properties": {"type": {"const": kind.__name__}, **members},
        "required": ["type", *required],
        "additionalProperties": False,
    }


def _member(kind: object) -> Schema:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return {"anyOf": [_member(each) for each in inner]}
    if origin is tuple:
        return _list(inner)
    assert isinstance(kind, type)
    return _value(kind)


def _list(inner: tuple[object, ...]) -> Schema:
    if inner[-1] is Ellipsis:
        return {"type": "array", "items": _member(inner[0])}
    members = [_member(each) for each in inner]
    return {
        "type": "array",
        "prefixItems": members,
        "minItems": len(members),
        "maxItems": len(members),
    }


def _value(kind: type) -> Schema:
    if kind is datetime:
        return TIME
    if kind in PLAIN:
        return {"type": PLAIN[kind]}
    if issubclass(kind, Enum):
        return {"enum": [each.value for each in kind]}
    return _reference(kind.__name__)


def _reference(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}
