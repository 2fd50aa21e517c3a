"""The engine's values as JSON and back: what stores keep, what an export holds.

A value becomes an object that names its type and leaves out what is as by
default; times are ISO 8601 in UTC, enums their values. `decode` builds the
value by its constructor, so that nothing wrong can come in this way.
"""

from __future__ import annotations

import types
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from typing import TypeVar, Union, get_args, get_origin, get_type_hints

from optoutlang.consent.engine import effect, event, record, scope, state
from optoutlang.runtime.terms.decision import Decision

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
T = TypeVar("T")

_TYPES: dict[str, type] = {
    each.__name__: each
    for each in (
        effect.SendReply,
        effect.Forward,
        effect.CancelPending,
        effect.LiftAtProvider,
        effect.AskToText,
        event.InboundMessage,
        event.DeliveryReport,
        event.ConsentReported,
        event.NumberEnded,
        event.ReviewDecided,
        event.Selection,
        event.Undo,
        event.SettingsChanged,
        record.Change,
        record.AuditRecord,
        record.Review,
        scope.Scope,
        scope.Key,
        state.Mark,
        state.Marks,
        state.SentReply,
        state.OpenQuestion,
        state.ConsentState,
        Decision,
    )
}


_KINDS = frozenset(_TYPES.values())
_PLAIN = frozenset({type(None), bool, int, str})


class WireError(ValueError):
    """A JSON value is none of the engine's."""


def encode(value: object) -> Json:
    """Return a value of the engine (an event, an effect, a record, a state, a review) as JSON.

    Raises:
        WireError: the value is none of the engine's.
    """
    kind: type = type(value)
    if kind in _PLAIN:
        return value  # type: ignore[return-value]  # one of _PLAIN
    if kind in _KINDS:
        return _object_of(value, kind)
    if isinstance(value, Enum):
        return value._value_  # type: ignore[no-any-return]  # `value` is the same, and slower
    if isinstance(value, datetime):
        return (value if value.tzinfo is UTC else value.astimezone(UTC)).isoformat()
    if isinstance(value, tuple):
        return [encode(each) for each in value]
    raise WireError(f"no value of the engine: `{type(value).__name__}`")


def decode(kind: type[T], data: Json) -> T:
    """Return the value of a type (one of the engine's) from its JSON.

    Raises:
        WireError: the JSON is no such value.
    """
    found = _decoded(kind, data)
    if not isinstance(found, kind):
        raise WireError(f"a `{kind.__name__}` was expected, not `{type(found).__name__}`")
    return found


def decode_any(data: Json) -> object:
    """Return the value that a JSON object names by its type: an event, an effect.

    Raises:
        WireError: the JSON is no value of the engine.
    """
    if not isinstance(data, dict) or data.get("type") not in _TYPES:
        raise WireError("an object that names one of the engine's types was expected")
    return _decoded(_TYPES[str(data["type"])], data)


def _object_of(value: object, kind: type) -> dict[str, Json]:
    """Return the object of one of our values; flat, as it was a tenth of an inbound message on SQLite."""
    found: dict[str, Json] = {"type": kind.__name__}
    for name, default in _defaults(kind):
        member = getattr(value, name)
        if member is default or (default is not MISSING and member == default):
            continue
        found[name] = member if type(member) in _PLAIN else encode(member)
    return found


@cache
def _defaults(kind: type) -> tuple[tuple[str, object], ...]:
    """Return the members of one of our types with their defaults: asked for at every event."""
    return tuple((each.name, _default(each)) for each in fields(kind))


def _default(member: Field[object]) -> object:
    return member.default if member.default is not MISSING else MISSING


@cache
def _hints(kind: type) -> dict[str, object]:
    return dict(get_type_hints(kind))


def _decoded(kind: object, data: Json) -> object:
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        return _one_of(get_args(kind), data)
    if origin is tuple:
        return _many(get_args(kind), data)
    if isinstance(kind, type) and kind.__name__ in _TYPES and is_dataclass(kind):
        return _object(kind, data)
    if kind is datetime:
        return _time(data)
    if isinstance(kind, type) and issubclass(kind, Enum):
        try:
            return kind(data)
        except ValueError:
            raise WireError(f"no `{kind.__name__}`: `{data}`") from None
    if isinstance(kind, type) and type(data) is kind:
        return data
    raise WireError(f"a value that does not fit: `{data}`")


def _one_of(kinds: tuple[object, ...], data: Json) -> object:
    if data is None and type(None) in kinds:
        return None
    rest = [each for each in kinds if each is not type(None)]
    return _decoded(rest[0], data) if len(rest) == 1 else decode_any(data)


def _many(kinds: tuple[object, ...], data: Json) -> tuple[object, ...]:
    if not isinstance(data, list):
        raise WireError("a list was expected")
    if kinds[-1] is Ellipsis:
        return tuple(_decoded(kinds[0], each) for each in data)
    if len(kinds) != len(data):
        raise WireError(f"a list of {len(kinds)} was expected")
    return tuple(_decoded(kind, each) for kind, each in zip(kinds, data, strict=True))


def _object(kind: type, data: Json) -> object:
    if not isinstance(data, dict) or data.get("type") != kind.__name__:
        raise WireError(f"an object of the type `{kind.__name__}` was expected")
    hints = _hints(kind)
    unknown = data.keys() - hints.keys() - {"type"}
    if unknown:
        raise WireError(f"a `{kind.__name__}` has no `{min(unknown)}`")
    members = {name: _decoded(hints[name], each) for name, each in data.items() if name != "type"}
    try:
        return kind(**members)
    except (TypeError, ValueError) as error:
        raise WireError(f"no `{kind.__name__}`: {error}") from error


def _time(data: Json) -> datetime:
    try:
        return datetime.fromisoformat(str(data))
    except ValueError:
        raise WireError(f"no time: `{data}`") from None
