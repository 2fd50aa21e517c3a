"""Functions of SQL for DuckDB, which hands them columns of Arrow."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import duckdb
import pyarrow as pa
from duckdb.func import FunctionNullHandling, PythonUDFType
from duckdb.sqltypes import BOOLEAN, VARCHAR, DuckDBPyType

from optoutlang.runtime.batch import arrow
from optoutlang.runtime.batch.fields import ALL, Kind
from optoutlang.runtime.batch.rules import Rules, matcher_of
from optoutlang.runtime.matcher import Matcher

Function = Callable[[pa.ChunkedArray, pa.ChunkedArray], pa.Array]


def register(
    connection: duckdb.DuckDBPyConnection, rules: Rules, *, prefix: str = "optout"
) -> None:
    """Create the functions of a matcher in a connection; they take the text and its country, which may be NULL.

    `optout(text, country)` gives a STRUCT of all fields of a decision, NULL where the text means nothing;
    `optout_FIELD(text, country)`, such as `optout_action`, gives one field, and costs less. Functions of another
    `prefix` may ask other rules at the same time; those of the same one are replaced.

    Raises:
        ValueError, OSError, ArtefactError: `rules` are no rules, as for `optoutlang.arrow.match`.
    """
    matcher = matcher_of(rules)
    _create(connection, prefix, _whole(matcher), _struct_type(connection))
    for each in ALL:
        kind = _type_of(connection, each.kind)
        _create(connection, f"{prefix}_{each.name}", _one(matcher, each.name), kind)


def _create(
    connection: duckdb.DuckDBPyConnection, name: str, function: Function, kind: DuckDBPyType
) -> None:
    with suppress(duckdb.InvalidInputException):  # there was none
        connection.remove_function(name)
    connection.create_function(
        name,
        function,
        [VARCHAR, VARCHAR],
        kind,
        type=PythonUDFType.ARROW,
        null_handling=FunctionNullHandling.SPECIAL,  # a text has its meaning without a country
    )


def _whole(matcher: Matcher) -> Function:
    def decision(texts: pa.ChunkedArray, countries: pa.ChunkedArray) -> pa.Array:
        return _joined(arrow.match(matcher, texts, country=countries))

    return decision


def _one(matcher: Matcher, name: str) -> Function:
    def field(texts: pa.ChunkedArray, countries: pa.ChunkedArray) -> pa.Array:
        found = _joined(arrow.match(matcher, texts, country=countries, fields=(name,)))
        return found.flatten()[0]

    return field


def _joined(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _type_of(connection: duckdb.DuckDBPyConnection, kind: Kind) -> DuckDBPyType:
    if kind is Kind.TEXTS:
        return connection.list_type(VARCHAR)
    return BOOLEAN if kind is Kind.FLAG else VARCHAR


def _struct_type(connection: duckdb.DuckDBPyConnection) -> DuckDBPyType:
    return connection.struct_type({each.name: _type_of(connection, each.kind) for each in ALL})
