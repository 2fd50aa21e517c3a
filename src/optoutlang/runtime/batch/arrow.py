"""Columns of Arrow: messages in, a struct for each out.

Theory of operation. A column is read in parts of 65,536 rows. Where the compiled core runs, it reads the bytes of a
part where they lie, without the GIL, and tells the rows in which some step may find anything; only these become str,
and each different one of them (text, country, language) is decided once. Without the core all rows take this way. The
decisions of a part are few; each row has the number of its own, and the columns are taken from them by that.

Each different text of a dictionary is read once a part, whatever uses it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import repeat

import pyarrow as pa
import pyarrow.compute as pc

from optoutlang.runtime.batch.fields import Field, Kind, chosen
from optoutlang.runtime.batch.rules import Rules, matcher_of
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.terms import Decision

ROWS = 65_536
"""How many rows are decided at a time."""

_KINDS = {Kind.TEXT: pa.string(), Kind.FLAG: pa.bool_(), Kind.TEXTS: pa.list_(pa.string())}
_Texts = Sequence[str | None]


def decision_type(fields: Iterable[str] | None = None) -> pa.StructType:
    """Return the type of a column of decisions: a struct of some fields, all by default."""
    return pa.struct([(each.name, _KINDS[each.kind]) for each in chosen(fields)])


def match(
    rules: Rules,
    texts: pa.Array | pa.ChunkedArray,
    *,
    country: str | pa.Array | pa.ChunkedArray | None = None,
    language: str | pa.Array | pa.ChunkedArray | None = None,
    strict: bool = False,
    fields: Iterable[str] | None = None,
    workers: int = 1,
) -> pa.Array | pa.ChunkedArray:
    """Return what each text of a column means, as a struct that is null where it means nothing.

    `texts` is an array or a chunked array of string, large_string or string_view, or of a dictionary of these, or any
    object that gives one by Arrow's C interface, such as a Series of Polars; null means nothing, and bytes that are no
    UTF-8 are read as U+FFFD. `country` and `language` are one for all rows, or a column of the same length; they are
    read as by `Matcher.match`. `fields` are names of `fields.ALL`. `workers` threads read at the same time, where the
    compiled core runs. An array comes back for an array, else a chunked array.

    Raises:
        TypeError: a column is none of text.
        ValueError: the lengths differ, there is no such field, a path is that of no artefact, or as for
            `Matcher.match` (`strict`).
    """
    column = _column(texts, "texts")
    wanted = chosen(fields)
    context = _Context(
        matcher_of(rules),
        _scalar_or_column(country, "country", len(column)),
        _scalar_or_column(language, "language", len(column)),
        strict,
        wanted,
    )
    parts = list(_parts(column))
    decide = partial(_decided, context)
    if workers > 1 and len(parts) > 1:
        with ThreadPoolExecutor(workers) as pool:
            found = list(pool.map(decide, parts))
    else:
        found = [decide(part) for part in parts]
    chunked = pa.chunked_array(found, type=decision_type(each.name for each in wanted))
    return chunked if isinstance(column, pa.ChunkedArray) else chunked.combine_chunks()


def match_batches(  # noqa: PLR0913 - one for each column and its default
    rules: Rules,
    batches: Iterable[pa.RecordBatch],
    *,
    text: str = "text",
    country: str | None = None,
    country_column: str | None = None,
    language: str | None = None,
    language_column: str | None = None,
    output: str = "decision",
    strict: bool = False,
    fields: Iterable[str] | None = None,
    workers: int = 1,
) -> Iterator[pa.RecordBatch]:
    """Yield record batches with one column more, of decisions, in the memory of one batch.

    `text` names the column of messages, `country_column` and `language_column` those that go before `country` and
    `language`; `output` is the new column's name. Read a Parquet file by
    `pyarrow.parquet.ParquetFile(path).iter_batches()`, or any dataset by `to_batches()`.

    Raises:
        KeyError: a batch has no such column.
        TypeError, ValueError: as for `match`.
    """
    matcher, names = matcher_of(rules), tuple(each.name for each in chosen(fields))
    for batch in batches:
        where = _with_default(batch, country_column, country)
        speaks = _with_default(batch, language_column, language)
        decisions = match(
            matcher,
            _named(batch, text),
            country=where,
            language=speaks,
            strict=strict,
            fields=names,
            workers=workers,
        )
        yield batch.append_column(output, decisions)


def _with_default(batch: pa.RecordBatch, name: str | None, default: str | None) -> object:
    """Return a column with something for its nulls, or that for all rows."""
    if name is None:
        return default
    column = _named(batch, name)
    return column if default is None else pc.fill_null(_plain(column), default)


def _named(batch: pa.RecordBatch, name: str) -> pa.Array:
    """Return a column.

    Raises:
        KeyError: there is none of the name, or several.
    """
    names = batch.schema.names
    if names.count(name) != 1:
        there = ", ".join(f"`{each}`" for each in names)
        raise KeyError(f"{names.count(name) or 'no'} columns are `{name}`; there are {there}")
    return batch.column(name)


@dataclass(frozen=True, slots=True)
class _Context:
    """What all parts of a column share."""

    matcher: Matcher
    country: str | pa.Array | pa.ChunkedArray | None
    language: str | pa.Array | pa.ChunkedArray | None
    strict: bool
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """Some rows of a column: where they begin in it, and their texts."""

    begin: int
    texts: pa.Array


def _column(values: object, name: str) -> pa.Array | pa.ChunkedArray:
    """Return an argument as Arrow.

    Raises:
        TypeError: it is no column, or none of text.
    """
    if hasattr(values, "__arrow_c_stream__") and not isinstance(values, pa.ChunkedArray):
        values = pa.chunked_array(values)
    elif hasattr(values, "__arrow_c_array__") and not isinstance(values, pa.Array):
        values = pa.array(values)
    if not isinstance(values, (pa.Array, pa.ChunkedArray)):
        raise TypeError(f"`{name}` is no column of Arrow but {type(values).__name__}")
    kind = values.type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if not (_is_text(kind) or pa.types.is_null(kind)):
        raise TypeError(f"`{name}` is a column of {values.type}, not of text")
    return values


def _is_text(kind: pa.DataType) -> bool:
    types = pa.types
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _scalar_or_column(
    value: object, name: str, length: int
) -> str | pa.Array | pa.ChunkedArray | None:
    if value is None or isinstance(value, str):
        return value
    column = _column(value, name)
    if len(column) != length:
        raise ValueError(f"`{name}` has {len(column)} rows, and `texts` has {length}")
    return column


def _parts(column: pa.Array | pa.ChunkedArray) -> Iterator[_Part]:
    begin = 0
    for chunk in column.chunks if isinstance(column, pa.ChunkedArray) else (column,):
        for place in range(0, len(chunk), ROWS):
            part = chunk.slice(place, ROWS)
            yield _Part(begin, part)
            begin += len(part)


def _decided(context: _Context, part: _Part) -> pa.Array:
    """Return the decisions of some rows."""
    length = len(part.texts)
    countries = _slice(context.country, part.begin, length)
    languages = _slice(context.language, part.begin, length)
    if context.strict:
        _check(context.matcher, countries, languages)
    texts, codes = part.texts, None
    by_text = not isinstance(countries, pa.Array) and not isinstance(languages, pa.Array)
    if pa.types.is_dictionary(texts.type) and by_text:
        used = texts.indices.dictionary_encode()
        texts, codes = texts.dictionary.take(used.dictionary), used.indices
    texts = _plain(texts)
    rows = _rows(context.matcher, texts, countries)
    places, decisions = _places(context, texts, rows, countries, languages)
    if codes is not None:
        places = pc.fill_null(places.take(codes), 0)
    return _struct(places, decisions, context.fields)


def _check(
    matcher: Matcher, countries: str | pa.Array | None, languages: str | pa.Array | None
) -> None:
    """Refuse a country or language that is none, in whatever row it stands.

    Raises:
        ValueError: it is none.
    """
    for country in _different(countries):
        matcher.match("", country=country, strict=True)
    for language in _different(languages):
        matcher.match("", language=language, strict=True)


def _different(values: str | pa.Array | None) -> _Texts:
    return _texts(values.unique(), None) if isinstance(values, pa.Array) else (values,)


def _slice(
    values: str | pa.Array | pa.ChunkedArray | None, begin: int, length: int
) -> str | pa.Array | None:
    if values is None or isinstance(values, str):
        return values
    part = values.slice(begin, length)
    return _plain(part.combine_chunks() if isinstance(part, pa.ChunkedArray) else part)


def _plain(column: pa.Array) -> pa.Array:
    """Return a column of text as string or large_string."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    if pa.types.is_string_view(kind):
        return column.cast(pa.large_string())
    return column.cast(pa.string()) if pa.types.is_null(kind) else column


