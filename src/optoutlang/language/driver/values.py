"""Diagnostics and test cases as JSON and back, by the types of their fields.

A value is a frozen dataclass of texts, numbers, enums, tuples and other such
values. A source text is written as its index in a table, a diagnostic code as
its number. Reading takes nothing on trust: each value must have the type that
its field states, and dataclasses hold their own conditions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import TypeVar, Union, cast, get_args, get_origin, get_type_hints

from optoutlang.language.diagnostics.codes import ALL
from optoutlang.language.diagnostics.diagnostic import Code
from optoutlang.language.source.text import SourceText
from optoutlang.runtime.terms.json import Json

_T = TypeVar("_T")
_CODES = {code.id: code for code in ALL}


def to_json(value: object, sources: Sequence[SourceText]) -> Json:
    """Return a value as JSON.

    Raises:
        ValueError: it stands in a source text that is not among `sources`.
        TypeError: it is no value of the kind that this module writes.
    """
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Enum):
        return to_json(value.value, sources)
    if isinstance(value, SourceText):
        return sources.index(value)
    if isinstance(value, Code):
        return value.id
    if isinstance(value, tuple):
        return [to_json(each, sources) for each in value]
    if is_dataclass(value):
        return [to_json(getattr(value, each.name), sources) for each in fields(value)]
    raise TypeError(f"not a value to be written: {value!r}")


def from_json(kind: type[_T], value: Json, sources: Sequence[SourceText]) -> _T:
    """Return the value of a type that JSON stands for.

    Raises:
        ValueError, LookupError, TypeError: it stands for no such value.
    """
    return cast("_T", _read(kind, value, sources))


def _read(kind: object, value: Json, sources: Sequence[SourceText]) -> object:
    if get_origin(kind) in (UnionType, Union):
        return _read_optional(kind, value, sources)
    if get_origin(kind) is tuple:
        (item, _) = get_args(kind)
        return tuple(_read(item, each, sources) for each in _items(value))
    if kind is SourceText:
        return sources[_index(value)]
    if not isinstance(kind, type):
        raise TypeError(f"not a type to be read: {kind!r}")
    if is_dataclass(kind) and kind is not Code:
        return _read_fields(kind, _items(value), sources)
    return _read_plain(kind, value)


def _read_plain(kind: type, value: Json) -> object:
    if kind is Code:
        return _CODES[str(value)]
    if issubclass(kind, Enum):
        return kind(value)
    if kind not in (str, int, bool) or type(value) is not kind:
        raise TypeError(f"{value!r} is not {kind.__name__}")
    return value


def _read_optional(kind: object, value: Json, sources: Sequence[SourceText]) -> object:
    if value is None and NoneType in get_args(kind):
        return None
    (some,) = (each for each in get_args(kind) if each is not NoneType)
    return _read(some, value, sources)


def _read_fields(kind: type, items: list[Json], sources: Sequence[SourceText]) -> object:
    types = _field_types(kind)
    pairs = zip(types.items(), items, strict=True)
    return kind(**{name: _read(each, item, sources) for (name, each), item in pairs})


@cache
def _field_types(kind: type) -> dict[str, object]:
    hints = get_type_hints(kind)
    return {each.name: hints[each.name] for each in fields(kind)}


def _items(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    return value


def _index(value: Json) -> int:
    if type(value) is not int or value < 0:
        raise TypeError(f"{value!r} is no index")
    return value