def _rows(matcher: Matcher, texts: pa.Array, countries: str | pa.Array | None) -> pa.Array | None:
    """Return the numbers of the rows in which some step may find anything; None: not known of any."""
    fillers = _fillers(matcher, countries, len(texts))
    if fillers is None or matcher.prefilter is None:
        return None
    _, offsets, data = texts.buffers()
    found = matcher.prefilter.column(
        _bytes(data),
        _bytes(offsets),
        large=pa.types.is_large_string(texts.type),
        first=texts.offset,
        fillers=fillers,
    )
    places = pa.Array.from_buffers(pa.uint8(), len(found), [None, pa.py_buffer(found)])
    return pc.indices_nonzero(places)


def _bytes(buffer: pa.Buffer | None) -> memoryview:
    return memoryview(b"" if buffer is None else buffer).cast("B")


def _fillers(matcher: Matcher, countries: str | pa.Array | None, length: int) -> bytes | None:
    """Return the number of each row's set of fillers; None where the core cannot rule out any text."""
    if not isinstance(countries, pa.Array):
        number = matcher.fillers(countries)
        return None if number is None else bytes([number]) * length
    encoded = countries.dictionary_encode(null_encoding="encode")
    numbers = [matcher.fillers(each) for each in encoded.dictionary.to_pylist()]
    if None in numbers:
        return None
    known = pa.array(numbers, pa.uint8()).take(encoded.indices)
    data = known.buffers()[1]
    return b"" if data is None else bytes(data)[known.offset : known.offset + length]


def _places(
    context: _Context,
    texts: pa.Array,
    rows: pa.Array | None,
    countries: str | pa.Array | None,
    languages: str | pa.Array | None,
) -> tuple[pa.Array, list[Decision]]:
    """Return for each row the number of its decision, from 1, 0 for none; and the decisions."""
    match, strict = context.matcher.match, context.strict
    numbers: Iterable[int] = range(len(texts)) if rows is None else rows.to_pylist()
    columns = zip(
        _texts(texts, rows), *(_cells(each, rows) for each in (countries, languages)), strict=False
    )
    known: dict[tuple[str | None, str | None, str | None], int] = {}
    decisions: list[Decision] = []
    numbered: dict[int, int] = {}  # by identity: most decisions are made once and kept
    places = array("i", bytes(4 * len(texts)))
    for row, asked in zip(numbers, columns, strict=True):
        place = known.get(asked)
        if place is None:
            text, country, language = asked
            decision = (
                None
                if text is None
                else match(text, country=country, language=language, strict=strict)
            )
            place = 0
            if decision is not None:
                place = numbered.setdefault(id(decision), len(decisions) + 1)
                if place > len(decisions):
                    decisions.append(decision)
            known[asked] = place
        places[row] = place
    return pa.Array.from_buffers(pa.int32(), len(places), [None, pa.py_buffer(places)]), decisions


def _texts(column: pa.Array, rows: pa.Array | None) -> _Texts:
    """Return the texts of some rows, of all by default."""
    wanted = column if rows is None else column.take(rows)
    try:
        return wanted.to_pylist()  # type: ignore[no-any-return]
    except UnicodeDecodeError:
        as_bytes = pa.large_binary() if pa.types.is_large_string(wanted.type) else pa.binary()
        return [
            None if each is None else each.decode("utf-8", "replace")
            for each in wanted.view(as_bytes).to_pylist()
        ]


def _cells(column: str | pa.Array | None, rows: pa.Array | None) -> Iterable[str | None]:
    """Return what countries or languages some rows have."""
    return _texts(column, rows) if isinstance(column, pa.Array) else repeat(column)


def _struct(places: pa.Array, decisions: list[Decision], fields: tuple[Field, ...]) -> pa.Array:
    """Return the columns of decisions, each row's by its number."""
    children = [
        pc.take(
            pa.array([None, *map(each.value, decisions)], _KINDS[each.kind]),
            places,
            boundscheck=False,
        )
        for each in fields
    ]
    return pa.StructArray.from_arrays(
        children, fields=list(decision_type(each.name for each in fields)), mask=pc.equal(places, 0)
    )
